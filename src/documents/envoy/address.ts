// envoy.config.core.v3.Address and CidrRange, with the span of the line that holds the address.
// https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/address.proto
import { addressOf, endpointText, maskOf, parseAddress, type IpAddress, type Prefix } from '../../base/ip.ts';
import type { JsonNode } from '../../base/json.ts';
import type { Span } from '../../base/source.ts';
import { field, fieldAt, isSet, numberOf, stringOf, textOf } from './proto.ts';

/** `span` is the value that names the address; `whole` is the message around it. */
export type EnvoyAddress =
  | {
      readonly kind: 'ip';
      readonly address: IpAddress;
      /** 0 to 65535; 0 when absent. */
      readonly port: number;
      readonly portSpan: Span | null;
      readonly protocol: 'tcp' | 'udp';
      /** A listener on `::` takes IPv4 as well. */
      readonly ipv4Compat: boolean;
      readonly span: Span;
      readonly whole: Span;
    }
  | { readonly kind: 'host'; readonly host: string; readonly port: number; readonly span: Span }
  | { readonly kind: 'pipe'; readonly path: string; readonly span: Span }
  | { readonly kind: 'internal'; readonly name: string; readonly endpointId: string; readonly span: Span };

/** A socket_address message. */
export function readSocketAddress(node: JsonNode | undefined): EnvoyAddress | null {
  const host = textOf(field(node, 'address'));
  if (!node || !host) return null;
  const port = numberOf(field(node, 'port_value'));
  const address = parseAddress(host.value);
  if (!address) return { kind: 'host', host: host.value, port: port?.value ?? 0, span: host.span };
  const protocol = stringOf(field(node, 'protocol')) === 'UDP' ? 'udp' : 'tcp';
  return {
    kind: 'ip',
    address,
    port: port?.value ?? 0,
    portSpan: port?.span ?? null,
    protocol,
    ipv4Compat: isSet(field(node, 'ipv4_compat')),
    span: host.span,
    whole: node.span,
  };
}

/** An Address message: socket address, pipe or internal listener; null when it holds none of them. */
export function readAddress(node: JsonNode | undefined): EnvoyAddress | null {
  const socket = readSocketAddress(field(node, 'socket_address'));
  if (socket) return socket;
  const pipe = textOf(fieldAt(node, 'pipe', 'path'));
  if (pipe) return { kind: 'pipe', path: pipe.value, span: pipe.span };
  const internal = field(node, 'envoy_internal_address');
  const name = textOf(field(internal, 'server_listener_name'));
  if (!internal || !name) return null;
  const endpointId = stringOf(field(internal, 'endpoint_id'));
  return { kind: 'internal', name: name.value, endpointId, span: name.span };
}

/** As Envoy prints it: `10.0.0.1:80`, `host:80`, a path, `envoy://listener/endpoint`. */
export function addressText(address: EnvoyAddress): string {
  switch (address.kind) {
    case 'ip':
      return endpointText(address.address, address.port);
    case 'host':
      return `${address.host}:${address.port}`;
    case 'pipe':
      return address.path;
    case 'internal':
      return `envoy://${address.name}/${address.endpointId}`;
  }
}

/** A CidrRange; `prefix` is null when the address is malformed. */
export interface CidrRange {
  /** As it was written, `address/length`. */
  readonly text: string;
  readonly prefix: (Prefix & { readonly length: number }) | null;
  readonly span: Span;
}

/**
 * An absent prefix_len is 0, that is every address; a longer one than the family has is clamped; host bits are
 * masked (Envoy source/common/network/cidr_range.cc).
 */
export function readCidrRange(node: JsonNode): CidrRange {
  const text = stringOf(field(node, 'address_prefix'));
  const given = numberOf(field(node, 'prefix_len'))?.value ?? 0;
  const address = parseAddress(text);
  if (!address) return { text: `${text}/${given}`, prefix: null, span: node.span };
  const length = Math.min(given, address.family === 4 ? 32 : 128);
  const mask = maskOf(address.family, length);
  const masked = addressOf(address.words.map((word, i) => (word & (mask[i] ?? 0)) >>> 0));
  return { text: `${text}/${given}`, prefix: { address: masked, mask, length }, span: node.span };
}
