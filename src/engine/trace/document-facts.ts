// A document -> what it holds, in a few words: the text of its chip, and of its line in the terminal.
import type { Document } from '../../documents/document.ts';
import type { ProxyConfig } from '../../documents/envoy/config.ts';
import type { InitArguments } from '../../documents/istio/init-arguments.ts';
import type { Ruleset } from '../../documents/iptables/ruleset.ts';
import type { KubeResource } from '../../documents/kube/resource.ts';
import type { Observation } from '../../documents/observation.ts';
import type { Message } from './trace.ts';

function count(code: string, items: readonly unknown[]): Message {
  return { code, parameters: { count: items.length } };
}

function rulesFacts({ tables }: Ruleset): Message[] {
  return tables.map(({ name, family, chains }) => ({
    code: 'found.table',
    parameters: { table: name, family, rules: chains.reduce((sum, chain) => sum + chain.rules.length, 0) },
  }));
}

function configFacts(config: ProxyConfig): Message[] {
  return [
    count('found.listeners', config.listeners),
    count('found.clusters', config.clusters),
    count('found.routes', config.routeConfigurations),
    count('found.endpoints', config.loadAssignments),
    count('found.patches', config.patches),
  ].filter(({ parameters }) => parameters['count'] !== 0);
}

function initFact({ minor, mode }: InitArguments): Message {
  return minor === null
    ? { code: 'found.init', parameters: { mode } }
    : { code: 'found.init-version', parameters: { mode, version: `1.${minor}` } };
}

function typeOf(resource: KubeResource): string {
  switch (resource.kind) {
    case 'workload':
    case 'other':
      return resource.type;
    case 'service':
      return 'Service';
    case 'endpoints':
      return 'Endpoints';
    case 'node':
      return 'Node';
    case 'mesh-settings':
      return 'meshConfig';
  }
}

/** Each by its name when it is the only one of its type. */
function kubeFacts(resources: readonly KubeResource[]): Message[] {
  return [...new Set(resources.map(typeOf))].map((type) => {
    const those = resources.filter((resource) => typeOf(resource) === type);
    const [first] = those;
    return first && those.length === 1
      ? { code: 'found.kube', parameters: { kind: type, name: first.name } }
      : { code: 'found.kube-many', parameters: { kind: type, count: those.length } };
  });
}

function observationFact(content: Observation): Message {
  switch (content.kind) {
    case 'sockets':
      return count('found.sockets', content.sockets);
    case 'conntrack':
      return count('found.conntrack', content.entries);
    case 'kernel-trace':
      return count('found.kernel-trace', content.steps);
    case 'packet-capture':
      return count('found.packet-capture', content.packets);
    case 'proxy-header':
      return { code: 'found.proxy-header', parameters: { version: content.header.version } };
    case 'http-response': {
      const { origin, status } = content.response;
      if (origin) return { code: 'found.http-origin', parameters: { origin: origin.text } };
      return { code: 'found.http-response', parameters: { status: status ?? '' } };
    }
    case 'metrics':
      return count('found.metrics', content.samples);
    case 'server-log':
      return count('found.server-log', content.lines);
  }
}

/** Every kind says something; what a document of it holds is counted. */
export function factsOf({ content }: Document): Message[] {
  switch (content.kind) {
    case 'ruleset':
      return rulesFacts(content.ruleset);
    case 'proxy-config':
      return configFacts(content.config);
    case 'access-log':
      return [{ code: 'found.log', parameters: { count: content.log.length } }];
    case 'istio-init':
      return [initFact(content.asked)];
    case 'routing-policy':
      return [count('found.routing-policy', content.policy.rules)];
    case 'routes':
      return [count('found.kernel-routes', content.routes.routes)];
    case 'interfaces':
      return [count('found.interfaces', content.interfaces)];
    case 'ipsets':
      return [count('found.ipsets', content.sets)];
    case 'settings':
      return [count('found.settings', content.settings)];
    case 'kube':
      return kubeFacts(content.resources);
    case 'output':
      return [{ code: 'found.output', parameters: {} }];
    case 'prose':
      return [{ code: 'found.prose', parameters: {} }];
    case 'sockets':
    case 'conntrack':
    case 'kernel-trace':
    case 'packet-capture':
    case 'proxy-header':
    case 'http-response':
    case 'metrics':
    case 'server-log':
      return [observationFact(content)];
  }
}
