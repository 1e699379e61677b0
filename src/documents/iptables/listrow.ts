// One row of an `iptables -L` listing -> the matches and target of a rule:
// [num] [pkts bytes] [target] prot [opt] [in out] source destination, then what each match and the target print.
import { append } from '../../base/append.ts';
import { diagnostic, type Diagnostic } from '../../base/diagnostic.ts';
import { cover, type Source, type Span } from '../../base/source.ts';
import { readDetails } from './listdetails.ts';
import type { Match, MatchTest } from './match.ts';
import { withOverrides } from './overridden.ts';
import { protocolNumber } from './names.ts';
import type { Target } from './target.ts';
import { isTargetName } from './targetoptions.ts';
import type { Token } from './tokens.ts';
import { parseHost } from './values.ts';

/** Which of the optional columns the header names. */
export interface Columns {
  readonly number: boolean;
  readonly counters: boolean;
  readonly interfaces: boolean;
}

export interface Row {
  readonly matches: readonly Match[];
  readonly targets: readonly Target[];
  readonly counters: readonly [string, string] | null;
  readonly diagnostics: readonly Diagnostic[];
}

const COUNTER = /^\d+[KMGTP]?$/;
const OPTIONS = /^(?:--|-f|!f)$/;

/** The header line `pkts bytes target prot opt in out source destination`, or null for another line. */
export function readHeader(tokens: readonly Token[]): Columns | null {
  const words = tokens.map((token) => token.text);
  if (!words.includes('prot') || !words.includes('source') || !words.includes('destination')) return null;
  return {
    number: words.includes('num'),
    counters: words.includes('pkts'),
    interfaces: words.includes('in') && words.includes('out'),
  };
}

/** ip6tables before 1.8.9 leaves the options blank: then two IPv6 addresses in a row tell. */
const TWO_SIX =
  /\s!?(?:anywhere|localhost|[\da-fA-F]*:[\da-fA-F:]*(?:\/\d+)?)\s+!?(?:anywhere|localhost|[\da-fA-F]*:[\da-fA-F:]*(?:\/\d+)?)(?:\s|$)/;

/** Whether a line looks like a header or a rule's row: a protocol with its options, then addresses. */
export function isColumnRow(line: string): boolean {
  const words = line.trim().split(/\s+/, 10);
  if (words.includes('prot') && words.includes('source')) return true;
  const options = words.findIndex((word) => OPTIONS.test(word));
  if (options > 0 && options <= 5) return protocolOf(words[options - 1] ?? '') !== null;
  return TWO_SIX.test(line) && words.slice(0, 5).some((word) => protocolOf(word) !== null);
}

function protocolOf(word: string): number | null {
  return protocolNumber(word.replace(/^!/, ''));
}

interface Fields {
  readonly counters: readonly [string, string] | null;
  readonly target: Token | null;
  readonly protocol: Token;
  readonly options: Token | null;
  readonly in: Token | null;
  readonly out: Token | null;
  readonly source: Token;
  readonly destination: Token;
  readonly details: readonly Token[];
}

/** Reads a row; null when it is none. Without a header the columns are told by the row itself. */
export function readRow(
  source: Source,
  tokens: readonly Token[],
  columns: Columns | null,
  family: 4 | 6,
): Row | null {
  const fields = splitRow(tokens, columns ?? guessColumns(tokens));
  if (!fields) return null;
  const reader = new RowReader(source, family);
  reader.read(fields);
  return reader;
}

function guessColumns(tokens: readonly Token[]): Columns {
  let numbers = 0;
  while (COUNTER.test(tokens[numbers]?.text ?? '')) numbers += 1;
  const optionsAt = tokens.findIndex((token) => OPTIONS.test(token.text));
  const address = (at: number) =>
    /^!?(?:[\da-fA-F:.]+[:.][\da-fA-F:.]*(?:\/|$)|anywhere|localhost)/.test(tokens[at]?.text ?? '');
  const interfaces = optionsAt >= 0 && !address(optionsAt + 1);
  return { number: numbers === 1 || numbers >= 3, counters: interfaces, interfaces };
}

/** Cuts a row into its columns. A rule without target leaves its column blank, and ip6tables the `opt` column. */
function splitRow(tokens: readonly Token[], columns: Columns): Fields | null {
  let at = columns.number ? 1 : 0;
  const counters = columns.counters ? ([tokens[at]?.text ?? '', tokens[at + 1]?.text ?? ''] as const) : null;
  if (counters) at += 2;
  const hasTarget = !startsWithProtocol(tokens, at, columns.interfaces);
  const target = hasTarget ? (tokens[at++] ?? null) : null;
  const protocol = tokens[at++];
  const options = OPTIONS.test(tokens[at]?.text ?? '') ? (tokens[at++] ?? null) : null;
  const inInterface = columns.interfaces ? (tokens[at++] ?? null) : null;
  const outInterface = columns.interfaces ? (tokens[at++] ?? null) : null;
  const source = tokens[at++];
  const destination = tokens[at++];
  if (!protocol || !source || !destination || protocolOf(protocol.text) === null) return null;
  if (counters && !counters.every((text) => COUNTER.test(text))) return null;
  return {
    counters,
    target,
    protocol,
    options,
    in: inInterface,
    out: outInterface,
    source,
    destination,
    details: tokens.slice(at),
  };
}

/** Whether the protocol column comes first: no target was printed. */
function startsWithProtocol(tokens: readonly Token[], at: number, interfaces: boolean): boolean {
  const word = (offset: number) => tokens[at + offset]?.text ?? '';
  if (OPTIONS.test(word(1))) return true;
  if (OPTIONS.test(word(2)) || isTargetName(word(0))) return false;
  return protocolOf(word(0)) !== null && (protocolOf(word(1)) === null || interfaces);
}

class RowReader {
  readonly matches: Match[] = [];
  readonly targets: Target[] = [];
  readonly diagnostics: Diagnostic[] = [];
  counters: readonly [string, string] | null = null;
  private readonly source: Source;
  private readonly family: 4 | 6;

  constructor(source: Source, family: 4 | 6) {
    this.source = source;
    this.family = family;
  }

  read(fields: Fields): void {
    this.counters = fields.counters;
    this.address('source', fields.source);
    this.address('destination', fields.destination);
    this.interfaces(fields);
    const protocols = this.protocol(fields.protocol);
    if (fields.options && fields.options.text !== '--')
      this.push({ kind: 'fragment' }, fields.options.text === '!f', fields.options.span);
    const scope = { family: this.family, module: '', protocols };
    const details = readDetails(fields.target, fields.details, scope, this.source);
    append(this.matches, withOverrides(details.matches));
    if (details.target) this.targets.push(details.target);
    append(this.diagnostics, details.diagnostics);
  }

  private push(test: MatchTest, negated: boolean, span: Span): void {
    this.matches.push({ test, negated, span });
  }

  private protocol(token: Token): readonly number[] {
    const number = protocolOf(token.text);
    if (number === null || number === 0) return [];
    this.push({ kind: 'protocol', protocols: [number] }, token.text.startsWith('!'), token.span);
    return [number];
  }

  private interfaces(fields: Fields): void {
    if (fields.in && fields.out) {
      this.interface('in-interface', fields.in);
      this.interface('out-interface', fields.out);
      return;
    }
    const span = cover(fields.protocol.span, fields.destination.span);
    this.push({ kind: 'unknown', reason: 'hidden', name: 'interfaces' }, false, span);
  }

  private interface(kind: 'in-interface' | 'out-interface', token: Token): void {
    const negated = token.text.startsWith('!');
    const name = negated ? token.text.slice(1) : token.text;
    if (name !== '*' && name !== 'any') this.push({ kind, names: [name] }, negated, token.span);
  }

  private address(kind: 'source' | 'destination', token: Token): void {
    const negated = token.text.startsWith('!');
    const name = negated ? token.text.slice(1) : token.text;
    if (name === 'anywhere' && this.family === 6) return this.unresolved(name, negated, token.span);
    if (name === 'anywhere' || name === '0.0.0.0/0' || name === '::/0') {
      if (negated) this.push({ kind, prefixes: anywhere(this.family) }, true, token.span);
      return;
    }
    const prefix = parseHost(name, this.family);
    if (prefix) return this.push({ kind, prefixes: [prefix] }, negated, token.span);
    this.unresolved(name, negated, token.span);
  }

  /** A name that nothing here resolves. ip6tables says `anywhere` of ::/0, and of ::/128 as well. */
  private unresolved(name: string, negated: boolean, span: Span): void {
    this.push({ kind: 'unknown', reason: 'unresolved', name }, negated, span);
    this.diagnostics.push(diagnostic('warning', 'rules.match.unresolved', span, { name }));
  }
}

function anywhere(family: 4 | 6) {
  const prefix = parseHost(family === 4 ? '0.0.0.0/0' : '::/0', family);
  return prefix ? [prefix] : [];
}
