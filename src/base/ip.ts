// IP addresses and prefixes as 32-bit words: one word for IPv4, four for IPv6.
// Only the strict forms that iptables and Envoy print are read: dotted quad, RFC 5952. IPv6 text is read by ipaddr.js,
// which alone would take `10.1` and `0x7f.1` for IPv4 too.
import ipaddr from 'ipaddr.js';

export type Family = 4 | 6;

export interface IpAddress {
  readonly family: Family;
  /** Unsigned 32-bit words, most significant first. */
  readonly words: readonly number[];
  /** The canonical text: RFC 5952 for IPv6. Two addresses are equal when their texts are. */
  readonly text: string;
}

/** An address with a mask. iptables allows masks with holes, so the mask is kept and `length` may be null. */
export interface Prefix {
  readonly address: IpAddress;
  readonly mask: readonly number[];
  /** 0 to 32 or 0 to 128; null when the mask has holes. */
  readonly length: number | null;
}

const DOTTED_QUAD = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;

function wordsOf(bytes: readonly number[]): number[] {
  const words: number[] = [];
  for (let i = 0; i < bytes.length; i += 4)
    words.push(
      (((bytes[i] ?? 0) << 24) |
        ((bytes[i + 1] ?? 0) << 16) |
        ((bytes[i + 2] ?? 0) << 8) |
        (bytes[i + 3] ?? 0)) >>>
        0,
    );
  return words;
}

function bytesOf(words: readonly number[]): number[] {
  return words.flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255]);
}

function quadText(word: number): string {
  return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`;
}

/** An IPv4-mapped address keeps its dotted quad (RFC 5952 section 5, as inet_ntop prints it). */
function ipv6Text(words: readonly number[]): string {
  const [first, second, third, last = 0] = words;
  if (first === 0 && second === 0 && third === 0xffff) return `::ffff:${quadText(last)}`;
  return new ipaddr.IPv6(bytesOf(words)).toRFC5952String();
}

/** The address with these words: one for IPv4, four for IPv6. */
export function addressOf(words: readonly number[]): IpAddress {
  const [word = 0, ...more] = words;
  return more.length > 0
    ? { family: 6, words, text: ipv6Text(words) }
    : { family: 4, words, text: quadText(word) };
}

const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

/** The word of a dotted quad; null for anything else. Large rulesets hold very many: no regular expression. */
function quadWord(text: string): number | null {
  let word = 0;
  let byte = -1;
  let dots = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === DOT) {
      if (byte < 0) return null;
      word = word * 256 + byte;
      byte = -1;
      dots += 1;
    } else {
      if (code < ZERO || code > NINE || byte === 0) return null; // nor a leading zero
      byte = Math.max(0, byte) * 10 + code - ZERO;
      if (byte > 255) return null;
    }
  }
  return dots === 3 && byte >= 0 ? word * 256 + byte : null;
}

/** `::10.0.0.1` as `::a00:1`: ipaddr.js would take it for the mapped `::ffff:10.0.0.1`. */
function withoutQuad(text: string): string {
  const bytes = DOTTED_QUAD.exec(text.slice(text.lastIndexOf(':') + 1))
    ?.slice(1)
    .map(Number);
  if (!bytes?.every((byte) => byte <= 255)) return text;
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  const groups = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  return text.slice(0, text.lastIndexOf(':') + 1) + groups;
}

/** What is certainly none, as `10.0.0.1:80`, ipaddr.js is not asked of: it throws and catches, which takes long. */
const SIX = /^[\da-f]*:[\da-f]*:[\da-f:.]*$/i;

/** Reads `10.0.0.1` or `fd00::1` (a zone such as `%eth0` is refused); null when it is neither. */
export function parseAddress(text: string): IpAddress | null {
  const word = quadWord(text);
  if (word !== null) return { family: 4, words: [word], text };
  if (!SIX.test(text)) return null;
  const groups = withoutQuad(text);
  if (!ipaddr.IPv6.isValid(groups)) return null;
  return addressOf(wordsOf(ipaddr.IPv6.parse(groups).toByteArray()));
}

/** Like parseAddress, for addresses known at build time. Throws on a typo. */
export function address(text: string): IpAddress {
  const parsed = parseAddress(text);
  if (!parsed) throw new Error(`not an IP address: ${text}`);
  return parsed;
}

const MASKS = {
  4: Array.from({ length: 33 }, (_, length) => maskWords([0], length)),
  6: Array.from({ length: 129 }, (_, length) => maskWords([0, 32, 64, 96], length)),
} as const;

/** The words of a mask of `length` leading ones: 0 to 32, or 0 to 128. */
export function maskOf(family: Family, length: number): readonly number[] {
  return MASKS[family][length] ?? [];
}

function maskWords(offsets: readonly number[], length: number): readonly number[] {
  return offsets.map((offset) => leadingOnes(Math.max(0, Math.min(32, length - offset))));
}

function leadingOnes(bits: number): number {
  return bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0;
}

function lengthOf(mask: readonly number[]): number | null {
  const bits = mask.map((word) => word.toString(2).padStart(32, '0')).join('');
  return /^1*0*$/.test(bits) ? bits.lastIndexOf('1') + 1 : null;
}

/** Reads `10.0.0.0/8`, `10.0.0.0/255.0.0.0`, `fd00::/64` or a bare address (full length); null when it is none. */
export function parsePrefix(text: string): Prefix | null {
  const slash = text.indexOf('/');
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (!address) return null;
  const bits = address.family === 4 ? 32 : 128;
  const tail = slash < 0 ? String(bits) : text.slice(slash + 1);
  if (/^\d{1,3}$/.test(tail))
    return Number(tail) > bits
      ? null
      : { address, mask: maskOf(address.family, Number(tail)), length: Number(tail) };
  const mask = parseAddress(tail);
  return mask?.family === address.family ? { address, mask: mask.words, length: lengthOf(mask.words) } : null;
}

/** Whether the address lies in the prefix. Host bits of the prefix are ignored; families never mix. */
export function contains(prefix: Prefix, address: IpAddress): boolean {
  return (
    prefix.address.family === address.family &&
    prefix.mask.every((mask, i) => (((prefix.address.words[i] ?? 0) ^ (address.words[i] ?? 0)) & mask) === 0)
  );
}

/** 127.0.0.0/8 or ::1, as the kernel's routing understands loopback (ipv4_is_loopback, ipv6_addr_loopback). */
export function isLoopback(address: IpAddress): boolean {
  return address.family === 4 ? (address.words[0] ?? 0) >>> 24 === 127 : address.text === '::1';
}

/** `10.0.0.1:80` or `[fd00::1]:80`; an unknown port prints as `*`. */
export function endpointText(address: IpAddress, port: number | null): string {
  const printed = port ?? '*';
  return address.family === 4 ? `${address.text}:${printed}` : `[${address.text}]:${printed}`;
}

/** Reads `10.0.0.1:80`, `[fd00::1]:80`, `10.0.0.1` or `fd00::1`; the port is null when there is none. */
export function parseEndpoint(text: string): { address: IpAddress; port: number | null } | null {
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}|\*))?$/.exec(text);
  const plain = bracketed ?? /^([\d.]+)(?::(\d{1,5}|\*))?$/.exec(text);
  const address = parseAddress(plain?.[1] ?? text);
  if (!address) return null;
  const port = plain?.[2] === undefined || plain[2] === '*' ? null : Number(plain[2]);
  return port !== null && port > 65535 ? null : { address, port };
}

/** `10.0.0.0/8`, or `10.0.3.0/255.0.255.0` when the mask has holes. */
export function prefixText(prefix: Prefix): string {
  return `${prefix.address.text}/${prefix.length ?? addressOf(prefix.mask).text}`;
}
