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
import { needsOf, readTest, type Comparison } from './comparison.ts';
import { bracedLength, readElements, type Element } from './elements.ts';
import { readContinuing } from './continuing.ts';
import { joinedData, readEntries, readKeys, type Subject } from './maps.ts';
import { readNat, readTproxy } from './natwords.ts';
import { isRuntimeSubject, readRuntime } from './runtime.ts';
import { subjectLength } from './subjects.ts';
import { continuing } from '../iptables/targetoptions.ts';
import { parseNumber } from '../iptables/values.ts';

const STATEMENT_WORDS = 256;

/** Words that stand before an expression without changing it. */
const OPERATORS: ReadonlySet<string> = new Set(['==', '!=', '!', '<', '>', '<=', '>=']);

/** Statements whose value a map may give. */
const MAPPABLE = /^(?:(?:dnat|snat|redirect|tproxy)(?: ip6?)?(?: addr \. port)? to|(?:meta |ct )?mark set)$/;

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
  private readonly texts: readonly string[];
  private readonly family: TableFamily;
  /** Whether nft prints the rules of iptables in its own words: what they say is then what iptables meant. */
  private readonly translated: boolean;

  constructor(words: readonly Token[], family: TableFamily, translated: boolean) {
    this.words = words;
    this.texts = words.map(({ text }) => text);
    this.family = family;
    this.translated = translated;
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
    return this.texts[this.at + offset] ?? '';
  }

  private take(count: number): string[] {
    const taken = this.texts.slice(this.at, this.at + count);
    this.at += count;
    return taken;
  }

  /** The words of a statement of a length that anybody writes. */
  private ahead(start: number): string[] {
    return this.texts.slice(start, start + STATEMENT_WORDS);
  }

  /** Where the first of these words stands between two places, both included; null when none does. */
  private placeOf(texts: readonly string[], from: number, to: number): number | null {
    for (let at = from; at <= to && at < this.words.length; at += 1)
      if (texts.includes(this.texts[at] ?? '')) return at;
    return null;
  }

  private spanFrom(start: number): Span {
    const first = this.words[start]?.span ?? { from: 0, to: 0 };
    return cover(first, this.words[Math.max(start, this.at - 1)]?.span ?? first);
  }

  private unknown(start: number): void {
    const span = this.spanFrom(start);
    const name = this.texts[start] ?? '';
    for (const test of needsOf(name, this.family)) this.match(test, false, start);
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
    if (this.mappedStatement(start)) return true;
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
      case 'reject':
        return this.reject(start);
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
      case 'xt':
        return this.extension(start);
      default:
        return this.assignment(start) || this.continuing(start) || this.runtime(start);
    }
  }

  /** A statement that plays no part in the packet's way. */
  private continuing(start: number): boolean {
    const read = readContinuing(this.ahead(start));
    if (!read) return false;
    this.at = start + read.used;
    return this.target({ kind: 'continue', name: read.name }, start);
  }

  /** A match that is understood and that no paste decides. */
  private runtime(start: number): boolean {
    const read = readRuntime(this.ahead(start));
    if (!read) return false;
    this.at = start + read.used;
    this.match({ kind: 'unknown', reason: 'runtime', name: read.name }, false, start);
    return true;
  }

  /** `xt match "owner"`, `xt target "CT"`: of an iptables extension nft prints the name alone. */
  private extension(start: number): boolean {
    const [, type, name = ''] = this.take(3);
    const span = this.spanFrom(start);
    if (type === 'match') this.match({ kind: 'unknown', reason: 'unsupported', name }, false, start);
    else this.targets.push({ action: continuing(name) ?? { kind: 'unknown', name }, span });
    this.diagnostics.push(diagnostic('warning', 'rules.extension.hidden', span, { name }));
    return true;
  }

  private counter(): boolean {
    this.at += 1;
    if (this.word() !== 'packets') return true;
    const [, packets, , bytes] = this.take(4);
    this.counters = { packets: Number(packets), bytes: Number(bytes), exact: true };
    return true;
  }

  /** `reject with icmp type port-unreachable`, `reject with tcp reset`. */
  private reject(start: number): boolean {
    this.at += 1;
    if (this.word() !== 'with') return this.target({ kind: 'reject', with: null }, start);
    const words = this.take(this.word(2) === 'type' ? 4 : 3).slice(1);
    return this.target({ kind: 'reject', with: words.join(' ') }, start);
  }

  private nat(kind: 'redirect' | 'masquerade' | 'dnat' | 'snat', start: number): boolean {
    this.at += 1;
    const read = readNat(kind, this.ahead(this.at));
    if (!read) return this.restart(start);
    this.at += read.used;
    return this.target(read.action, start);
  }

  /** `tproxy ip to` in an inet table is for IPv4 packets alone: the rule breaks off for others. */
  private tproxy(start: number): boolean {
    this.at += 1;
    const layer = this.word();
    const read = readTproxy(this.ahead(this.at));
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
    const set = this.placeOf(['set'], start + 1, start + 3);
    if (set === null) return false;
    const subject = this.textOf(start, set);
    const zone = ZONES.get(subject);
    if (zone) return this.zone(zone, start, set + 1);
    const change = readMarkChange(subject, this.ahead(set + 1), this.translated);
    if (!change) return false;
    this.at = set + 1 + change.used;
    if (change.action.kind === 'connmark-restore') this.match({ kind: 'ct-exists' }, false, start);
    return this.target(change.action, start);
  }

  private zone(direction: ZoneDirection, start: number, at: number): boolean {
    const zone = parseNumber(this.texts[at] ?? '');
    if (zone === null) return false;
    this.at = at + 1;
    return this.target({ kind: 'zone', zone, direction }, start);
  }

  private textOf(from: number, to: number): string {
    return this.texts.slice(from, to).join(' ');
  }

  private comparison(): boolean {
    const start = this.at;
    const subjects = this.subjects();
    const [left] = subjects;
    if (this.word() === 'vmap') return this.verdictMap(subjects, start);
    const operator = OPERATORS.has(this.word()) ? (this.take(1)[0] ?? '==') : '==';
    const empty = this.word() === '{' && this.word(1) === '}';
    if (!left || empty || subjects.length > 1) return this.concatenation(subjects, operator, start);
    const lookup = this.word() === '{';
    const values = this.values();
    const mask = this.maskBehind() ?? left.mask;
    const { subject } = left;
    const { translated } = this;
    const comparison: Comparison = { subject, operator, values, mask, lookup, translated };
    const readable = values.length > 0 && !values.some((value) => value.startsWith('@'));
    const read = readable ? readTest(comparison, this.family) : null;
    if (!read && values.length > 0 && isRuntimeSubject(subject)) {
      this.match({ kind: 'unknown', reason: 'runtime', name: subject }, false, start);
      return true;
    }
    if (!read) return this.restart(start);
    for (const test of read.needs) this.match(test, false, start);
    const negated = operator === '!=' || (operator === '!' && subject !== 'tcp flags');
    this.match(read.test, negated !== (read.inverted ?? false), start);
    return true;
  }

  /** `ip daddr . tcp dport`: the parts of a key. */
  private subjects(): Subject[] {
    const subjects = [this.leftSide()];
    while (this.word() === '.') {
      this.at += 1;
      subjects.push(this.leftSide());
    }
    return subjects;
  }

  /** The elements of the braces that start here; empty when none do. */
  private elements(): Element[] {
    const length = bracedLength(this.words, this.at);
    const elements = readElements(this.words.slice(this.at + 1, this.at + length - 1));
    this.at += length;
    return elements;
  }

  /** `ip daddr . tcp dport { 10.0.0.1 . 80, 10.0.0.2 . 443 }`; nothing is in an empty set. */
  private concatenation(subjects: readonly Subject[], operator: string, start: number): boolean {
    const read = readKeys(subjects, this.elements(), this.family);
    const readable = operator === '==' || (operator === '!=' && read && read.keys.length > 0);
    if (!read || !readable) return this.restart(start);
    for (const test of read.needs) this.match(test, false, start);
    this.match({ kind: 'any-of', alternatives: read.keys }, operator === '!=', start);
    return true;
  }

  /** `tcp dport vmap { 80 : jump web, 443 : drop }` */
  private verdictMap(subjects: readonly Subject[], start: number): boolean {
    this.at += 1;
    return this.map(subjects, start, (data) => this.soleAction(data));
  }

  /** `dnat ip to tcp dport map { 80 : 10.0.0.1 }`: the statement as it is for each element. */
  private mappedStatement(start: number): boolean {
    const to = this.placeOf(['to', 'set'], start + 1, start + 5);
    if (to === null || !MAPPABLE.test(this.textOf(start, to + 1))) return false;
    this.at = to + 1;
    const subjects = this.subjects();
    if (this.word() !== 'map') return this.restart(start);
    this.at += 1;
    const head = this.words.slice(start, to + 1).filter(({ text }) => !/^(?:addr|\.|port)$/.test(text));
    const statement = head[0]?.text ?? '';
    return this.map(subjects, start, (data) => this.soleAction([...head, ...joinedData(statement, data)]));
  }

  private map(
    subjects: readonly Subject[],
    start: number,
    actionOf: (data: readonly Token[]) => TargetAction | null,
  ): boolean {
    const read = readEntries(subjects, this.elements(), this.family, actionOf);
    if (!read) return this.restart(start);
    for (const test of read.needs) this.match(test, false, start);
    return this.target({ kind: 'map', entries: read.entries }, start);
  }

  /** What these words do when they are one statement and ask for nothing; else null. */
  private soleAction(words: readonly Token[]): TargetAction | null {
    const reader = new NftRuleReader(words, this.family, this.translated);
    reader.read();
    if (reader.matches.length > 0 || reader.targets.length > 1) return null;
    return reader.targets[0]?.action ?? { kind: 'continue', name: 'continue' };
  }

  /** The subject in words, and the mask that `and` or `&` puts over it. */
  private leftSide(): { subject: string; mask: string | null } {
    const length = subjectLength(this.ahead(this.at));
    const subject = this.take(length).join(' ');
    if (this.word() !== 'and' && this.word() !== '&') return { subject, mask: null };
    this.at += 1;
    if (this.word() !== '(') return { subject, mask: this.take(1)[0] ?? null };
    this.at += 1;
    const close = this.placeOf([')'], this.at, this.at + STATEMENT_WORDS) ?? this.words.length;
    const mask = this.take(close - this.at).join('');
    this.at += 1;
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
    if (this.word() === '{') return this.elements().map(({ key }) => key.join(' . '));
    const values: string[] = [];
    while (this.at < this.words.length) {
      const [value = ''] = this.take(1);
      if (value !== ',') values.push(value);
      if (this.word() !== ',' && value !== ',') break;
    }
    return values;
  }
}

/** Reads the words behind a chain's name. Nothing is lost: what is not understood makes the rule undecided. */
export function readNftRule(words: readonly Token[], family: TableFamily, translated = false): RuleBody {
  const reader = new NftRuleReader(words, family, translated);
  reader.read();
  return reader;
}
