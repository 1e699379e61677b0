// One line of iptables' own notation (`-A CHAIN …`, `-P CHAIN ACCEPT`, `-N CHAIN`, `:CHAIN ACCEPT [0:0]`,
// `iptables -t nat -A …`) -> a change to a table. Notation: iptables(8), iptables-restore(8).
import { diagnostic, type Diagnostic } from '../../base/diagnostic.ts';
import type { Span } from '../../base/source.ts';
import type { TableBuilder } from './builder.ts';
import type { RuleReader } from './options.ts';
import type { BaseChain, Counters } from './ruleset.ts';
import type { Token } from './tokens.ts';

const VERBS: ReadonlyMap<string, string> = new Map([
  ['-A', '-A'],
  ['--append', '-A'],
  ['-I', '-I'],
  ['--insert', '-I'],
  ['-N', '-N'],
  ['--new-chain', '-N'],
  ['-P', '-P'],
  ['--policy', '-P'],
  ['-F', '-F'],
  ['--flush', '-F'],
]);

const PROGRAM = /^(?:\S*\/)?ip6?tables(?:-(?:nft|legacy))?$/;
const BRACKETS = /^\[(\d+):(\d+)\]$/;

/** What stands before the verb: `iptables -w -t nat`, or counters as iptables-save -c prints them. */
export interface Prelude {
  readonly table: string | null;
  readonly counters: Counters | null;
  /** All words of the line, and where the verb stands among them. */
  readonly words: readonly Token[];
  readonly verbAt: number;
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
  return { table, counters, words: tokens, verbAt: at };
}

export function bracketCounters(text: string): Counters | null {
  const match = BRACKETS.exec(text);
  return match ? { packets: Number(match[1]), bytes: Number(match[2]), exact: true } : null;
}

/** `DROP` is the only policy besides ACCEPT; user-defined chains have `-`. */
export function policyOf(text: string): BaseChain['policy'] {
  return text === 'DROP' ? 'drop' : 'accept';
}

/** Carries out one line on a table. Returns what was wrong with it; a line that is none of these costs only itself. */
export function applyCommand(
  table: TableBuilder,
  reader: RuleReader,
  prelude: Prelude,
  line: Span,
): readonly Diagnostic[] {
  const { words, verbAt } = prelude;
  const verb = VERBS.get(words[verbAt]?.text ?? '');
  const name = words[verbAt + 1]?.text ?? '';
  if (verb === '-F') table.flush(name || null);
  else if (verb && name) return applyToChain(table, reader, verb, name, prelude, line);
  else return [diagnostic('error', 'rules.line', line)];
  return [];
}

function applyToChain(
  table: TableBuilder,
  reader: RuleReader,
  verb: string,
  chain: string,
  { words, verbAt, counters }: Prelude,
  line: Span,
): readonly Diagnostic[] {
  const from = verbAt + 2;
  const first = words[from]?.text ?? '';
  if (verb === '-N' || verb === '-P') {
    const spoken = reader.read(words, verb === '-P' ? from + 1 : from).counters;
    table.declare(chain, policyOf(first), spoken, line);
    return [];
  }
  const position = verb === '-I' && /^\d+$/.test(first) ? Number(first) : null;
  const body = reader.read(words, position === null ? from : from + 1);
  const { matches, targets } = body;
  const rule = { matches, targets, counters: body.counters ?? counters, span: line };
  if (verb === '-I') table.insert(chain, position ?? 1, rule);
  else table.append(chain, rule);
  return body.diagnostics;
}
