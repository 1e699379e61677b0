// `cli filter-chain`: one listener and one connection -> the filter chain it takes.
import { parseAddress } from '../../../base/ip.ts';
import type { JsonNode } from '../../../base/json.ts';
import { readListener, type Listener } from '../../../documents/envoy/listener.ts';
import { field, numberOf, stringOf, textsOf } from '../../../documents/envoy/proto.ts';
import type { Connection, ConnectionAddress } from '../connection.ts';
import { chooseFilterChain } from '../filter-chain.ts';
import { findRejection } from '../filter-chain-rules.ts';

export interface FilterChainAnswer {
  readonly id: string;
  readonly index: number | null;
  readonly name: string | null;
  readonly default: boolean;
  /** Why Envoy refuses the listener. */
  readonly error: string | null;
}

/** An address that is no IP is the path of a unix socket. */
function placeOf(input: JsonNode | undefined, addressField: string, portField: string): ConnectionAddress {
  const address = parseAddress(stringOf(field(input, addressField)));
  return address
    ? { address, port: numberOf(field(input, portField))?.value ?? 0 }
    : { address: null, port: null };
}

function filterStateOf(node: JsonNode | undefined): Readonly<Record<string, string>> {
  if (node?.kind !== 'object') return {};
  return Object.fromEntries(
    node.members.flatMap(({ key, value }) => (value.kind === 'string' ? [[key, value.value]] : [])),
  );
}

function connectionOf(input: JsonNode | undefined): Connection {
  return {
    local: placeOf(input, 'destination_address', 'destination_port'),
    restored: true,
    remote: placeOf(input, 'source_address', 'source_port'),
    directRemote: placeOf(input, 'direct_source_address', 'source_port'),
    transport: stringOf(field(input, 'transport_protocol')) || 'raw_buffer',
    serverName: stringOf(field(input, 'server_name')),
    alpn: textsOf(field(input, 'application_protocols')).map((text) => text.value),
    filterState: filterStateOf(field(input, 'filter_state')),
    originalSrc: null,
  };
}

/** Answers `{id, listener, input}`; the fields of `input` are those of Envoy's own filter chain cases. */
export function answerFilterChain(line: JsonNode): FilterChainAnswer {
  const id = stringOf(field(line, 'id'));
  const node = field(line, 'listener');
  const none = { id, index: null, name: null, default: false };
  if (!node) return { ...none, error: 'no listener' };
  const listener = readListener(node);
  const rejection = findRejection(listener);
  if (rejection) return { ...none, error: rejection.why.code };
  return { ...none, ...choose(listener, connectionOf(field(line, 'input'))), error: null };
}

function choose(listener: Listener, connection: Connection) {
  const stage = chooseFilterChain(listener, connection);
  if (stage.kind === 'end' || stage.value.kind === 'one-of') return {};
  const { chain } = stage.value;
  const isDefault = chain === listener.defaultFilterChain;
  const index = isDefault ? null : listener.filterChains.indexOf(chain);
  return { index, name: chain.name || null, default: isDefault };
}
