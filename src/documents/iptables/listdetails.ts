// What the matches and the target of a listed rule print behind the columns (`tcp dpt:80 owner UID match 1337
// redir ports 15006`) -> the same tests and actions as the `-A` notation.
// Format: iptables/extensions/libxt_*.c and libipt_*.c, the `print` function of each.
import { diagnostic, type Diagnostic } from '../../base/diagnostic.ts';
import { cover, type Span } from '../../base/source.ts';
import { firstTargetWord, listedAction } from './listtarget.ts';
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
];

/** `dpt:80`, `spts:!1:9000`, `flags:0x17/0x02`: one word each, behind `tcp` or `udp`. */
const PORT_WORD = /^(spt|spts|dpt|dpts|flags):(!?)(.+)$/;

class DetailsReader {
  readonly matches: Match[] = [];
  readonly diagnostics: Diagnostic[] = [];
  target: Target | null = null;
  private at = 0;
  private readonly tokens: readonly Token[];
  private readonly scope: Scope;

  constructor(tokens: readonly Token[], scope: Scope) {
    this.tokens = tokens;
    this.scope = scope;
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
    while (this.at < this.tokens.length && this.word() !== '*/') this.at += 1;
    const words = this.tokens.slice(start + 1, this.at).map((token) => token.text);
    this.at = Math.min(this.at + 1, this.tokens.length);
    this.push({ kind: 'comment', text: words.join(' ') }, false, start);
    return true;
  }

  private protocolWords(): boolean {
    if (/^(?:tcp|udp|udplite|sctp|dccp|icmp|ipv6-icmp)$/.test(this.word())) {
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

  private phraseHere(at: number): Phrase | undefined {
    return PHRASES.find(({ words }) => words.every((word, i) => this.tokens[at + i]?.text === word));
  }

  private startsPhrase(): boolean {
    const at = this.word() === '!' ? this.at + 1 : this.at;
    const word = this.tokens[at]?.text ?? '';
    return (
      this.phraseHere(at) !== undefined ||
      PORT_WORD.test(word) ||
      /^(?:\/\*|ADDRTYPE|socket|tcp|udp)$/.test(word)
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
    if (found.option === '--icmp-type' && this.word() === 'code') this.at += 2;
    this.option(found.module, found.option, value, '', negated, start);
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
    if (!this.word().startsWith('limit-')) return;
    this.at += 1;
    this.push({ kind: 'unknown', reason: 'unsupported', name: 'limit-iface' }, false, start);
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
    const first = firstTargetWord(name);
    if (first === null) return this.tokens.length;
    const found = this.tokens.findIndex(
      (token, i) => i >= this.at && token.text.startsWith(first) && !this.insideComment(i),
    );
    return found < 0 ? this.tokens.length : found;
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
export function readDetails(target: Token | null, tokens: readonly Token[], scope: Scope): Details {
  const reader = new DetailsReader(tokens, scope);
  reader.read(target);
  return reader;
}
