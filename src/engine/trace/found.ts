// The documents of a paste as the screen and the terminal list them: what each holds, what is wrong, what is missing.
import type { Diagnostic } from '../../base/diagnostic.ts';
import { positionAt, textAt, type Source } from '../../base/source.ts';
import type { Document } from '../../documents/document.ts';
import type { ProxyConfig } from '../../documents/envoy/config.ts';
import type { InitArguments } from '../../documents/istio/init-arguments.ts';
import type { Ruleset } from '../../documents/iptables/ruleset.ts';
import type { Pod } from './pod.ts';
import type { FoundDocument, FoundPod, FoundProblem } from './simulation.ts';
import type { Message } from './trace.ts';

function rulesFacts({ tables }: Ruleset): Message[] {
  return tables.map(({ name, family, chains }) => ({
    code: 'found.table',
    parameters: { table: name, family, rules: chains.reduce((sum, chain) => sum + chain.rules.length, 0) },
  }));
}

function configFacts(config: ProxyConfig): Message[] {
  const counts = [
    { code: 'found.listeners', count: config.listeners.length },
    { code: 'found.clusters', count: config.clusters.length },
    { code: 'found.routes', count: config.routeConfigurations.length },
    { code: 'found.endpoints', count: config.loadAssignments.length },
  ];
  return counts.filter(({ count }) => count > 0).map(({ code, count }) => ({ code, parameters: { count } }));
}

function initFact({ minor, mode }: InitArguments): Message {
  return minor === null
    ? { code: 'found.init', parameters: { mode } }
    : { code: 'found.init-version', parameters: { mode, version: `1.${minor}` } };
}

function factsOf({ content }: Document): Message[] {
  switch (content.kind) {
    case 'ruleset':
      return rulesFacts(content.ruleset);
    case 'proxy-config':
      return configFacts(content.config);
    case 'access-log':
      return [{ code: 'found.log', parameters: { count: content.log.entries.length } }];
    case 'istio-init':
      return [initFact(content.asked)];
    case 'routing-policy':
      return [{ code: 'found.routing-policy', parameters: { count: content.policy.rules.length } }];
    case 'routes':
      return [{ code: 'found.kernel-routes', parameters: { count: content.routes.routes.length } }];
    case 'interfaces':
      return [{ code: 'found.interfaces', parameters: { count: content.interfaces.length } }];
    case 'prose':
      return [{ code: 'found.prose', parameters: {} }];
  }
}

function problemOf(source: Source, { severity, code, parameters, span }: Diagnostic): FoundProblem {
  return { severity, code, parameters, ...positionAt(source, span.from), from: span.from, to: span.to };
}

function foundDocument(source: Source, document: Document): FoundDocument {
  const { kind, span, command, diagnostics } = document;
  return {
    kind,
    command: command && textAt(source, command),
    firstLine: positionAt(source, span.from).line,
    lastLine: positionAt(source, span.to).line,
    from: span.from,
    to: span.to,
    facts: factsOf(document),
    problems: diagnostics.map((each) => problemOf(source, each)),
  };
}

function missingFrom(pod: Pod): Message[] {
  const wanted: readonly (readonly [string, boolean])[] = [
    ['missing.rules', pod.rules.paste.supplied === null],
    ['missing.listeners', (pod.config?.listeners.length ?? 0) > 0],
    ['missing.clusters', (pod.config?.clusters.length ?? 0) > 0],
    ['missing.log', pod.log.length > 0],
  ];
  return wanted.filter(([, present]) => !present).map(([code]) => ({ code, parameters: {} }));
}

/** What was found in a pod's paste, and what would make the answer surer. */
export function foundIn(pod: Pod): FoundPod {
  const documents = pod.paste.documents.map((document) => foundDocument(pod.paste.source, document));
  return { name: pod.name, documents, missing: missingFrom(pod) };
}
