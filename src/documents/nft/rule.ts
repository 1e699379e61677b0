// The words of one nft rule -> matches and targets in the kernel's order. An expression that is not understood makes
// the rest of the rule unknown. Meanings: nft(8); the kernel's net/netfilter/nft_*.c.
import { diagnostic, type Diagnostic } from '../../base/diagnostic.ts';
import { cover, type Span } from '../../base/source.ts';
import type { Match, MatchTest } from '../iptables/match.ts';
import type { RuleBody } from '../iptables/options.ts';
import type { Counters, TableFamily } from '../iptables/ruleset.ts';
import type { Target, TargetAction } from '../iptables/target.ts';
import type { Token } from '../iptables/tokens.ts';
import { readMarkChange } from './markchange.ts';
import { readTest, type Comparison } from './comparison.ts';
import { readNat, readTproxy } from './natwords.ts';
import { parseNumber } from '../iptables/values.ts';

/** Words that stand before an expression without changing it. */
const OPERATORS: ReadonlySet<string> = new Set(['==', '!=', '!', '<', '>', '<=', '>=']);

type ZoneDirection = 'both' | 'original' | 'reply';

const ZONES: ReadonlyMap<string, ZoneDirection> = new Map([
  ['ct zone', 'both'],
  ['ct original zone', 'original'],
  ['ct reply zone', 'reply'],
]);

class NftRuleReader {
  readonly matches: Match[] = [];
  readonly targets: Target[] = [];
  readonly diagnostics: Diagnostic[] = [];
  counters: Counters | null = null;
  private at = 0;
  private readonly words: readonly Token[];
  private readonly family: TableFamily;

  constructor(words: readonly Token[], family: TableFamily) {
    this.words = words;
    this.family = family;
  }

  read(): void {
    while (this.at < this.words.length) {
      const start = this.at;
      if (this.statement() || this.comparison()) continue;
      this.at = this.words.length;
      this.unknown(start);
    }
  }

  private word(offset = 0): string {
    return this.words[this.at + offset]?.text ?? '';
  }

  private take(count: number): string[] {
    const taken = this.words.slice(this.at, this.at + count).map((token) => token.text);
    this.at += count;
    return taken;
  }

  private spanFrom(start: number): Span {
    const first = this.words[start]?.span ?? { from: 0, to: 0 };
    return cover(first, this.words[Math.max(start, this.at - 1)]?.span ?? first);
  }

  private unknown(start: number): void {
    const span = this.spanFrom(start);
    const name = this.words[start]?.text ?? '';
    this.matches.push({ test: { kind: 'unknown', reason: 'unsupported', name }, negated: false, span });
    this.targets.push({ action: { kind: 'unknown', name }, span });
    this.diagnostics.push(diagnostic('warning', 'rules.match.unsupported', span, { name }));
  }

  private target(action: TargetAction, start: number): true {
    this.targets.push({ action, span: this.spanFrom(start) });
    return true;
  }

  private match(test: MatchTest, negated: boolean, start: number): void {
    this.matches.push({ test, negated, span: this.spanFrom(start) });
  }

  private statement(): boolean {
    const start = this.at;
    const word = this.word();
    switch (word) {
      case 'counter':
        return this.counter();
      case 'comment':
        this.at += 2;
        return true;
      case 'accept':
      case 'drop':
      case 'return':
        this.at += 1;
        return this.target({ kind: word }, start);
      case 'continue':
        this.at += 1;
        return true;
      case 'jump':
      case 'goto': {
        const [, chain = ''] = this.take(2);
        return this.target({ kind: word, chain }, start);
      }
      case 'log':
      case 'reject':
        return this.lastWords(word, start);
      case 'notrack':
        this.at += 1;
        return this.target({ kind: 'notrack' }, start);
      case 'redirect':
      case 'masquerade':
      case 'dnat':
      case 'snat':
        return this.nat(word, start);
      case 'tproxy':
        return this.tproxy(start);
      default:
        return this.assignment(start);
    }
  }

  private counter(): boolean {
    this.at += 1;
    if (this.word() !== 'packets') return true;
    const [, packets, , bytes] = this.take(4);
    this.counters = { packets: Number(packets), bytes: Number(bytes), exact: true };
    return true;
  }

  /** `log prefix "x" level warn`, `reject with icmp type port-unreachable`: options whose words do not decide. */
  private lastWords(word: 'log' | 'reject', start: number): boolean {
    this.at += 1;
    while (
      this.at < this.words.length &&
      !/^(?:accept|drop|return|jump|goto|counter|comment)$/.test(this.word())
    )
      this.at += 1;
    const text = this.words
      .slice(start + 2, this.at)
      .map((token) => token.text)
      .join(' ');
    return this.target(
      word === 'log' ? { kind: 'continue', name: 'log' } : { kind: 'reject', with: text || null },
      start,
    );
  }

  private nat(kind: 'redirect' | 'masquerade' | 'dnat' | 'snat', start: number): boolean {
    this.at += 1;
    const read = readNat(
      kind,
      this.words.slice(this.at).map((token) => token.text),
    );
    if (!read) return this.restart(start);
    this.at += read.used;
    return this.target(read.action, start);
  }

  /** `tproxy ip to` in an inet table is for IPv4 packets alone: the rule breaks off for others. */
  private tproxy(start: number): boolean {
    this.at += 1;
    const layer = this.word();
    const read = readTproxy(this.words.slice(this.at).map((token) => token.text));
    if (!read) return this.restart(start);
    this.at += read.used;
    if (layer !== 'to') this.match({ kind: 'family', family: layer === 'ip6' ? 6 : 4 }, false, start);
    return this.target(read.action, start);
  }

  private restart(start: number): false {
    this.at = start;
    return false;
  }

  /** `meta mark set …`, `ct mark set …`, `ct zone set 1`. */
  private assignment(start: number): boolean {
    const set = this.words.findIndex((token, i) => i > start && i <= start + 3 && token.text === 'set');
    if (set < 0) return false;
    const subject = this.textOf(start, set);
    const zone = ZONES.get(subject);
    if (zone) return this.zone(zone, start, set + 1);
    const change = readMarkChange(
      subject,
      this.words.slice(set + 1).map((token) => token.text),
    );
    if (!change) return false;
    this.at = set + 1 + change.used;
    if (change.action.kind === 'connmark-restore') this.match({ kind: 'ct-exists' }, false, start);
    return this.target(change.action, start);
  }

  private zone(direction: ZoneDirection, start: number, at: number): boolean {
    const zone = parseNumber(this.words[at]?.text ?? '');
    if (zone === null) return false;
    this.at = at + 1;
    return this.target({ kind: 'zone', zone, direction }, start);
  }

  private textOf(from: number, to: number): string {
    return this.words
      .slice(from, to)
      .map((token) => token.text)
      .join(' ');
  }

  private comparison(): boolean {
    const start = this.at;
    const left = this.leftSide();
    const word = OPERATORS.has(this.word()) ? (this.take(1)[0] ?? '==') : '==';
    const operator = word === '!' ? '!=' : word;
    const values = this.values();
    const comparison: Comparison = { ...left, operator, values, mask: this.maskBehind() ?? left.mask };
    const read = values.length > 0 ? readTest(comparison, this.family) : null;
    if (!read) return this.restart(start);
    for (const test of read.needs) this.match(test, false, start);
    this.match(read.test, operator === '!=', start);
    return true;
  }

  /** The subject in words, and the mask that `and` or `&` puts over it. */
  private leftSide(): { subject: string; mask: string | null } {
    const length = subjectLength(this.words.slice(this.at).map((token) => token.text));
    const subject = this.take(length).join(' ');
    if (this.word() !== 'and' && this.word() !== '&') return { subject, mask: null };
    this.at += 1;
    if (this.word() !== '(') return { subject, mask: this.take(1)[0] ?? null };
    const close = this.words.findIndex((token, i) => i > this.at && token.text === ')');
    const mask = this.words
      .slice(this.at + 1, close)
      .map((token) => token.text)
      .join('');
    this.at = close + 1;
    return { subject, mask };
  }

  /** `tcp flags syn / syn,ack`: the mask may stand behind the value. */
  private maskBehind(): string | null {
    if (this.word() !== '/') return null;
    this.at += 1;
    return this.values().join(',');
  }

  /** One value, a list with commas, or a set in braces. */
  private values(): string[] {
    const braces = this.word() === '{';
    if (braces) this.at += 1;
    const values: string[] = [];
    while (this.at < this.words.length) {
      const [value = ''] = this.take(1);
      if (value === '}') break;
      if (value !== ',') values.push(value);
      if (!braces && this.word() !== ',' && value !== ',') break;
    }
    return values;
  }
}

const TWO_WORDS = /^(?:meta|ct|ip|ip6|tcp|udp|udplite|sctp|dccp|th|icmp|icmpv6)$/;

function subjectLength(words: readonly string[]): number {
  const first = words[0] ?? '';
  if (first === 'fib') {
    const type = words.findIndex((word) => word === 'type' || word === 'oif' || word === 'oifname');
    return type < 0 ? 1 : type + 1;
  }
  if (first === 'ct' && /^(?:original|reply)$/.test(words[1] ?? ''))
    return words[2] === 'ip' || words[2] === 'ip6' ? 4 : 3;
  return TWO_WORDS.test(first) ? 2 : 1;
}

/** Reads the words behind a chain's name. Nothing is lost: what is not understood makes the rule undecided. */
export function readNftRule(words: readonly Token[], family: TableFamily): RuleBody {
  const reader = new NftRuleReader(words, family);
  reader.read();
  return reader;
}
