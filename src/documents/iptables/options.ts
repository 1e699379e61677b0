// The words of one rule in `-A` notation -> its matches and target. Reads every spelling iptables accepts: `!` before an
// option or (as before 1.4.3) before its value, long names, options in any order.
// What it does not know becomes a match or target that keeps its words. Notation: iptables(8), iptables-extensions(8).
import { diagnostic, type Diagnostic } from '../../base/diagnostic.ts';
import type { Span } from '../../base/source.ts';
import { extensionArity, isExtension, looseArity } from './extensions.ts';
import type { ExtensionOption, Match, MatchTest, UnknownReason } from './match.ts';
import { isKnownModule, matchOption, type MatchOption, type Scope } from './matchoptions.ts';
import { protocolNumber } from './names.ts';
import { withOverrides } from './overridden.ts';
import type { Counters } from './ruleset.ts';
import type { Target, TargetAction } from './target.ts';
import { isTargetName, readAction } from './targetoptions.ts';
import { parseHost } from './values.ts';
import { LineWords } from './words.ts';

export interface RuleBody {
  readonly matches: readonly Match[];
  readonly targets: readonly Target[];
  readonly counters: Counters | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Options that belong to iptables itself: they end what an unknown module took. */
const GENERAL: ReadonlyMap<string, string> = new Map([
  ['-p', '-p'],
  ['--protocol', '-p'],
  ['--proto', '-p'],
  ['-s', '-s'],
  ['--source', '-s'],
  ['--src', '-s'],
  ['-d', '-d'],
  ['--destination', '-d'],
  ['--dst', '-d'],
  ['-i', '-i'],
  ['--in-interface', '-i'],
  ['-o', '-o'],
  ['--out-interface', '-o'],
  ['-f', '-f'],
  ['--fragment', '-f'],
  ['-4', ''],
  ['--ipv4', ''],
  ['-6', ''],
  ['--ipv6', ''],
  ['-m', '-m'],
  ['--match', '-m'],
  ['-j', '-j'],
  ['--jump', '-j'],
  ['-g', '-g'],
  ['--goto', '-g'],
  ['-c', '-c'],
  ['--set-counters', '-c'],
]);

/** So many tests and actions are kept at hand; what rules share comes again soon. */
const REMEMBERED = 4096;

const NO_PROTOCOLS: readonly number[] = [];
const NO_TARGETS: readonly Target[] = [];
const NO_DIAGNOSTICS: readonly Diagnostic[] = [];

/**
 * Reads rules of one family. What rules have in common is held once: a test or an action that comes again is the same
 * object, whatever the number of rules.
 */
export class RuleReader {
  readonly family: 4 | 6;
  /** By protocol, then by words: a port's meaning depends on `-p`. */
  private readonly tests = new Map<number, Map<string, MatchTest | null>>();
  private readonly actions = new Map<string, TargetAction>();
  private lastComment: MatchTest & { kind: 'comment' } = { kind: 'comment', text: '' };
  private words: LineWords = new LineWords('');
  private at = 0;
  private module = '';
  private protocols = NO_PROTOCOLS;
  private readonly matches: Match[] = [];
  private readonly targets: Target[] = [];
  private counters: Counters | null = null;
  private readonly diagnostics: Diagnostic[] = [];

  constructor(family: 4 | 6) {
    this.family = family;
  }

  /** Reads the words behind `-A CHAIN`. Nothing is lost: what is not understood becomes an unknown match or target. */
  read(words: LineWords, from: number): RuleBody {
    this.words = words;
    this.at = from;
    this.module = '';
    this.protocols = NO_PROTOCOLS;
    this.matches.length = 0;
    this.targets.length = 0;
    this.diagnostics.length = 0;
    this.counters = null;
    while (this.at < words.count) this.option();
    return {
      matches: withOverrides(this.matches.slice()),
      targets: this.targets.length > 0 ? this.targets.slice() : NO_TARGETS,
      counters: this.counters,
      diagnostics: this.diagnostics.length > 0 ? this.diagnostics.slice() : NO_DIAGNOSTICS,
    };
  }

  private option(): void {
    const start = this.at;
    const negated = this.words.isBang(start);
    if (negated) this.at += 1;
    const option = this.word();
    this.at += 1;
    const general = GENERAL.get(option);
    if (general !== undefined) this.general(general, start, negated);
    else this.special(option, start, negated);
  }

  private word(): string {
    return this.words.text(this.at);
  }

  private spanFrom(start: number): Span {
    return this.words.span(start, this.at);
  }

  /** The next word as an option's value; a `!` before it is the old way to negate. */
  private value(): { text: string; negated: boolean } {
    const negated = this.words.isBang(this.at);
    if (negated) this.at += 1;
    const text = this.word();
    if (this.at < this.words.count) this.at += 1;
    return { text, negated };
  }

  private general(option: string, start: number, negated: boolean): void {
    switch (option) {
      case '':
        return;
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
        const from = this.at - 1;
        const value = this.value();
        const words = this.words.raw(from, this.at);
        const test = this.known(words) ?? this.remember(words, this.generalTest(option, value.text));
        if (option === '-p') this.followProtocol(test, value.text);
        this.pushOrReport(test, value.text, start, negated !== value.negated);
      }
    }
  }

  /** The test that these words were read as before. */
  private known(words: string): MatchTest | null {
    return this.tests.get(this.protocols[0] ?? 0)?.get(words) ?? null;
  }

  private remember(words: string, test: MatchTest | null): MatchTest | null {
    const protocol = this.protocols[0] ?? 0;
    let tests = this.tests.get(protocol);
    if (!tests) this.tests.set(protocol, (tests = new Map()));
    if (tests.size >= REMEMBERED) tests.clear();
    if (test) tests.set(words, test);
    return test;
  }

  private generalTest(option: string, value: string): MatchTest | null {
    switch (option) {
      case '-p': {
        const number = protocolNumber(value);
        if (number === null) return null;
        return { kind: 'protocol', protocols: number === 0 ? NO_PROTOCOLS : [number] };
      }
      case '-i':
        return { kind: 'in-interface', names: [value] };
      case '-o':
        return { kind: 'out-interface', names: [value] };
      default: {
        const hosts = value.includes(',') ? value.split(',') : [value];
        const prefixes = hosts.map((host) => parseHost(host, this.family));
        if (!prefixes.every((prefix) => prefix !== null)) return null;
        return { kind: option === '-s' ? 'source' : 'destination', prefixes };
      }
    }
  }

  /** `-p tcp` brings the module tcp along. */
  private followProtocol(test: MatchTest | null, name: string): void {
    if (test?.kind !== 'protocol') return;
    this.protocols = test.protocols;
    this.module = name;
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
    if (isExtension(this.module)) return this.extension(this.module, start);
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

  /** A match that is understood and cannot be decided, with all the options of its module that follow. */
  private extension(module: string, start: number): void {
    const options: ExtensionOption[] = [];
    for (;;) {
      const negated = this.words.isBang(this.at);
      const name = this.words.text(this.at + (negated ? 1 : 0));
      const arity = extensionArity(module, name);
      if (arity === null) break;
      this.at += negated ? 2 : 1;
      options.push(this.extensionOption(name, arity, negated));
    }
    const words = this.words.raw(start, this.at);
    const read: MatchTest = { kind: 'unknown', reason: 'runtime', name: module, options };
    const test = this.known(words) ?? this.remember(words, read);
    if (test) this.push(test, start, false);
  }

  private extensionOption(name: string, arity: number, negated: boolean): ExtensionOption {
    const between = arity > 0 && this.words.isBang(this.at);
    if (between) this.at += 1;
    const values: string[] = [];
    while (values.length < arity && this.at < this.words.count) {
      if (arity === Infinity && /^-|^!$/.test(this.word())) break;
      values.push(this.word());
      this.at += 1;
    }
    return { name, values, negated: negated !== between };
  }

  /** Steps over the options of a module that is not known, up to one of iptables' own. */
  private skipForeign(): void {
    while (this.at < this.words.count && !GENERAL.has(this.word())) this.at += 1;
    if (this.words.isBang(this.at - 1) && this.at < this.words.count) this.at -= 1;
  }

  private special(option: string, start: number, negated: boolean): void {
    const scope: Scope = { family: this.family, module: this.module, protocols: this.protocols };
    const known = matchOption(scope, option);
    if (!known) return this.strange(option, start, negated);
    const from = this.at - 1;
    const first = known.arity > 0 ? this.value() : { text: '', negated: false };
    const second = known.arity > 1 ? this.value().text : '';
    const test =
      option === '--comment'
        ? this.comment(first.text)
        : this.specialTest(known, scope, from, first.text, second);
    this.pushOrReport(test, first.text, start, negated !== first.negated);
  }

  private specialTest(
    option: MatchOption,
    scope: Scope,
    from: number,
    value: string,
    second: string,
  ): MatchTest | null {
    const words = `${scope.module} ${this.words.raw(from, this.at)}`;
    return this.known(words) ?? this.remember(words, option.read(value, scope, second));
  }

  /** Neighbours often have the same comment, and hardly any others have. */
  private comment(text: string): MatchTest {
    if (this.lastComment.text !== text) this.lastComment = { kind: 'comment', text };
    return this.lastComment;
  }

  /** An option of no meaning here: its values go as far as the next option. */
  private strange(option: string, start: number, negated: boolean): void {
    const arity = looseArity(option);
    if (arity !== null) {
      const { values } = this.extensionOption(option, arity, negated);
      const options = [{ name: option, values, negated }];
      return this.push({ kind: 'unknown', reason: 'runtime', name: option, options }, start, false);
    }
    while (this.at < this.words.count && !/^(?:-|!$)/.test(this.word())) this.at += 1;
    this.unknown('unsupported', option, start, negated);
  }

  private target(option: '-j' | '-g', start: number): void {
    const name = this.value().text;
    if (option === '-g') {
      this.targets.push({ action: { kind: 'goto', chain: name }, span: this.spanFrom(start) });
      return;
    }
    const from = this.at;
    const own = isTargetName(name);
    if (own) this.skipTargetOptions();
    const words = this.at === from ? name : this.words.raw(from - 1, this.at);
    const known = this.actions.get(words);
    const action = known ?? readAction(name, this.targetOptions(from));
    if (!known) this.rememberAction(words, action);
    const span = this.spanFrom(start);
    if (action.kind === 'unknown' && action.malformed)
      this.diagnostics.push(diagnostic('warning', 'rules.target.unknown', span, { name }));
    this.targets.push({ action, span });
  }

  private rememberAction(words: string, action: TargetAction): void {
    if (this.actions.size >= REMEMBERED) this.actions.clear();
    this.actions.set(words, action);
  }

  /** Everything behind a target up to one of iptables' own options, which may follow it. */
  private skipTargetOptions(): void {
    while (this.at < this.words.count && !this.words.isBang(this.at) && !GENERAL.has(this.word()))
      this.at += 1;
  }

  private targetOptions(from: number): Map<string, string[]> {
    const options = new Map<string, string[]>();
    let values: string[] = [];
    for (let at = from; at < this.at; at += 1) {
      const text = this.words.text(at);
      if (text.startsWith('--')) options.set(text, (values = []));
      else values.push(text);
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
