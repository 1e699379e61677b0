// One line of iptables' own notation (`-A CHAIN …`, `-P CHAIN ACCEPT`, `-N CHAIN`, `:CHAIN ACCEPT [0:0]`,
// `iptables -t nat -A …`) -> a change to a table. Notation: iptables(8), iptables-restore(8).
import { diagnostic, type Diagnostic } from '../../base/diagnostic.ts';
import type { Span } from '../../base/source.ts';
import type { TableBuilder } from './builder.ts';
import type { RuleReader } from './options.ts';
import type { BaseChain, Counters } from './ruleset.ts';
import type { LineWords } from './words.ts';

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
  ['-D', '-D'],
  ['--delete', '-D'],
  ['-R', '-R'],
  ['--replace', '-R'],
  ['-X', '-X'],
  ['--delete-chain', '-X'],
  ['-E', '-E'],
  ['--rename-chain', '-E'],
  ['-Z', '-Z'],
  ['--zero', '-Z'],
  ['-C', '-C'],
  ['--check', '-C'],
]);

const PROGRAM = /^(?:\S*\/)?ip6?tables(?:-(?:nft|legacy))?$/;
/** Options of the program itself, which change nothing of what is asked for: `-w 5`, `-v`, `-4`. */
const OWN_OPTION = /^(?:-w\d*|--wait(?:=\d+)?|-W|--wait-interval|-[vnx46]+|--verbose|--ipv[46]|\d+)$/;
const BRACKETS = /^\[(\d+):(\d+)\]$/;

/** What stands before the verb: `iptables -w -t nat`, or counters as iptables-save -c prints them. */
export interface Prelude {
  readonly table: string | null;
  readonly counters: Counters | null;
  /** Which word is the verb. */
  readonly verbAt: number;
}

/** Steps over `sudo`, the program's name and its own options. */
export function readPrelude(words: LineWords): Prelude {
  let at = words.text(0) === 'sudo' ? 1 : 0;
  if (PROGRAM.test(words.text(at))) at += 1;
  let table: string | null = null;
  let counters: Counters | null = null;
  for (; at < words.count; at += 1) {
    const text = words.text(at);
    if (VERBS.has(text)) break;
    const bracket = bracketCounters(text);
    if (bracket) counters = bracket;
    else if (text === '-t' || text === '--table') table = words.text(++at);
    else if (text.startsWith('--table=')) table = text.slice('--table='.length);
    else if (!OWN_OPTION.test(text)) break;
  }
  return { table, counters, verbAt: at };
}

export const NO_COUNTS: Counters = { packets: 0, bytes: 0, exact: true };

export function bracketCounters(text: string): Counters | null {
  if (text === '[0:0]') return NO_COUNTS;
  if (!text.startsWith('[')) return null;
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
  words: LineWords,
  prelude: Prelude,
  line: Span,
): readonly Diagnostic[] {
  const verb = VERBS.get(words.text(prelude.verbAt));
  const chain = words.text(prelude.verbAt + 1);
  const behind = prelude.verbAt + 2;
  switch (verb) {
    case '-F':
      table.flush(chain || null);
      return [];
    case '-X':
      table.remove(chain || null);
      return [];
    case '-Z':
    case '-C':
      return [];
    case undefined:
      return [diagnostic('error', 'rules.line', line)];
    default:
      if (!chain) return [diagnostic('error', 'rules.line', line)];
  }
  switch (verb) {
    case '-N':
    case '-P': {
      const spoken = reader.read(words, verb === '-P' ? behind + 1 : behind).counters;
      table.declare(chain, policyOf(words.text(behind)), spoken, line);
      return [];
    }
    case '-E':
      table.rename(chain, words.text(behind));
      return [];
    default:
      return applyRule(table, reader, words, verb, chain, behind, prelude.counters, line);
  }
}

/** `-A`, `-I`, `-D`, `-R`: what follows the chain is a number, a rule, or both. */
function applyRule(
  table: TableBuilder,
  reader: RuleReader,
  words: LineWords,
  verb: string,
  chain: string,
  behind: number,
  counters: Counters | null,
  line: Span,
): readonly Diagnostic[] {
  const numbered = verb !== '-A' && /^\d+$/.test(words.text(behind));
  const position = numbered ? Number(words.text(behind)) : null;
  const body = reader.read(words, numbered ? behind + 1 : behind);
  const { matches, targets } = body;
  const rule = { matches, targets, counters: body.counters ?? counters, span: line };
  if (verb === '-A') table.append(chain, rule);
  else if (verb === '-I') table.insert(chain, position ?? 1, rule);
  else if (verb === '-R') table.replace(chain, position ?? 0, rule);
  else table.delete(chain, position ?? rule);
  return verb === '-D' ? [] : body.diagnostics;
}
