// Whom an HTTP connection manager takes for the client, and the x-forwarded-for that it sends on.
// Rules: Envoy source/common/http/conn_manager_utility.cc 89-330, source/common/http/utility.cc getLastAddressFromXFF,
// https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-for
import { contains, parseAddress, type IpAddress } from '../../base/ip.ts';
import { readCidrRange, type CidrRange } from '../../documents/envoy/address.ts';
import type { Extension } from '../../documents/envoy/extension.ts';
import type { ClientAddressSettings } from '../../documents/envoy/network-filter.ts';
import { field, flagOf, isSet, itemsOf, numberOf, stringOf } from '../../documents/envoy/proto.ts';
import type { TrustedClient } from './outcome.ts';

export interface ClientAddressInput {
  /** The connection's remote address, after any PROXY header: an IP, or the path of a unix socket. */
  readonly peer: IpAddress | string;
  readonly peerPort: number | null;
  /** The node's own address, which stands in for a loopback peer; null when it is not known. */
  readonly nodeAddress: string | null;
  /** All values of a header, by lower-case name. */
  readonly header: (name: string) => readonly string[] | null;
}

export interface ClientAddress {
  readonly client: TrustedClient;
  readonly xForwardedFor: string | null;
  /** x-envoy-external-address; null when it is not set. */
  readonly externalAddress: string | null;
  readonly internal: boolean;
  /** An extension refused the request with this status. */
  readonly rejectedWith: number | null;
}

/** What one way of detection found. `sole`: it was the only entry, so it may be judged internal. */
interface Detected {
  readonly address: IpAddress | null;
  readonly sole: boolean;
  readonly from: TrustedClient['from'];
  readonly append: boolean;
  readonly rejectedWith: number | null;
}

const MOST_XFF_ENTRIES = 20;

const NOTHING: Detected = {
  address: null,
  sole: false,
  from: 'x-forwarded-for',
  append: false,
  rejectedWith: null,
};

export function clientAddress(settings: ClientAddressSettings, input: ClientAddressInput): ClientAddress {
  const xff = input.header('x-forwarded-for')?.join(',') ?? null;
  return settings.useRemoteAddress?.value
    ? byRemoteAddress(settings, input, xff)
    : byDetection(settings, input, xff);
}

function byRemoteAddress(
  settings: ClientAddressSettings,
  input: ClientAddressInput,
  xff: string | null,
): ClientAddress {
  const hops = settings.xffNumTrustedHops?.value ?? 0;
  const trusted = hops > 0 ? entryFromRight(xff, hops - 1).address : null;
  const client: TrustedClient = trusted
    ? { address: trusted.text, port: 0, from: 'x-forwarded-for' }
    : peerOf(input);
  const internal = xff === null && isInternal(client, settings.internalAddresses);
  return {
    client,
    xForwardedFor: settings.skipXffAppend?.value ? xff : appended(xff, input),
    externalAddress: internal || !parseAddress(client.address) ? null : client.address,
    internal,
    rejectedWith: null,
  };
}

/** The extensions in order, until one finds an address; without any, the last entry of x-forwarded-for. */
function byDetection(
  settings: ClientAddressSettings,
  input: ClientAddressInput,
  xff: string | null,
): ClientAddress {
  let sent = xff;
  let found = NOTHING;
  const hops = settings.xffNumTrustedHops?.value ?? 0;
  const extensions = settings.originalIpDetection;
  const detections =
    extensions.length > 0
      ? extensions.map((extension) => () => detect(extension, input, xff))
      : [() => entryFromRight(xff, hops)];
  for (const run of detections) {
    found = run();
    if (found.append) sent = appended(sent, input);
    if (found.address || found.rejectedWith !== null) break;
  }
  const client: TrustedClient = found.address
    ? { address: found.address.text, port: 0, from: found.from }
    : peerOf(input);
  return {
    client,
    xForwardedFor: sent,
    externalAddress: null,
    internal: found.sole && isInternal(client, settings.internalAddresses),
    rejectedWith: found.rejectedWith,
  };
}

function peerOf({ peer, peerPort }: ClientAddressInput): TrustedClient {
  return { address: typeof peer === 'string' ? peer : peer.text, port: peerPort, from: 'connection' };
}

/** A loopback peer, exactly 127.0.0.1 or ::1, is written as the node's own address. */
function appended(xff: string | null, { peer, nodeAddress }: ClientAddressInput): string | null {
  if (typeof peer === 'string') return xff;
  const loopback = peer.text === '127.0.0.1' || peer.text === '::1';
  const entry = loopback ? (nodeAddress ?? peer.text) : peer.text;
  return xff === null || xff === '' ? entry : `${xff},${entry}`;
}

function isInternal(client: TrustedClient, ranges: readonly CidrRange[] | null): boolean {
  const address = parseAddress(client.address);
  return address !== null && inSome(address, ranges ?? []);
}

function inSome(address: IpAddress, ranges: readonly CidrRange[]): boolean {
  return ranges.some(({ prefix }) => prefix !== null && contains(prefix, address));
}

/** The entry `skip` places from the right; one that is no bare IP address is none. */
function entryFromRight(xff: string | null, skip: number): Detected {
  if (xff === null) return NOTHING;
  let rest = xff;
  for (let i = 0; i < skip; i += 1) {
    const comma = rest.lastIndexOf(',');
    if (comma < 0) return NOTHING;
    rest = rest.slice(0, comma);
  }
  const comma = rest.lastIndexOf(',');
  const address = parseAddress((comma < rest.length - 1 ? rest.slice(comma + 1) : rest).trim());
  return { ...NOTHING, address, sole: comma < 0 && skip === 0 };
}

function detect(extension: Extension, input: ClientAddressInput, xff: string | null): Detected {
  switch (extension.kind) {
    case 'xff_config':
    case 'xff':
      return detectByXff(extension, input, xff);
    case 'custom_header_config':
    case 'custom_header':
      return detectByHeader(extension, input);
    default:
      return NOTHING;
  }
}

function detectByXff({ config }: Extension, { peer }: ClientAddressInput, xff: string | null): Detected {
  const append = !(flagOf(field(config, 'skip_xff_append'))?.value ?? true);
  const trusted = itemsOf(field(field(config, 'xff_trusted_cidrs'), 'cidrs')).map(readCidrRange);
  if (trusted.length === 0)
    return { ...entryFromRight(xff, numberOf(field(config, 'xff_num_trusted_hops'))?.value ?? 0), append };
  if (typeof peer === 'string' || !inSome(peer, trusted)) return { ...NOTHING, append: true };
  return { ...firstUntrusted(xff, trusted), append };
}

/** From the right, the first entry outside the trusted ranges; when all are trusted, the leftmost. */
function firstUntrusted(xff: string | null, trusted: readonly CidrRange[]): Detected {
  const entries = xff?.split(',') ?? [];
  if (entries.length > MOST_XFF_ENTRIES) return NOTHING;
  let last: IpAddress | null = null;
  for (const entry of entries.toReversed()) {
    const address = parseAddress(entry.trim());
    if (!address) return NOTHING;
    last = address;
    if (!inSome(address, trusted)) break;
  }
  return { ...NOTHING, address: last, sole: entries.length === 1 };
}

/** envoy.http.original_ip_detection.custom_header: one address, or a refusal if one is configured. */
function detectByHeader({ config }: Extension, input: ClientAddressInput): Detected {
  const value = input.header(stringOf(field(config, 'header_name')).toLowerCase())?.[0] ?? '';
  const address = parseAddress(value);
  const found = { ...NOTHING, from: 'header', append: true } as const;
  if (address)
    return { ...found, address, sole: isSet(field(config, 'allow_extension_to_set_address_as_trusted')) };
  return { ...found, rejectedWith: rejection(config) };
}

function rejection(config: Extension['config']): number | null {
  const reject = field(config, 'reject_with_status');
  return reject ? (numberOf(field(reject, 'code') ?? reject)?.value ?? 403) : null;
}
