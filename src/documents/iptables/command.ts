// One line of iptables' own notation (`-A CHAIN …`, `-P CHAIN ACCEPT`, `-N CHAIN`, `:CHAIN ACCEPT [0:0]`,
// `iptables -t nat -A …`) -> a change to a table. Notation: iptables(8), iptables-restore(8).
import { diagnostic, type Diagnostic } from '../../base/diagnostic.ts';
import type { Span } from '../../base/source.ts';
import type { TableBuilder } from './builder.ts';
import { readRule } from './options.ts';
import type { BaseChain, Counters } from './ruleset.ts';
import type { Token } from './tokens.ts';

const VERBS: Readonly<Record<string, string>> = {
  '-A': '-A',
  '--append': '-A',
  '-I': '-I',
  '--insert': '-I',
  '-N': '-N',
  '--new-chain': '-N',
  '-P': '-P',
  '--policy': '-P',
  '-F': '-F',
  '--flush': '-F',
};

const PROGRAM = /^(?:\S*\/)?ip6?tables(?:-(?:nft|legacy))?$/;
const BRACKETS = /^\[(\d+):(\d+)\]$/;

/** What stands before the verb: `iptables -w -t nat`, or counters as iptables-save -c prints them. */
export interface Prelude {
  readonly table: string | null;
  readonly counters: Counters | null;
  /** The verb and what follows it. */
  readonly rest: readonly Token[];
}

/** Steps over the program's name and its own options. */
export function readPrelude(tokens: readonly Token[]): Prelude {
  let at = PROGRAM.test(tokens[0]?.text ?? '') ? 1 : 0;
  let table: string | null = null;
  let counters: Counters | null = null;
  for (; at < tokens.length; at += 1) {
    const text = tokens[at]?.text ?? '';
    const bracket = bracketCounters(text);
    if (bracket) counters = bracket;
    else if (text === '-t' || text === '--table') table = tokens[++at]?.text ?? null;
    else if (text !== '-w' && text !== '--wait' && !/^\d+$/.test(text)) break;
  }
  return { table, counters, rest: tokens.slice(at) };
}

export function bracketCounters(text: string): Counters | null {
  const match = BRACKETS.exec(text);
  return match ? { packets: Number(match[1]), bytes: Number(match[2]), exact: true } : null;
}

/** `DROP` is the only policy besides ACCEPT; user-defined chains have `-`. */
export function policyOf(text: string): BaseChain['policy'] {
  return text === 'DROP' ? 'drop' : 'accept';
}

function numberOf(table: TableBuilder): 4 | 6 {
  return table.family === 'ip6' ? 6 : 4;
}

/** Carries out one line on a table. Returns what was wrong with it; a line that is none of these costs only itself. */
export function applyCommand(table: TableBuilder, prelude: Prelude, line: Span): readonly Diagnostic[] {
  const [verbToken, nameToken, ...words] = prelude.rest;
  const verb = Object.hasOwn(VERBS, verbToken?.text ?? '') ? VERBS[verbToken?.text ?? ''] : undefined;
  const name = nameToken?.text ?? '';
  if (verb === '-F') table.flush(name || null);
  else if (verb && name) return applyToChain(table, verb, name, words, prelude.counters, line);
  else return [diagnostic('error', 'rules.line', line)];
  return [];
}

function applyToChain(
  table: TableBuilder,
  verb: string,
  chain: string,
  words: readonly Token[],
  counters: Counters | null,
  line: Span,
): readonly Diagnostic[] {
  if (verb === '-N' || verb === '-P') {
    const spoken = readRule(words.slice(verb === '-P' ? 1 : 0), numberOf(table)).counters;
    table.declare(chain, policyOf(words[0]?.text ?? ''), spoken, line);
    return [];
  }
  const position = verb === '-I' && /^\d+$/.test(words[0]?.text ?? '') ? Number(words[0]?.text) : null;
  const body = readRule(position === null ? words : words.slice(1), numberOf(table));
  const { matches, targets } = body;
  const rule = { matches, targets, counters: body.counters ?? counters, span: line };
  if (verb === '-I') table.insert(chain, position ?? 1, rule);
  else table.append(chain, rule);
  return body.diagnostics;
}
