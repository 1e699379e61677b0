// The documents of a paste as the screen and the terminal list them: what each holds, what is wrong, what is missing.
import type { Diagnostic } from '../../base/diagnostic.ts';
import { pasted, positionAt, textAt, type Source } from '../../base/source.ts';
import type { Document } from '../../documents/document.ts';
import { factsOf } from './document-facts.ts';
import type { Pod } from './pod.ts';
import type { FoundDocument, FoundPod, FoundProblem } from './simulation.ts';
import type { Message } from './trace.ts';

function problemOf(source: Source, { severity, code, parameters, span }: Diagnostic): FoundProblem {
  return { severity, code, parameters, ...positionAt(source, span.from), ...pasted(source, span).span };
}

function foundDocument(source: Source, document: Document): FoundDocument {
  const { kind, span, command, diagnostics } = document;
  return {
    kind,
    command: command && textAt(source, command),
    firstLine: positionAt(source, span.from).line,
    lastLine: positionAt(source, span.to).line,
    ...pasted(source, span).span,
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
