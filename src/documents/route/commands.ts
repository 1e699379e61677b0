// `ip -6 rule add …`, `$ sudo ip route add …`: commands that say what a listing would, with or without a prompt.
import type { Family } from '../../base/ip.ts';
import { textAt, type Source, type Span } from '../../base/source.ts';
import { tokensOf, type Token } from '../iptables/tokens.ts';
import type { TableName } from './network.ts';

const COMMAND =
  /^\s*(?:\S*[$#>%]\s+)?(?:sudo\s+)?(?:\S*\/)?ip\s+(?:-\S+\s+)*(rule|ru|route|ro|r)\s+(add|append|replace|change)\s+\S/;

/** Whether the line is such a command for `rule` or for `route`. */
export function isAddCommand(line: string, object: 'rule' | 'route'): boolean {
  const written = COMMAND.exec(line)?.[1];
  return written !== undefined && written.startsWith('ru') === (object === 'rule');
}

export interface AddedLine {
  readonly words: readonly Token[];
  /** True for a command, false for a line of a listing. */
  readonly added: boolean;
  /** From the command's `-4` or `-6`. */
  readonly family: Family | null;
}

/** The words of a listing's line, or those behind the command's verb. */
export function wordsOf(source: Source, line: Span): AddedLine {
  const words = tokensOf(source, line);
  const added = COMMAND.test(textAt(source, line));
  if (!added) return { words, added, family: null };
  const verb = words.findIndex(({ text }) => /^(?:add|append|replace|change)$/.test(text));
  const flags = words.slice(0, verb).map(({ text }) => text);
  const family = flags.includes('-6') ? 6 : flags.includes('-4') ? 4 : null;
  return { words: words.slice(verb + 1), added, family };
}

const TABLES: Readonly<Record<string, TableName>> = { 255: 'local', 254: 'main', 253: 'default' };

/** The name that stands for a table, whether it was written as a number or by name. */
export function tableName(text: string): TableName {
  return Object.hasOwn(TABLES, text) ? (TABLES[text] ?? text) : text;
}
