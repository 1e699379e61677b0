// Trace and findings of one pod -> the marks in its text, as plain data.
import type { FoundPod } from '../../engine/trace/simulation.ts';
import type { Evidence, Hop, Trace } from '../../engine/trace/trace.ts';
import { sourcesOf } from '../../graph/sources.ts';
import type { Words } from '../../i18n/words.ts';
import { slotOf } from '../Address.tsx';

export interface Problem {
  readonly from: number;
  readonly to: number;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
}

/** A line (counted from 1) that decided hops. */
export interface Decided {
  readonly line: number;
  readonly hops: readonly number[];
  /** What the mark is coloured by: the source address after the last of the hops. */
  readonly source: number;
}

export interface Marks {
  /** The spans that prove the current hop. */
  readonly evidence: readonly { readonly from: number; readonly to: number }[];
  readonly current: number | null;
  readonly decided: readonly Decided[];
  readonly problems: readonly Problem[];
}

export const NO_MARKS: Marks = { evidence: [], current: null, decided: [], problems: [] };

function stands(evidence: Evidence, pod: string): boolean {
  return evidence.pod === pod && !evidence.supplied;
}

function decidedLines(trace: Trace, pod: string): readonly Decided[] {
  const sources = sourcesOf(trace);
  const lines = new Map<number, Decided>();
  for (const hop of trace.hops)
    for (const evidence of hop.evidence)
      if (stands(evidence, pod)) {
        const hops = new Set([...(lines.get(evidence.line)?.hops ?? []), hop.n]);
        const source = slotOf(sources, hop.after.src);
        lines.set(evidence.line, { line: evidence.line, hops: [...hops], source });
      }
  return [...lines.values()];
}

export function marksOf(trace: Trace, hop: Hop | null, pod: string, found: FoundPod, words: Words): Marks {
  return {
    evidence: hop?.evidence.filter((evidence) => stands(evidence, pod)) ?? [],
    current: hop?.n ?? null,
    decided: decidedLines(trace, pod),
    problems: found.documents.flatMap((document) =>
      document.problems.map((problem) => ({
        from: problem.from,
        to: problem.to,
        severity: problem.severity,
        message: `${words.t('problem.at', { line: problem.line, column: problem.column })} ${words.say(problem)}`,
      })),
    ),
  };
}
