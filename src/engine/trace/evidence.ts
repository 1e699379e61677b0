// Spans of a paste -> evidence: the line a person can look up, in the document it stands in.
import { lineSpanAt, pasted, positionAt, textAt, type Source, type Span } from '../../base/source.ts';
import type { Document } from '../../documents/document.ts';
import type { Attachment } from '../mesh/session/attach.ts';
import type { Evidence } from './trace.ts';

/** A text that hops may rest on: what a person pasted for a pod, or what was supplied in its place. */
export interface Paste {
  readonly pod: string | null;
  readonly source: Source;
  /** Those of the pod, and those of nobody. */
  readonly documents: readonly Document[];
  /** With those that belong to other pods: everything that was pasted here. */
  readonly all: readonly Document[];
  /** Which pod each belongs to; null for a supplied text. */
  readonly attachment: Attachment | null;
  /** The document's name when the text was supplied and not pasted; null for a paste. */
  readonly supplied: string | null;
}

function documentAt(paste: Paste, span: Span): string {
  if (paste.supplied !== null) return paste.supplied;
  const document = paste.documents.find(({ span: whole }) => whole.from <= span.from && span.from < whole.to);
  return document?.kind ?? 'prose';
}

/** So far into a span an object's first member is looked for. */
const OPENING = 400;

/** An object that opens on a line of its own is told by its first member: a bracket proves nothing to a reader. */
function telling(source: Source, span: Span): Span {
  const alone = /^[\s|]*[[{]\s*$/.test(textAt(source, lineSpanAt(source, span.from)));
  if (!alone) return span;
  const start = source.text.slice(span.from, Math.min(span.to, span.from + OPENING));
  const from = span.from + start.search(/[^\s[{]|$/);
  return from < span.to ? { from, to: span.to } : span;
}

/** The evidence at a span. Its text is the whole line where the span starts to tell something, without indentation. */
export function evidenceAt(paste: Paste, whole: Span): Evidence {
  const span = telling(paste.source, whole);
  const { line, column } = positionAt(paste.source, span.from);
  const own = pasted(paste.source, span);
  return {
    pod: paste.pod,
    document: documentAt(paste, span),
    line,
    column,
    text: textAt(own.source, lineSpanAt(own.source, own.span.from)).trim(),
    from: own.span.from,
    to: own.span.to,
    supplied: paste.supplied !== null,
  };
}

/** Evidence for each span, one for each line. */
export function evidenceOf(paste: Paste, spans: readonly Span[]): Evidence[] {
  const lines = new Map(
    spans.map((span) => evidenceAt(paste, span)).map((evidence) => [evidence.line, evidence]),
  );
  return [...lines.values()];
}
