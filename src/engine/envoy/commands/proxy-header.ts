// `cli proxy-header`: the first bytes of a connection -> the addresses that the proxy_protocol filter takes from them.
import type { JsonNode } from '../../../base/json.ts';
import { field, isSet, stringOf } from '../../../documents/envoy/proto.ts';
import { disallowedVersions, readProxyHeader } from '../proxy-protocol.ts';

export interface ProxyHeaderAnswer {
  readonly id: string;
  /** `(tcp peer kept)` when the header names none. */
  readonly remote_address: string | null;
  readonly remote_port: number | null;
  readonly local_address: string | null;
  readonly local_port: number | null;
  /** Why the connection is closed. */
  readonly error: string | null;
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Answers `{id, wire_hex, config}`. */
export function answerProxyHeader(line: JsonNode): ProxyHeaderAnswer {
  const id = stringOf(field(line, 'id'));
  const config = field(line, 'config');
  const nothing = { id, remote_port: null, local_address: null, local_port: null };
  const header = readProxyHeader(bytesOf(stringOf(field(line, 'wire_hex'))), {
    allowWithout: isSet(field(config, 'allow_requests_without_proxy_protocol')),
    disallowed: disallowedVersions(config),
  });
  switch (header.kind) {
    case 'close':
      return { ...nothing, remote_address: null, error: header.code };
    case 'keep':
      return { ...nothing, remote_address: '(tcp peer kept)', error: null };
    case 'addresses':
      return {
        id,
        remote_address: header.source.address.text,
        remote_port: header.source.port,
        local_address: header.destination.address.text,
        local_port: header.destination.port,
        error: null,
      };
  }
}
