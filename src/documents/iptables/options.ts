// The words of one rule in `-A` notation -> its matches, target and counters. Options of a module or a target that
// nobody here understands become one unknown match or target that keeps its words.
// Notation: iptables(8), iptables-extensions(8).
import { diagnostic, type Diagnostic } from '../../base/diagnostic.ts';
import { cover, type Span } from '../../base/source.ts';
import type { Match, MatchTest, UnknownReason } from './match.ts';
import { isKnownModule, matchOption } from './matchoptions.ts';
import { protocolNumber } from './names.ts';
import type { Counters } from './ruleset.ts';
import type { Target } from './target.ts';
import { isTargetName, readAction } from './targetoptions.ts';
import type { Token } from './tokens.ts';
import { parseHost } from './values.ts';

export interface RuleBody {
  readonly matches: readonly Match[];
  readonly targets: readonly Target[];
  readonly counters: Counters | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Options that belong to iptables itself: they end what an unknown module took. */
const GENERAL: Readonly<Record<string, string>> = {
  '-p': '-p',
  '--protocol': '-p',
  '--proto': '-p',
  '-s': '-s',
  '--source': '-s',
  '--src': '-s',
  '-d': '-d',
  '--destination': '-d',
  '--dst': '-d',
  '-i': '-i',
  '--in-interface': '-i',
  '-o': '-o',
  '--out-interface': '-o',
  '-f': '-f',
  '--fragment': '-f',
  '-m': '-m',
  '--match': '-m',
  '-j': '-j',
  '--jump': '-j',
  '-g': '-g',
  '--goto': '-g',
  '-c': '-c',
  '--set-counters': '-c',
};

class RuleReader {
  readonly matches: Match[] = [];
  readonly targets: Target[] = [];
  readonly diagnostics: Diagnostic[] = [];
  counters: Counters | null = null;
  private at = 0;
  private module = '';
  private protocols: readonly number[] = [];
  private readonly tokens: readonly Token[];
  private readonly family: 4 | 6;

  constructor(tokens: readonly Token[], family: 4 | 6) {
    this.tokens = tokens;
    this.family = family;
  }

  read(): void {
    while (this.at < this.tokens.length) {
      const start = this.at;
      const negated = this.word() === '!';
      if (negated) this.at += 1;
      const option = this.word();
      this.at += 1;
      const general = Object.hasOwn(GENERAL, option) ? GENERAL[option] : undefined;
      if (general) this.general(general, start, negated);
      else this.special(option, start, negated);
    }
  }

  private word(): string {
    return this.tokens[this.at]?.text ?? '';
  }

  private spanFrom(start: number): Span {
    const first = this.tokens[start]?.span ?? { from: 0, to: 0 };
    return cover(first, this.tokens[Math.max(start, this.at - 1)]?.span ?? first);
  }

  /** The next word as an option's value; a `!` before it is the old way to negate. */
  private value(): { text: string; negated: boolean } {
    const negated = this.word() === '!';
    if (negated) this.at += 1;
    const text = this.word();
    if (this.at < this.tokens.length) this.at += 1;
    return { text, negated };
  }

  private general(option: string, start: number, negated: boolean): void {
    switch (option) {
      case '-m':
        return this.loadModule(start, negated);
      case '-j':
      case '-g':
        return this.target(option, start);
      case '-c':
        return this.readCounters();
      case '-f':
        return this.push({ kind: 'fragment' }, start, negated);
      default: {
        const value = this.value();
        const test = this.generalTest(option, value.text);
        this.pushOrReport(test, value.text, start, negated !== value.negated);
      }
    }
  }

  private generalTest(option: string, value: string): MatchTest | null {
    switch (option) {
      case '-p':
        return this.protocolTest(value);
      case '-i':
        return { kind: 'in-interface', names: [value] };
      case '-o':
        return { kind: 'out-interface', names: [value] };
      default: {
        const prefixes = value.split(',').map((host) => parseHost(host, this.family));
        if (!prefixes.every((prefix) => prefix !== null)) return null;
        return { kind: option === '-s' ? 'source' : 'destination', prefixes };
      }
    }
  }

  private protocolTest(value: string): MatchTest | null {
    const number = protocolNumber(value);
    if (number === null) return null;
    this.protocols = number === 0 ? [] : [number];
    this.module = value;
    return { kind: 'protocol', protocols: this.protocols };
  }

  private readCounters(): void {
    const packets = Number(this.value().text);
    const bytes = Number(this.value().text);
    if (Number.isSafeInteger(packets) && Number.isSafeInteger(bytes))
      this.counters = { packets, bytes, exact: true };
  }

  private loadModule(start: number, negated: boolean): void {
    this.module = this.value().text;
    if (this.module === 'socket') return this.socketModule(start, negated);
    if (isKnownModule(this.module)) return;
    this.skipForeign();
    this.unknown('unsupported', this.module, start, negated);
  }

  private socketModule(start: number, negated: boolean): void {
    const flags = new Set<string>();
    while (this.word().startsWith('--')) flags.add(this.value().text);
    flags.delete('--restore-skmark');
    this.push(
      { kind: 'socket', transparent: flags.has('--transparent'), nowildcard: flags.has('--nowildcard') },
      start,
      negated,
    );
  }

  /** Steps over the options of a module that is not known, up to one of iptables' own. */
  private skipForeign(): void {
    while (this.at < this.tokens.length && !Object.hasOwn(GENERAL, this.word())) this.at += 1;
    if (this.tokens[this.at - 1]?.text === '!' && this.at < this.tokens.length) this.at -= 1;
  }

  private special(option: string, start: number, negated: boolean): void {
    const known = matchOption(
      { family: this.family, module: this.module, protocols: this.protocols },
      option,
    );
    if (!known) {
      while (this.at < this.tokens.length && !/^(?:-|!$)/.test(this.word())) this.at += 1;
      return this.unknown('unsupported', option, start, negated);
    }
    const first = known.arity > 0 ? this.value() : { text: '', negated: false };
    const second = known.arity > 1 ? this.value().text : '';
    const scope = { family: this.family, module: this.module, protocols: this.protocols };
    const test = known.read(first.text, scope, second);
    this.pushOrReport(test, first.text, start, negated !== first.negated);
  }

  private target(option: '-j' | '-g', start: number): void {
    const name = this.value().text;
    if (option === '-g') {
      this.targets.push({ action: { kind: 'goto', chain: name }, span: this.spanFrom(start) });
      return;
    }
    const options = isTargetName(name) ? this.targetOptions() : new Map<string, string[]>();
    const action = readAction(name, options);
    const span = this.spanFrom(start);
    if (action.kind === 'unknown')
      this.diagnostics.push(diagnostic('warning', 'rules.target.unknown', span, { name }));
    this.targets.push({ action, span });
  }

  /** Everything behind a target up to one of iptables' own options, which may follow it. */
  private targetOptions(): Map<string, string[]> {
    const options = new Map<string, string[]>();
    let values: string[] = [];
    while (this.at < this.tokens.length && !Object.hasOwn(GENERAL, this.word()) && this.word() !== '!') {
      const text = this.word();
      if (text.startsWith('--')) options.set(text, (values = []));
      else values.push(text);
      this.at += 1;
    }
    return options;
  }

  private push(test: MatchTest, start: number, negated: boolean): void {
    this.matches.push({ test, negated, span: this.spanFrom(start) });
  }

  private pushOrReport(test: MatchTest | null, value: string, start: number, negated: boolean): void {
    if (test) this.push(test, start, negated);
    else this.unknown(/[A-Za-z]/.test(value) ? 'unresolved' : 'malformed', value, start, negated);
  }

  private unknown(reason: UnknownReason, name: string, start: number, negated: boolean): void {
    this.push({ kind: 'unknown', reason, name }, start, negated);
    this.diagnostics.push(diagnostic('warning', `rules.match.${reason}`, this.spanFrom(start), { name }));
  }
}

/** Reads the words behind `-A CHAIN`. Nothing is lost: what is not understood becomes an unknown match or target. */
export function readRule(tokens: readonly Token[], family: 4 | 6): RuleBody {
  const reader = new RuleReader(tokens, family);
  reader.read();
  return reader;
}
