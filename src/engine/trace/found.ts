// The documents of a paste as the screen and the terminal list them: what each holds, what is wrong, what is missing.
import type { Diagnostic } from '../../base/diagnostic.ts';
import { pasted, positionAt, textAt, type Source } from '../../base/source.ts';
import type { Document } from '../../documents/document.ts';
import { missingPieces, type MissingCode, type MissingPiece } from '../mesh/session/missing.ts';
import { spokenPod } from '../mesh/session/own-documents.ts';
import { factsOf } from './document-facts.ts';
import { interceptionBy } from './host.ts';
import type { Pod } from './pod.ts';
import type { FoundDocument, FoundPod, FoundProblem } from './simulation.ts';
import { UNKNOWN_POD } from './stand-ins.ts';

function problemOf(source: Source, { severity, code, parameters, span }: Diagnostic): FoundProblem {
  return { severity, code, parameters, ...positionAt(source, span.from), ...pasted(source, span).span };
}

/** Whose each document is, as the attachment tells it. */
function ownership({ paste }: Pod): (document: Document) => Pick<FoundDocument, 'pod' | 'belongs'> {
  const pods = paste.attachment?.pods ?? [];
  const owners = new Map(
    pods.flatMap(({ name, documents }) => documents.map((each) => [each, name] as const)),
  );
  const own = new Set(paste.documents);
  const unattached = new Set(paste.attachment?.unattached);
  return (document) => {
    const pod = owners.get(document) ?? null;
    if (pod !== null) return { pod, belongs: own.has(document) ? 'own' : 'other' };
    if (!unattached.has(document)) return { pod, belongs: 'none' };
    return { pod, belongs: pods.length > 1 ? 'asked' : 'own' };
  };
}

function foundDocument(
  source: Source,
  document: Document,
  owner: Pick<FoundDocument, 'pod' | 'belongs'>,
): FoundDocument {
  const { kind, span, command, diagnostics } = document;
  return {
    kind,
    command: command && textAt(source, command),
    ...owner,
    firstLine: positionAt(source, span.from).line,
    lastLine: positionAt(source, span.to).line,
    ...pasted(source, span).span,
    facts: factsOf(document),
    problems: diagnostics.map((each) => problemOf(source, each)),
  };
}

function hides({ paste }: Pod, code: string): boolean {
  return paste.documents.some(({ diagnostics }) => diagnostics.some((each) => each.code === code));
}

function lacksRouting({ paste, rules }: Pod): boolean {
  const told = paste.documents.some(
    ({ content }) => content.kind === 'routing-policy' || content.kind === 'routes',
  );
  return !told && rules.paste.supplied === null && interceptionBy(rules.ruleset) === 'tproxy';
}

function missingFrom(pod: Pod): MissingPiece[] {
  const { paste, kind, config, log, addresses, rules } = pod;
  const proxied = kind === 'sidecar' || kind === 'bare';
  const standIns = new Set(Object.values(UNKNOWN_POD).map(({ text }) => text));
  const lacks: readonly (readonly [MissingCode, boolean])[] = [
    ['missing.rules', rules.paste.supplied !== null],
    ['missing.interfaces', hides(pod, 'rules.interfaces.hidden')],
    ['missing.routing', lacksRouting(pod)],
    ['missing.listeners', proxied && (config?.listeners.length ?? 0) === 0],
    ['missing.clusters', proxied && (config?.clusters.length ?? 0) === 0],
    ['missing.log', proxied && log.length === 0],
    ['missing.address', addresses.every(({ text }) => standIns.has(text))],
  ];
  const spoken = paste.attachment && spokenPod(pod.name, paste.attachment);
  const asked = { name: spoken?.instances.at(-1) ?? null, namespace: spoken?.namespace ?? null };
  return missingPieces(
    lacks.flatMap(([code, lacking]) => (lacking ? [code] : [])),
    asked,
  );
}

/** What was found in a pod's paste, and what would make the answer surer. */
export function foundIn(pod: Pod): FoundPod {
  const pods = (pod.paste.attachment?.pods ?? []).map(({ name, namespace, instances, addresses }) => ({
    name,
    namespace,
    instances,
    addresses: addresses.map(({ text }) => text),
  }));
  const ownerOf = ownership(pod);
  const documents = pod.paste.all.map((each) => foundDocument(pod.paste.source, each, ownerOf(each)));
  return { name: pod.name, documents, missing: missingFrom(pod), pods };
}
