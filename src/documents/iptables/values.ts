// The values that options and listings share: numbers, marks, ranges, prefixes, states. Null: not such a value.
import { addressOf, parseAddress, parsePrefix, type Prefix } from '../../base/ip.ts';
import type { ConnectionState, ConnectionStatus, Masked, Range } from './match.ts';
import { portNumber } from './names.ts';
import type { AddressRange } from './address-range.ts';
import type { NatRange } from './target.ts';

export const FULL_MASK = 0xffffffff;

/** `1337`, `0x539` or octal `02471`, as strtoul reads it: an unsigned 32-bit number. */
export function parseNumber(text: string): number | null {
  const value = /^0[0-7]+$/.test(text)
    ? Number.parseInt(text, 8)
    : /^(?:\d+|0[xX][\da-fA-F]+)$/.test(text)
      ? Number(text)
      : Number.NaN;
  return value <= FULL_MASK ? value : null;
}

/** `value` or `value/mask`. */
export function parseMasked(text: string): Masked | null {
  const [left = '', right] = text.split('/');
  const value = parseNumber(left);
  const mask = right === undefined ? FULL_MASK : parseNumber(right);
  return value === null || mask === null ? null : { value, mask };
}

/** `80`, `http`, `80:90` or `80-90`; an open end means 0 or 65535. */
export function parsePorts(text: string): Range | null {
  const whole = portNumber(text); // a service's name may hold a dash
  if (whole !== null) return { from: whole, to: whole };
  const colon = text.indexOf(':');
  const at = colon < 0 ? text.indexOf('-') : colon;
  if (at < 0) return null;
  const from = at === 0 ? 0 : portNumber(text.slice(0, at));
  const to = at === text.length - 1 ? 0xffff : portNumber(text.slice(at + 1));
  return from === null || to === null ? null : { from, to };
}

/** `80,443,8000:9000`. */
export function parsePortList(text: string): readonly Range[] | null {
  const ranges = text.split(',').map(parsePorts);
  return ranges.every((range) => range !== null) ? ranges : null;
}

/** `1337` or `1000-2000`: user or group ids. `root` is 0 everywhere; other names belong to a machine. */
export function parseIds(text: string): Range | null {
  if (text === 'root') return { from: 0, to: 0 };
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (!match) return null;
  return { from: Number(match[1]), to: Number(match[2] ?? match[1]) };
}

/** The names of hosts and networks that mean the same on every machine: /etc/hosts, /etc/networks. */
const HOSTS: Readonly<Record<string, string>> = {
  localhost: '127.0.0.1',
  default: '0.0.0.0',
  loopback: '127.0.0.0',
  'link-local': '169.254.0.0',
};

const HOSTS6: Readonly<Record<string, string>> = {
  localhost: '::1',
  'ip6-localhost': '::1',
};

const LETTER_A = 0x61;
const LETTER_Z = 0x7a;

function withoutName(text: string, family: 4 | 6): string {
  const first = text.charCodeAt(0);
  if (first < LETTER_A || first > LETTER_Z) return text;
  const [name = '', length] = text.split('/');
  const hosts = family === 4 ? HOSTS : HOSTS6;
  const known = Object.hasOwn(hosts, name) ? hosts[name] : undefined;
  if (known === undefined) return text;
  return length === undefined ? known : `${known}/${length}`;
}

/** A prefix whose host bits are cleared. Of names, only those are read that mean the same on every machine. */
export function parseHost(text: string, family: 4 | 6): Prefix | null {
  const prefix = parsePrefix(withoutName(text, family));
  if (!prefix) return null;
  const words = prefix.address.words.map((word, i) => (word & (prefix.mask[i] ?? 0)) >>> 0);
  if (words.every((word, i) => word === prefix.address.words[i])) return prefix;
  return { ...prefix, address: addressOf(words) };
}

/** `10.0.0.1` or `10.0.0.1-10.0.0.9`. */
export function parseAddressRange(text: string): AddressRange | null {
  const [left = '', right = left] = text.split('-');
  const from = parseAddress(left);
  const to = left === right ? from : parseAddress(right);
  return from && to && from.family === to.family ? { from, to } : null;
}

const STATES: ReadonlySet<string> = new Set([
  'INVALID',
  'NEW',
  'ESTABLISHED',
  'RELATED',
  'UNTRACKED',
  'SNAT',
  'DNAT',
]);

function isState(text: string): text is ConnectionState {
  return STATES.has(text);
}

/** `NEW,ESTABLISHED`, in any case. */
export function parseStates(text: string): readonly ConnectionState[] | null {
  const states = text.toUpperCase().split(',');
  return states.every(isState) ? states : null;
}

const STATUSES: ReadonlySet<string> = new Set<ConnectionStatus>([
  'EXPECTED',
  'SEEN_REPLY',
  'ASSURED',
  'CONFIRMED',
  'SNAT',
  'DNAT',
  'DYING',
]);

function isStatus(text: string): text is ConnectionStatus {
  return STATUSES.has(text);
}

/** `SEEN_REPLY,ASSURED`; nft writes them small and with a dash. */
export function parseStatuses(text: string): readonly ConnectionStatus[] | null {
  const statuses = text.toUpperCase().replaceAll('-', '_').split(',');
  return statuses.every(isStatus) ? statuses : null;
}

const FLAGS: Readonly<Record<string, number>> = {
  NONE: 0,
  FIN: 0x01,
  SYN: 0x02,
  RST: 0x04,
  PSH: 0x08,
  ACK: 0x10,
  URG: 0x20,
  ALL: 0x3f,
};

/** `SYN,ACK`, `ALL`, `NONE` or a number as listings print it: TCP header bits. */
export function parseTcpFlags(text: string): number | null {
  const number = parseNumber(text);
  if (number !== null) return number;
  let bits = 0;
  for (const name of text.toUpperCase().split(',')) {
    const bit = Object.hasOwn(FLAGS, name) ? FLAGS[name] : undefined;
    if (bit === undefined) return null;
    bits |= bit;
  }
  return bits;
}

/** A DNAT or SNAT destination: `10.0.0.1:80`, `10.0.0.1-10.0.0.9:80-90`, `[fd00::1]:80`, `:80`, `fd00::1`. */
export function parseNatRange(text: string): NatRange | null {
  const match = /^(?:\[([^\]]*)\](?:-\[([^\]]*)\])?|([\d.-]*))(?::(\d+(?:-\d+)?))?$/.exec(text);
  const bracketed = match?.[1] === undefined ? match?.[3] : [match[1], match[2]].filter(Boolean).join('-');
  const addressText = match ? bracketed : text;
  const addresses = addressText ? parseAddressRange(addressText) : null;
  const ports = match?.[4] === undefined ? null : parsePorts(match[4]);
  if (addressText ? !addresses : !ports) return null;
  return { addresses, ports, random: false };
}
