// What is wrong in a text, as data. The sentence is made by i18n from `code` and `parameters`.
import type { Span } from './source.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Values that a sentence is filled with. They are quoted as they are, never translated. */
export type Parameters = Readonly<Record<string, string | number>>;

/** A further place that belongs to a diagnostic, with a sentence of its own. */
export interface Note {
  readonly code: string;
  readonly parameters: Parameters;
  readonly span: Span;
}

export interface Diagnostic {
  readonly severity: Severity;
  readonly code: string;
  readonly parameters: Parameters;
  readonly span: Span;
  readonly notes: readonly Note[];
}

/** The best value that could be read, and what was wrong on the way. Parsers never throw. */
export interface Parsed<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** A diagnostic without notes. */
export function diagnostic(
  severity: Severity,
  code: string,
  span: Span,
  parameters: Parameters = {},
): Diagnostic {
  return { severity, code, parameters, span, notes: [] };
}
