// One paste that speaks of several pods -> a paste for each, in the person's own words: a scenario of several pods.
import { lineSpanAt, pasted, textAt, type Source, type Span } from '../../../base/source.ts';
import type { Document } from '../../../documents/document.ts';
import type { Attachment } from './attach.ts';

/** What a scenario needs of a pod. */
export interface SplitPod {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly paste: string;
}

export interface Split {
  /** The pods that have documents of their own, in the order in which the paste speaks of them. */
  readonly pods: readonly SplitPod[];
  /** Documents that nothing gives to a pod, and objects of the mesh: they are to be assigned. Prose is left out. */
  readonly rest: string;
}

/** The lines of a document, with the command line that printed it. */
function wordsOf(source: Source, { span, command }: Document): string {
  const whole = (part: Span) => {
    const own = pasted(source, part);
    const from = lineSpanAt(own.source, own.span.from).from;
    return textAt(own.source, { from, to: lineSpanAt(own.source, Math.max(from, own.span.to - 1)).to });
  };
  return command ? `${whole(command)}\n${whole(span)}` : whole(span);
}

function pasteOf(source: Source, documents: readonly Document[]): string {
  return documents.map((document) => `${wordsOf(source, document)}\n`).join('\n');
}

/** Splits what `attach` has sorted; `documents` are all of the paste. */
export function splitByPod(source: Source, documents: readonly Document[], { pods }: Attachment): Split {
  const told = pods.filter((pod) => pod.documents.length > 0);
  const owned = new Set(told.flatMap((pod) => pod.documents));
  const rest = documents.filter(
    (document) => !owned.has(document) && document.kind !== 'prose' && document.kind !== 'command-output',
  );
  return {
    pods: told.map((pod) => ({
      name: pod.name,
      addresses: pod.addresses.map(({ text }) => text),
      paste: pasteOf(source, pod.documents),
    })),
    rest: pasteOf(source, rest),
  };
}
