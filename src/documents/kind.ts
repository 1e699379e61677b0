// What a row of the table of kinds holds: how a document of lines is told, and how it is read.
import type { Diagnostic } from '../base/diagnostic.ts';
import type { IsPlain, Source, Span } from '../base/source.ts';
import type { Command } from './command.ts';
import type { DocumentContent, DocumentKind } from './document.ts';

export interface Content {
  readonly content: DocumentContent;
  readonly diagnostics: readonly Diagnostic[];
}

/** A document, but for the command that printed it. */
export interface Piece extends Content {
  readonly kind: DocumentKind;
  readonly span: Span;
}

/** A kind of document that is told by its lines. */
export interface LineKind {
  readonly kind: DocumentKind;
  readonly starts: (line: string) => boolean;
  /** For a document that began with `first`: whether each further line, asked in turn, can stand inside. */
  readonly inside: (first: string) => (line: string) => boolean;
  /** Whether the line that starts there stands inside for certain: such lines are passed over without a closer look. */
  readonly plain?: IsPlain;
  /** Null when it is not of this kind after all: the next kind that such a line starts is asked. */
  readonly read: (source: Source, span: Span, command: Command | null) => Content | null;
  /** Set for documents that are themselves command lines: a prompt does not make them something else. */
  readonly ofCommands?: true;
}
