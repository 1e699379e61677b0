// One nft comparison (`tcp dport != { 53, 15008 }`) -> the test of the common model, and what the kernel checks before:
// `tcp dport` asks for TCP, `ip saddr` in an inet table for IPv4, `meta skuid` for a socket with an owner.
import { addressOf, parsePrefix, type Prefix } from '../../base/ip.ts';
import type { AddressRange } from '../iptables/address-range.ts';
import type { ConnectionState, ConnectionStatus, Masked, MatchTest, Range } from '../iptables/match.ts';
import { protocolNumber } from '../iptables/names.ts';
import type { TableFamily } from '../iptables/ruleset.ts';
import {
  FULL_MASK,
  parseAddressRange,
  parseHost,
  parseIds,
  parseNumber,
  parsePorts,
  parseStatuses,
  parseTcpFlags,
} from '../iptables/values.ts';
import { nftIcmpType } from './icmpnames.ts';

export interface Comparison {
  readonly subject: string;
  readonly mask: string | null;
  readonly operator: string;
  readonly values: readonly string[];
  /** Elements of a set: the kernel looks the whole value up, where a lone flag asks for its bit. */
  readonly lookup: boolean;
  /**
   * It may be a rule of iptables in nft's words: those say `skuid` where nft says `meta skuid`, and hold for packets
   * without a socket too (xt_owner).
   */
  readonly translated?: boolean;
}

export interface ReadTest {
  readonly needs: readonly MatchTest[];
  readonly test: MatchTest;
  /** The comparison says the opposite of the test. */
  readonly inverted?: boolean;
}

/** Every value read, or null when one cannot be. */
function all<T>(values: readonly string[], read: (text: string) => T | null): readonly T[] | null {
  const found: T[] = [];
  for (const value of values) {
    const item = read(value);
    if (item === null) return null;
    found.push(item);
  }
  return found;
}

/** The test, or null when it is not understood. Sizes are compared of ports and ids alone. */
export function readTest(asked: Comparison, family: TableFamily): ReadTest | null {
  const comparison = /^[<>]/.test(asked.operator) ? asRange(asked) : asked;
  if (!comparison) return null;
  const { subject, operator, mask } = comparison;
  if (subject === 'tcp flags' && operator === '!') return noFlags(comparison);
  if (operator !== '==' && operator !== '!=' && operator !== '!') return null;
  if (subject === 'ip frag-off') return fragment(comparison);
  const words = subject.split(' ');
  const [first = '', second = ''] = words;
  if (/^(?:numgen|jhash|symhash)$/.test(first))
    return alone({ kind: 'unknown', reason: 'runtime', name: subject });
  if (first === 'tcp' && second === 'flags') return tcpFlags(comparison);
  if (/^(?:meta )?mark$/.test(subject)) return marks('mark', comparison);
  if (subject === 'ct mark') return marks('connmark', comparison);
  if (mask !== null) return null;
  if (second === 'sport' || second === 'dport') return ports(first, second, comparison.values);
  if ((first === 'ip' || first === 'ip6') && (second === 'saddr' || second === 'daddr'))
    return addresses(first, second, comparison.values, family);
  if (subject === 'ct status') return statuses(comparison);
  if (subject === 'icmp type' || subject === 'icmpv6 type') return icmpTypes(first, comparison.values);
  const translated = comparison.translated === true && !subject.startsWith('meta ');
  return plainTest(subject.replace(/^meta /, ''), { ...comparison, translated }, family);
}

/** `eth*` is written `eth+` by iptables; the walk knows that one. */
function interfaceName(text: string): string {
  return text.endsWith('*') ? `${text.slice(0, -1)}+` : text;
}

/** `tcp flags ! syn,ack`: none of them. */
function noFlags({ values }: Comparison): ReadTest | null {
  const mask = parseTcpFlags(values.join(',').replaceAll('|', ','));
  return alone(mask === null ? null : { kind: 'tcp-flags', mask, set: 0 });
}

/** `ip frag-off & 0x1fff != 0`: a fragment that is not the first. */
function fragment({ mask, values, operator }: Comparison): ReadTest | null {
  const offset = mask !== null && parseNumber(mask) === 0x1fff && values.join() === '0';
  if (!offset || operator === '!') return null;
  return { needs: [], test: { kind: 'fragment' }, inverted: true };
}

/** `> 1000` as the range from 1001; null for a subject that has no greatest number here. */
function asRange(comparison: Comparison): Comparison | null {
  const { subject, operator, values } = comparison;
  const value = parseNumber(values[0] ?? '');
  const greatest = greatestOf(subject);
  if (greatest === null || value === null || values.length > 1) return null;
  const strict = operator.length === 1 ? 1 : 0;
  const [from, to] = operator.startsWith('>') ? [value + strict, greatest] : [0, value - strict];
  return from > to ? null : { ...comparison, operator: '==', values: [`${from}-${to}`] };
}

function greatestOf(subject: string): number | null {
  if (/^\w+ [sd]port$/.test(subject)) return 0xffff;
  return /^(?:meta )?sk[ug]id$/.test(subject) ? FULL_MASK : null;
}

function alone(test: MatchTest | null): ReadTest | null {
  return test && { needs: [], test };
}

function plainTest(
  subject: string,
  { values, translated }: Comparison,
  family: TableFamily,
): ReadTest | null {
  switch (subject) {
    case 'iifname':
    case 'iif':
      return alone({ kind: 'in-interface', names: values.map(interfaceName) });
    case 'oifname':
    case 'oif':
      return alone({ kind: 'out-interface', names: values.map(interfaceName) });
    case 'l4proto':
    case 'ip protocol':
    case 'ip6 nexthdr':
      return protocols(subject, values, family);
    case 'nfproto':
    case 'protocol':
      return nfproto(values);
    case 'skuid':
    case 'skgid': {
      const ranges = all(values, parseIds);
      const kind = subject === 'skuid' ? 'uid' : 'gid';
      return ranges && { needs: translated ? [] : [{ kind: 'socket-file' }], test: { kind, ranges } };
    }
    case 'ct state':
      return states(values);
    case 'ct protocol':
    case 'ct original protocol': {
      const [protocol] = all(values, protocolNumber) ?? [];
      return alone(protocol === undefined || values.length > 1 ? null : { kind: 'ct-protocol', protocol });
    }
    case 'socket transparent':
      return alone(values.join() === '1' ? { kind: 'socket', transparent: true, nowildcard: true } : null);
    case 'ct direction': {
      const [direction] = values;
      const known = direction === 'original' || direction === 'reply';
      return alone(known ? { kind: 'ct-direction', direction } : null);
    }
    case 'fib daddr type':
      return alone({ kind: 'address-type', side: 'destination', types: upper(values), exclusive: true });
    case 'fib saddr type':
      return alone({ kind: 'address-type', side: 'source', types: upper(values), exclusive: true });
    default:
      return connectionEnd(subject, values);
  }
}

/** `ct original ip saddr`, `ct reply proto-dst`: an end of one of the connection's two tuples. */
function connectionEnd(subject: string, values: readonly string[]): ReadTest | null {
  const [, way, layer, field = ''] =
    /^ct (original|reply) (?:(ip6?) )?(saddr|daddr|proto-src|proto-dst)$/.exec(subject) ?? [];
  const [value = '', ...more] = values;
  if (way === undefined || more.length > 0) return null;
  const source = field === 'saddr' || field === 'proto-src';
  const side = way === 'original' ? (source ? 'origsrc' : 'origdst') : source ? 'replsrc' : 'repldst';
  if (field.startsWith('proto')) {
    const range = parsePorts(value);
    return alone(range && { kind: 'ct-port', side, range });
  }
  const prefix = parsePrefix(value);
  const needs = layer === undefined ? [] : [familyTest(layer)]; // nft_ct breaks off for a connection of the other family
  return prefix && { needs, test: { kind: 'ct-address', side, prefix } };
}

function upper(values: readonly string[]): string[] {
  return values.map((value) => value.toUpperCase());
}

function protocols(subject: string, values: readonly string[], family: TableFamily): ReadTest | null {
  const numbers = all(values, protocolNumber);
  const needs: MatchTest[] = subject === 'l4proto' || family !== 'inet' ? [] : [familyTest(subject)];
  return numbers && { needs, test: { kind: 'protocol', protocols: numbers } };
}

function familyTest(subject: string): MatchTest {
  return { kind: 'family', family: subject.startsWith('ip6') ? 6 : 4 };
}

function nfproto([value]: readonly string[]): ReadTest | null {
  if (value === 'ipv4' || value === 'ip') return alone({ kind: 'family', family: 4 });
  return alone(value === 'ipv6' || value === 'ip6' ? { kind: 'family', family: 6 } : null);
}

function ports(protocol: string, field: string, values: readonly string[]): ReadTest | null {
  const ranges: readonly Range[] | null = all(values, parsePorts);
  const number = protocol === 'th' ? null : protocolNumber(protocol);
  const own = number === null ? [] : [number];
  const side = field === 'sport' ? 'source' : 'destination';
  return ranges && { needs: [], test: { kind: 'ports', protocols: own, side, ranges } };
}

function icmpTypes(layer: string, values: readonly string[]): ReadTest | null {
  const types = all(values, (text) => nftIcmpType(layer === 'icmp' ? 'icmp' : 'icmpv6', text));
  const tests = types?.map((type): readonly MatchTest[] => [{ kind: 'icmp-type', type, code: null }]);
  return tests ? { needs: protocolNeeds(layer), test: { kind: 'any-of', alternatives: tests } } : null;
}

/** A field of a transport's header asks for the transport. */
function protocolNeeds(layer: string): readonly MatchTest[] {
  const number = protocolNumber(layer);
  return number === null ? [] : [{ kind: 'protocol', protocols: [number] }];
}

const TRANSPORTS: ReadonlySet<string> = new Set(['tcp', 'udp', 'udplite', 'sctp', 'dccp', 'icmp', 'icmpv6']);

/** What the kernel checks before a field that is not understood: `udp length`, `ip6 hoplimit`. */
export function needsOf(layer: string, family: TableFamily): readonly MatchTest[] {
  if (layer === 'ip' || layer === 'ip6') return family === 'inet' ? [familyTest(layer)] : [];
  return TRANSPORTS.has(layer) ? protocolNeeds(layer) : [];
}

function addresses(
  layer: 'ip' | 'ip6',
  field: string,
  values: readonly string[],
  family: TableFamily,
): ReadTest | null {
  const number = layer === 'ip' ? 4 : 6;
  const needs: MatchTest[] = family === 'inet' ? [{ kind: 'family', family: number }] : [];
  const prefixes: readonly Prefix[] | null = all(values, (text) =>
    parsePrefix(text) ? parseHost(text, number) : null,
  );
  const source = field === 'saddr';
  if (prefixes) return { needs, test: { kind: source ? 'source' : 'destination', prefixes } };
  const ranges = all(values, spannedBy);
  return ranges && { needs, test: { kind: source ? 'source-range' : 'destination-range', ranges } };
}

/** `10.0.0.1-10.0.0.9`, or a prefix as the range that it spans. */
function spannedBy(text: string): AddressRange | null {
  const prefix = parsePrefix(text);
  if (!prefix) return parseAddressRange(text);
  const { address, mask } = prefix;
  const words = (fill: (word: number, bits: number) => number) =>
    addressOf(address.words.map((word, i) => fill(word, mask[i] ?? 0) >>> 0));
  return { from: words((word, bits) => word & bits), to: words((word, bits) => word | ~bits) };
}

function marks(kind: 'mark' | 'connmark', { values, mask }: Comparison): ReadTest | null {
  const under = mask === null ? FULL_MASK : parseNumber(mask);
  const numbers = all(values, parseNumber);
  if (under === null || !numbers) return null;
  const masked: readonly Masked[] = numbers.map((value) => ({ value, mask: under }));
  return { needs: [], test: { kind, values: masked } };
}

const STATE_BITS: readonly (readonly [number, ConnectionState])[] = [
  [1, 'INVALID'],
  [2, 'ESTABLISHED'],
  [4, 'RELATED'],
  [8, 'NEW'],
  [64, 'UNTRACKED'],
];

/** By name, or by bit as `nft -nn` prints them (nftables src/ct.c). */
function states(values: readonly string[]): ReadTest | null {
  const known = all(values, (text) => {
    const bit = parseNumber(text);
    const found = STATE_BITS.find(([number, name]) => number === bit || name === text.toUpperCase());
    return found ? found[1] : null;
  });
  return alone(known && { kind: 'ct-state', states: known });
}

const STATUS_BITS: readonly (readonly [number, ConnectionStatus])[] = [
  [1, 'EXPECTED'],
  [2, 'SEEN_REPLY'],
  [4, 'ASSURED'],
  [8, 'CONFIRMED'],
  [16, 'SNAT'],
  [32, 'DNAT'],
  [512, 'DYING'],
];

function statusesOf(text: string): readonly ConnectionStatus[] | null {
  const bits = parseNumber(text);
  if (bits === null) return parseStatuses(text);
  const known = STATUS_BITS.filter(([bit]) => bits & bit);
  return known.reduce((sum, [bit]) => sum + bit, 0) === bits ? known.map(([, name]) => name) : null;
}

/** Any of the bits. `!=` compares the whole word of bits, which the paste does not tell. */
function statuses({ values, operator, lookup }: Comparison): ReadTest | null {
  const known = all(values, statusesOf)?.flat();
  return known && operator === '==' && !lookup
    ? { needs: [{ kind: 'ct-exists' }], test: { kind: 'ct-status', statuses: known } }
    : null;
}

/** `tcp flags & (fin | syn) == syn`, `tcp flags syn / fin,syn`; without a mask, any of the flags. */
function tcpFlags({ mask, values }: Comparison): ReadTest | null {
  if (mask === null) return null;
  const under = parseTcpFlags(mask.replaceAll('|', ','));
  const set = parseTcpFlags(values.join(',').replaceAll('|', ','));
  return alone(under === null || set === null ? null : { kind: 'tcp-flags', mask: under, set });
}
