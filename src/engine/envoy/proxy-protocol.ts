// The PROXY protocol header as the proxy_protocol listener filter reads it.
// https://www.haproxy.org/download/3.1/doc/proxy-protocol.txt, Envoy source/extensions/filters/listener/proxy_protocol
// What TLVs say is left out; broken ones close the connection.
import { addressOf, parseAddress, type IpAddress } from '../../base/ip.ts';
import type { JsonNode } from '../../base/json.ts';
import { field, textsOf } from '../../documents/envoy/proto.ts';
import type { SocketEndpoint } from './outcome.ts';

/** `addresses` null: the header keeps the connection's own (UNKNOWN, LOCAL), or there is none and none is needed. */
export type ProxyHeader =
  | { readonly kind: 'addresses'; readonly source: SocketEndpoint; readonly destination: SocketEndpoint }
  | { readonly kind: 'keep' }
  | { readonly kind: 'close'; readonly code: string };

const SIGNATURE = [0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a];
const V1_PREFIX = 'PROXY ';
/** With its line end: Envoy's MAX_PROXY_PROTO_LEN_V1, one more than the specification's worst case. */
const V1_LONGEST = 108;

export interface ProxyProtocolSettings {
  /** Plain connections are let through as they are. */
  readonly allowWithout: boolean;
  readonly disallowed: readonly ('V1' | 'V2')[];
}

/** Of the filter's configuration. */
export function disallowedVersions(config: JsonNode | undefined): readonly ('V1' | 'V2')[] {
  return textsOf(field(config, 'disallowed_versions')).flatMap(({ value }) =>
    value === 'V1' || value === 'V2' ? [value] : [],
  );
}

function close(code: string): ProxyHeader {
  return { kind: 'close', code };
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, i) => bytes[i] === byte);
}

/** A shorter input that could still become the prefix is waited for. */
function mayStartWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return bytes.every((byte, i) => i >= prefix.length || byte === prefix[i]);
}

function asciiOf(text: string): readonly number[] {
  return Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
}

/** Reads the header at the start of what the peer sent. */
export function readProxyHeader(bytes: Uint8Array, settings: ProxyProtocolSettings): ProxyHeader {
  if (startsWith(bytes, SIGNATURE)) return disallow('V2', settings, () => readV2(bytes));
  if (startsWith(bytes, asciiOf(V1_PREFIX))) return disallow('V1', settings, () => readV1(bytes));
  const partial =
    bytes.length > 0 && (mayStartWith(bytes, SIGNATURE) || mayStartWith(bytes, asciiOf(V1_PREFIX)));
  if (partial) return close('incomplete');
  return settings.allowWithout ? { kind: 'keep' } : close('not-found');
}

/** The same for version 1's line without its line end; '' is a connection that begins with something else. */
export function readProxyLine(line: string, settings: ProxyProtocolSettings): ProxyHeader {
  if (line === '') return settings.allowWithout ? { kind: 'keep' } : close('not-found');
  return readProxyHeader(Uint8Array.from(asciiOf(`${line}\r\n`)), settings);
}

function disallow(
  version: 'V1' | 'V2',
  settings: ProxyProtocolSettings,
  read: () => ProxyHeader,
): ProxyHeader {
  if (!settings.disallowed.includes(version)) return read();
  return settings.allowWithout ? { kind: 'keep' } : close('disallowed-version');
}

function readV1(bytes: Uint8Array): ProxyHeader {
  const text = String.fromCharCode(...bytes.subarray(0, V1_LONGEST));
  const end = text.indexOf('\r\n');
  if (end < 0) return close(bytes.length >= V1_LONGEST ? 'too-long' : 'incomplete');
  const [, protocol = '', ...fields] = text.slice(0, end).trimEnd().split(' ');
  if (protocol === 'UNKNOWN') return { kind: 'keep' };
  const family = protocol === 'TCP4' ? 4 : protocol === 'TCP6' ? 6 : null;
  if (family === null || fields.length !== 4) return close('malformed');
  const [source, destination] = [fields[0], fields[1]].map((field) => parseAddress(field ?? ''));
  const [sport, dport] = [fields[2], fields[3]].map((field) => portOf(field ?? ''));
  if (!source || !destination || source.family !== family || destination.family !== family)
    return close('malformed');
  return addresses(source, sport ?? null, destination, dport ?? null);
}

function portOf(text: string): number | null {
  const port = /^\d+$/.test(text) ? Number(text) : 65536;
  return port > 65535 ? null : port;
}

/** Envoy takes unicast addresses only. */
function isUnicast({ family, words }: IpAddress): boolean {
  const [first = 0] = words;
  if (family === 4) return first !== 0 && first !== 0xffffffff && first >>> 28 !== 0xe;
  return words.some((word) => word !== 0) && first >>> 24 !== 0xff;
}

function addresses(
  source: IpAddress,
  sport: number | null,
  destination: IpAddress,
  dport: number | null,
): ProxyHeader {
  if (sport === null || dport === null || !isUnicast(source) || !isUnicast(destination))
    return close('malformed');
  return {
    kind: 'addresses',
    source: { address: source, port: sport },
    destination: { address: destination, port: dport },
  };
}

const V2_HEADER = 16;
const LOCAL = 0;
const PROXY = 1;
const ADDRESS_BYTES: Readonly<Record<number, number>> = { 1: 4, 2: 16 };

function readV2(bytes: Uint8Array): ProxyHeader {
  if (bytes.length < V2_HEADER) return close('incomplete');
  const [versionAndCommand = 0, familyAndTransport = 0] = bytes.subarray(12, 14);
  const command = versionAndCommand & 0xf;
  if (versionAndCommand >>> 4 !== 2 || command > PROXY) return close('malformed');
  const length = wordAt(bytes, 14);
  if (bytes.length < V2_HEADER + length) return close('incomplete');
  if (command === LOCAL) return { kind: 'keep' };
  const size = ADDRESS_BYTES[familyAndTransport >>> 4];
  const transport = familyAndTransport & 0xf;
  if (size === undefined || (transport !== 1 && transport !== 2) || length < 2 * size + 4)
    return close('malformed');
  const at = V2_HEADER;
  if (!areWholeTlvs(bytes.subarray(at + 2 * size + 4, at + length))) return close('malformed');
  return addresses(
    ipAt(bytes, at, size),
    wordAt(bytes, at + 2 * size),
    ipAt(bytes, at + size, size),
    wordAt(bytes, at + 2 * size + 2),
  );
}

/** Type, length of two bytes, value: one after another to the end. */
function areWholeTlvs(bytes: Uint8Array): boolean {
  let at = 0;
  while (at < bytes.length) {
    if (at + 3 > bytes.length) return false;
    at += 3 + wordAt(bytes, at + 1);
  }
  return at === bytes.length;
}

function wordAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function ipAt(bytes: Uint8Array, at: number, size: number): IpAddress {
  const words: number[] = [];
  for (let i = at; i < at + size; i += 4) words.push(((wordAt(bytes, i) << 16) | wordAt(bytes, i + 2)) >>> 0);
  return addressOf(words);
}
