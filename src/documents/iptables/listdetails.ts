// What the matches and the target of a listed rule print behind the columns (`tcp dpt:80 owner UID match 1337
// redir ports 15006`) -> the same tests and actions as the `-A` notation.
// Format: iptables/extensions/libxt_*.c and libipt_*.c, the `print` function of each.
import { diagnostic, type Diagnostic } from '../../base/diagnostic.ts';
import { cover, textAt, type Source, type Span } from '../../base/source.ts';
import { listedExtension } from './listextensions.ts';
import { listedAction, startsTarget } from './listtarget.ts';
import type { Match, MatchTest } from './match.ts';
import { matchOption, type Scope } from './matchoptions.ts';
import type { Target, TargetAction } from './target.ts';
import { isTargetName } from './targetoptions.ts';
import type { Token } from './tokens.ts';

export interface Details {
  readonly matches: readonly Match[];
  readonly target: Target | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * How a match prints: the words it starts with, and the option that says the same in `-A` notation.
 * The option's value is the next word.
 */
interface Phrase {
  readonly words: readonly string[];
  readonly module: string;
  readonly option: string;
}

function phrase(words: string, module: string, option: string): Phrase {
  return { words: words.split(' '), module, option };
}

const PHRASES: readonly Phrase[] = [
  phrase('owner UID match', 'owner', '--uid-owner'),
  phrase('owner GID match', 'owner', '--gid-owner'),
  phrase('mark match', 'mark', '--mark'),
  phrase('MARK match', 'mark', '--mark'),
  phrase('connmark match', 'connmark', '--mark'),
  phrase('CONNMARK match', 'connmark', '--mark'),
  phrase('multiport dports', 'multiport', '--dports'),
  phrase('multiport sports', 'multiport', '--sports'),
  phrase('multiport ports', 'multiport', '--ports'),
  phrase('ctstate', 'conntrack', '--ctstate'),
  phrase('state', 'state', '--state'),
  phrase('ctdir', 'conntrack', '--ctdir'),
  phrase('ctorigsrc', 'conntrack', '--ctorigsrc'),
  phrase('ctorigdst', 'conntrack', '--ctorigdst'),
  phrase('ctreplsrc', 'conntrack', '--ctreplsrc'),
  phrase('ctrepldst', 'conntrack', '--ctrepldst'),
  phrase('ctorigsrcport', 'conntrack', '--ctorigsrcport'),
  phrase('ctorigdstport', 'conntrack', '--ctorigdstport'),
  phrase('ctreplsrcport', 'conntrack', '--ctreplsrcport'),
  phrase('ctrepldstport', 'conntrack', '--ctrepldstport'),
  phrase('source IP range', 'iprange', '--src-range'),
  phrase('destination IP range', 'iprange', '--dst-range'),
  phrase('icmptype', 'icmp', '--icmp-type'),
  phrase('ipv6-icmptype', 'icmp6', '--icmpv6-type'),
  phrase('ctproto', 'conntrack', '--ctproto'),
  phrase('ctstatus', 'conntrack', '--ctstatus'),
];

const PHRASES_BY_FIRST = new Map<string, Phrase[]>();
for (const each of PHRASES) {
  const first = each.words[0] ?? '';
  PHRASES_BY_FIRST.set(first, [...(PHRASES_BY_FIRST.get(first) ?? []), each]);
}

const DCCP = 33;
const SCTP = 132;

/** `dpt:80`, `spts:!1:9000`, `flags:0x17/0x02`: one word each, behind `tcp` or `udp`. */
const PORT_WORD = /^(spt|spts|dpt|dpts|flags(?=:[^/]+\/)):(!?)(.+)$/;

class DetailsReader {
  readonly matches: Match[] = [];
  readonly diagnostics: Diagnostic[] = [];
  target: Target | null = null;
  private at = 0;
  private readonly tokens: readonly Token[];
  private readonly scope: Scope;
  private readonly source: Source;

  constructor(tokens: readonly Token[], scope: Scope, source: Source) {
    this.tokens = tokens;
    this.scope = scope;
    this.source = source;
  }

  read(target: Token | null): void {
    const goto = this.word() === '[goto]';
    if (goto) this.at += 1;
    const end = target && isTargetName(target.text) ? this.targetStart(target.text) : this.tokens.length;
    while (this.at < end) this.match(end);
    if (target) this.readTarget(target, goto);
  }

  private word(offset = 0): string {
    return this.tokens[this.at + offset]?.text ?? '';
  }

  private spanFrom(start: number): Span {
    const first = this.tokens[start]?.span ?? { from: 0, to: 0 };
    return cover(first, this.tokens[Math.max(start, this.at - 1)]?.span ?? first);
  }

  private match(end: number): void {
    const start = this.at;
    if (this.comment() || this.protocolWords() || this.phrase() || this.flagPhrase()) return;
    if (this.extension(end)) return;
    this.at += 1;
    while (this.at < end && !this.startsPhrase()) this.at += 1;
    const name = this.tokens[start]?.text ?? '';
    this.push({ kind: 'unknown', reason: 'unsupported', name }, false, start);
    this.report('rules.match.unsupported', name, start);
  }

  private report(code: string, name: string, start: number): void {
    this.diagnostics.push(diagnostic('warning', code, this.spanFrom(start), { name }));
  }

  private push(test: MatchTest, negated: boolean, start: number): void {
    this.matches.push({ test, negated, span: this.spanFrom(start) });
  }

  private comment(): boolean {
    if (this.word() !== '/*') return false;
    const start = this.at;
    while (this.at < this.tokens.length && (this.word() !== '*/' || this.word(1) === '*/')) this.at += 1;
    const [first, last] = [this.tokens[start + 1], this.tokens[this.at - 1]];
    const text =
      first && last && this.at > start + 1 ? textAt(this.source, cover(first.span, last.span)) : '';
    this.at = Math.min(this.at + 1, this.tokens.length);
    this.push({ kind: 'comment', text }, false, start);
    return true;
  }

  /** A match that is understood and that no paste decides, with all words up to the next. */
  private extension(end: number): boolean {
    const start = this.at;
    if (this.word() === '!') this.at += 1;
    const module = listedExtension((offset) => this.word(offset)) ?? this.looseWords();
    if (module === null) {
      this.at = start;
      return false;
    }
    this.at += 1;
    while (
      this.at < end &&
      (!this.startsPhrase() || listedExtension((offset) => this.word(offset)) === module)
    )
      this.at += 1;
    this.push({ kind: 'unknown', reason: 'runtime', name: module }, false, start);
    return true;
  }

  /** `dccp dpt:80 REQUEST`, `sctp dpt:80 all DATA`: words that only stand behind that protocol. */
  private looseWords(): string | null {
    const [protocol] = this.scope.protocols;
    if (protocol === DCCP) return '--dccp-types';
    return protocol === SCTP && /^(?:all|any|only)$/.test(this.word()) ? '--chunk-types' : null;
  }

  private protocolWords(): boolean {
    if (/^(?:icmp|ipv6-icmp)$/.test(this.word())) return this.icmpWords();
    if (/^(?:tcp|udp|udplite|sctp|dccp)$/.test(this.word())) {
      this.at += 1;
      return true;
    }
    const [, kind, negation, value] = PORT_WORD.exec(this.word()) ?? [];
    if (kind === undefined || value === undefined) return false;
    const start = this.at++;
    const negated = negation === '!';
    const [mask = '', set = ''] = value.split('/');
    if (kind === 'flags') this.option('tcp', '--tcp-flags', mask, set, negated, start);
    else this.option('tcp', kind.startsWith('s') ? '--sport' : '--dport', value, '', negated, start);
    return true;
  }

  /** `icmp echo-request`, `icmp !type 134 code 0`: names without -n; with it, numbers where the match is negated. */
  private icmpWords(): boolean {
    const start = this.at++;
    const numbered = /^!?type$/.test(this.word());
    const negated = this.word().startsWith('!');
    const code = numbered && this.word(2) === 'code' ? `/${this.word(3)}` : '';
    const name = numbered ? this.word(1) + code : this.word().replace(/^!/, '');
    const test = matchOption(this.scope, '--icmp-type')?.read(name, this.scope, '') ?? null;
    if (!test) return true;
    this.at += !numbered ? 1 : code === '' ? 2 : 4;
    this.push(test, negated, start);
    return true;
  }

  private phraseHere(at: number): Phrase | undefined {
    return PHRASES_BY_FIRST.get(this.tokens[at]?.text ?? '')?.find(({ words }) =>
      words.every((word, i) => this.tokens[at + i]?.text === word),
    );
  }

  private startsPhrase(): boolean {
    const at = this.word() === '!' ? this.at + 1 : this.at;
    const word = this.tokens[at]?.text ?? '';
    return (
      this.phraseHere(at) !== undefined ||
      PORT_WORD.test(word) ||
      /^(?:\/\*|ADDRTYPE|socket|tcp|udp|owner)$/.test(word) ||
      listedExtension((offset) => this.tokens[at + offset]?.text ?? '') !== null
    );
  }

  /** `[!] WORDS [!] VALUE`; some matches glue the `!` to the value. */
  private phrase(): boolean {
    const start = this.at;
    const before = this.word() === '!';
    const found = this.phraseHere(before ? start + 1 : start);
    if (!found) return false;
    this.at = start + (before ? 1 : 0) + found.words.length;
    const between = this.word() === '!';
    if (between) this.at += 1;
    const glued = this.word().startsWith('!');
    const value = glued ? this.word().slice(1) : this.word();
    this.at += 1;
    const negated = before || between || glued;
    const code = found.words[0]?.endsWith('icmptype') && this.word() === 'code' ? `/${this.word(1)}` : '';
    if (code !== '') this.at += 2;
    this.option(found.module, found.option, value + code, '', negated, start);
    return true;
  }

  private option(
    module: string,
    option: string,
    value: string,
    second: string,
    negated: boolean,
    start: number,
  ): void {
    const scope = { ...this.scope, module };
    const test = matchOption(scope, option)?.read(value, scope, second) ?? null;
    if (test) return this.push(test, negated, start);
    const reason = /[A-Za-z]/.test(value) ? 'unresolved' : 'malformed';
    this.push({ kind: 'unknown', reason, name: value }, negated, start);
    this.report(`rules.match.${reason}`, value, start);
  }

  /** Matches whose words are flags: `ADDRTYPE match dst-type LOCAL`, `socket --transparent`, `owner socket exists`. */
  private flagPhrase(): boolean {
    const start = this.at;
    const negated = this.word() === '!';
    if (negated) this.at += 1;
    if (this.word() === 'owner' && this.word(1) === 'socket') {
      this.at += 3;
      this.push({ kind: 'socket-exists' }, negated, start);
    } else if (this.word() === 'ADDRTYPE') this.addressType(start);
    else if (this.word() === 'socket') this.socket(start, negated);
    else {
      this.at = start;
      return false;
    }
    return true;
  }

  private addressType(start: number): void {
    this.at += 2;
    while (/^(?:src|dst)-type$/.test(this.word())) {
      const option = `--${this.word()}`;
      const value = this.word(1);
      this.at += 2;
      this.option('addrtype', option, value.replace(/^!/, ''), '', value.startsWith('!'), start);
    }
  }

  private socket(start: number, negated: boolean): void {
    this.at += 1;
    const flags = new Set<string>();
    while (this.word().startsWith('--')) {
      flags.add(this.word());
      this.at += 1;
    }
    const transparent = flags.has('--transparent');
    this.push({ kind: 'socket', transparent, nowildcard: flags.has('--nowildcard') }, negated, start);
  }

  /** Where the target's own words begin; it prints them last. */
  private targetStart(name: string): number {
    for (let at = this.at; at < this.tokens.length; at += 1) {
      const [word, next] = [this.tokens[at]?.text ?? '', this.tokens[at + 1]?.text ?? ''];
      if (startsTarget(name, word, next) && !this.insideComment(at)) return at;
    }
    return this.tokens.length;
  }

  private insideComment(at: number): boolean {
    const words = this.tokens.slice(0, at).map((token) => token.text);
    return words.lastIndexOf('/*') > words.lastIndexOf('*/');
  }

  private readTarget(name: Token, goto: boolean): void {
    const start = this.at;
    const words = this.tokens.slice(start).map((token) => token.text);
    this.at = this.tokens.length;
    const action: TargetAction = goto ? { kind: 'goto', chain: name.text } : listedAction(name.text, words);
    const span = start < this.tokens.length ? cover(name.span, this.spanFrom(start)) : name.span;
    if (action.kind === 'unknown' && action.malformed)
      this.diagnostics.push(diagnostic('warning', 'rules.target.unknown', span, { name: name.text }));
    this.target = { action, span };
  }
}

/** Reads the words behind the columns; `target` is the word of the target column. */
export function readDetails(
  target: Token | null,
  tokens: readonly Token[],
  scope: Scope,
  source: Source,
): Details {
  const reader = new DetailsReader(tokens, scope, source);
  reader.read(target);
  return reader;
}
