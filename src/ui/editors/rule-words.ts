// One rule or one key as it was pasted -> what each of its parts means, as codes for i18n. Options are those of iptables
// and ip6tables (iptables-extensions(8)); keys are fields of Envoy's configuration.
import type { Message } from '../../engine/trace/trace.ts';

/** A part of a line. `from` and `to` are offsets into the line. */
export interface Part {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly negated: boolean;
  readonly meaning: Message;
}

/** Options by what they mean; the others of a line stay unexplained. */
const OPTIONS: Readonly<Record<string, string>> = {
  '-A': 'append',
  '--append': 'append',
  '-I': 'insert',
  '--insert': 'insert',
  '-N': 'new-chain',
  '--new-chain': 'new-chain',
  '-P': 'policy',
  '--policy': 'policy',
  '-t': 'table',
  '--table': 'table',
  '-p': 'protocol',
  '--protocol': 'protocol',
  '-m': 'match',
  '--match': 'match',
  '-s': 'source',
  '--source': 'source',
  '--src': 'source',
  '-d': 'destination',
  '--destination': 'destination',
  '--dst': 'destination',
  '-i': 'in',
  '--in-interface': 'in',
  '-o': 'out',
  '--out-interface': 'out',
  '--dport': 'dport',
  '--destination-port': 'dport',
  '--sport': 'sport',
  '--source-port': 'sport',
  '--dports': 'dport',
  '--destination-ports': 'dport',
  '--sports': 'sport',
  '--source-ports': 'sport',
  '--ports': 'ports',
  '-j': 'target',
  '--jump': 'target',
  '-g': 'goto',
  '--goto': 'goto',
  '--to-ports': 'to-ports',
  '--to-destination': 'to-destination',
  '--to-source': 'to-source',
  '--on-port': 'on-port',
  '--on-ip': 'on-ip',
  '--tproxy-mark': 'tproxy-mark',
  '--set-mark': 'set-mark',
  '--set-xmark': 'set-mark',
  '--save-mark': 'save-mark',
  '--restore-mark': 'restore-mark',
  '--mark': 'mark',
  '--uid-owner': 'uid',
  '--gid-owner': 'gid',
  '--socket-exists': 'socket-exists',
  '--ctstate': 'state',
  '--state': 'state',
  '--ctdir': 'direction',
  '--comment': 'comment',
  '--syn': 'syn',
  '--tcp-flags': 'tcp-flags',
  '--match-set': 'set',
  '--src-type': 'src-type',
  '--dst-type': 'dst-type',
  '--reject-with': 'reject-with',
  '--limit': 'limit',
  '--probability': 'probability',
  '--transparent': 'transparent',
  '--zone': 'zone',
  '--notrack': 'notrack',
};

/** Targets that the kernel knows; any other name is a chain. */
const TARGETS = new Set(
  'ACCEPT DROP REJECT RETURN REDIRECT DNAT SNAT MASQUERADE NETMAP TPROXY MARK CONNMARK CT NOTRACK LOG NFLOG TRACE TCPMSS'.split(
    ' ',
  ),
);

/** Options that stand alone; `--tcp-flags` and `--match-set` take two words. */
const ALONE = new Set(['save-mark', 'restore-mark', 'syn', 'socket-exists', 'transparent', 'notrack']);
const PAIRS = new Set(['tcp-flags', 'set', 'policy']);

interface Word {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

function wordsIn(line: string): readonly Word[] {
  return Array.from(line.matchAll(/"(?:[^"\\]|\\.)*"|'[^']*'|\S+/g), (found) => ({
    from: found.index,
    to: found.index + found[0].length,
    text: found[0],
  }));
}

function meaningOf(option: string, value: string): Message {
  if (option === 'target' && !TARGETS.has(value)) return { code: 'rule.target.chain', parameters: { value } };
  if (option === 'target') return { code: `rule.target.${value}`, parameters: { value } };
  return { code: `rule.${option}`, parameters: { value } };
}

function countOf(option: string): number {
  if (ALONE.has(option)) return 0;
  return PAIRS.has(option) ? 2 : 1;
}

/** The parts of a rule in the order they stand; none for a line that is no rule in this notation. */
export function partsOfRule(line: string): readonly Part[] {
  const words = wordsIn(line);
  const parts: Part[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const option = OPTIONS[words[i]?.text ?? ''];
    const head = words[i];
    if (option === undefined || !head) continue;
    const inner = words[i + 1]?.text === '!';
    const outer = words[i - 1]?.text === '!';
    const values = words.slice(i + (inner ? 2 : 1), i + (inner ? 2 : 1) + countOf(option));
    const first = outer ? (words[i - 1] ?? head) : head;
    const last = values.at(-1) ?? head;
    const meaning = meaningOf(option, values.map(({ text }) => text).join(' '));
    parts.push({
      from: first.from,
      to: last.to,
      text: line.slice(first.from, last.to),
      negated: inner || outer,
      meaning,
    });
    i = words.indexOf(last);
  }
  return parts.some(({ meaning }) => /^rule\.(?:append|insert|new-chain|policy)$/.test(meaning.code))
    ? parts
    : [];
}

/** `use_original_dst`, `useOriginalDst` -> `useOriginalDst`. */
function camel(key: string): string {
  return key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The key of Envoy's configuration that stands on a line around a column, and what it means. */
function keyAt(line: string, column: number): Part | null {
  for (const found of line.matchAll(/"?([A-Za-z][\w]*)"?\s*:/g)) {
    const [text, key = ''] = found;
    const to = found.index + text.length;
    if (found.index <= column && column <= to)
      return {
        from: found.index,
        to,
        text: key,
        negated: false,
        meaning: { code: `key.${camel(key)}`, parameters: {} },
      };
  }
  return null;
}

/** What the part of a line at a column means; null when nothing is known of it. */
export function partAt(line: string, column: number): Part | null {
  const rule = partsOfRule(line);
  if (rule.length > 0) return rule.find(({ from, to }) => from <= column && column <= to) ?? null;
  return keyAt(line, column);
}
