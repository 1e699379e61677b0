// Trace -> questions for a room or a learner: which rule matches next, which source address the packet bears after it.
// The wrong choices come from the trace too: rules that were passed over, addresses that occur elsewhere.
import type { Hop, Trace } from '../../engine/trace/trace.ts';
import { decidingChange, receivingHop } from '../../graph/answer.ts';
import { hostOf, sourcesOf } from '../../graph/sources.ts';

export interface Choice {
  readonly text: string;
  readonly right: boolean;
}

export interface Question {
  /** The hop that answers it; it is not to be seen before. */
  readonly hop: number;
  readonly kind: 'rule' | 'source' | 'app';
  /** The chain that is asked about; empty for the others. */
  readonly chain: string;
  readonly choices: readonly Choice[];
}

const MOST = 4;

function quoteOf(hop: Hop): string | null {
  return hop.rule === null ? null : (hop.evidence.find(({ supplied }) => !supplied)?.text ?? null);
}

function weight(text: string): number {
  return Array.from(text).reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 9973, 7);
}

/** In an order that says nothing about which is right, and is the same every time. */
function shuffled(choices: readonly Choice[]): readonly Choice[] {
  return choices.toSorted((a, b) => weight(a.text) - weight(b.text));
}

function choicesOf(right: string, wrong: readonly string[]): readonly Choice[] {
  const others = [...new Set(wrong)].filter((text) => text !== right).slice(0, MOST - 1);
  return shuffled([{ text: right, right: true }, ...others.map((text) => ({ text, right: false }))]);
}

function ruleQuestion(hop: Hop): Question | null {
  const right = quoteOf(hop);
  const passed = hop.passed.flatMap(({ evidence }) =>
    evidence && !evidence.supplied ? [evidence.text] : [],
  );
  if (right === null || passed.length === 0) return null;
  return { hop: hop.n, kind: 'rule', chain: hop.chain ?? '', choices: choicesOf(right, passed.toReversed()) };
}

function sourceQuestion(hop: Hop, trace: Trace): Question | null {
  const right = hostOf(hop.after.src);
  const change = decidingChange(trace);
  // What the app sees is decided where the address changes for the last time: there it is asked, not when it is seen.
  const isApp = change ? hop.n === change.hop : hop.n === receivingHop(trace)?.n;
  const isChange = right !== hostOf(hop.before.src);
  if (!isApp && !isChange) return null;
  const elsewhere = [...sourcesOf(trace), ...trace.hops.map(({ before }) => hostOf(before.dst)), '127.0.0.1'];
  return { hop: hop.n, kind: isApp ? 'app' : 'source', chain: '', choices: choicesOf(right, elsewhere) };
}

/** The questions of a trace in order, at most one for each hop. */
export function questionsOf(trace: Trace): readonly Question[] {
  return trace.hops.flatMap((hop) => {
    if (hop.packet === 'reply' || hop.basis === 'undecided') return [];
    const question = ruleQuestion(hop) ?? sourceQuestion(hop, trace);
    return question && question.choices.length > 1 ? [question] : [];
  });
}
