// The action of a filter_chain_matcher -> the name of a filter chain: a string, or a format that the connection fills.
// https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#command-operators
// Only the operators that a connection can fill before it has a filter chain.
import { endpointText } from '../../base/ip.ts';
import type { Extension } from '../../documents/envoy/extension.ts';
import { field, fieldAt, stringOf, textOf } from '../../documents/envoy/proto.ts';
import type { Connection, ConnectionAddress } from './connection.ts';

const OPERATOR = /%([A-Z_0-9]+)(?:\(([^)]*)\))?(?::\d+)?%/g;

/** Null when it hangs on what is not known of the connection, or on an operator without a rule. */
export function chainNameOf(action: Extension, connection: Connection): string | null {
  const format = textOf(fieldAt(action.config, 'text_format_source', 'inline_string'));
  if (!format) return stringOf(field(action.config, 'value')) || action.name;
  let known = true;
  const name = format.value.replace(OPERATOR, (_, operator: string, argument: string | undefined) => {
    const value = valueOf(operator, argument ?? '', connection);
    known &&= value !== undefined;
    return value ?? '-';
  });
  return known ? name : null;
}

/** Null when the connection has no such value: then a dash stands there. */
function valueOf(operator: string, argument: string, connection: Connection): string | null | undefined {
  const { local, remote, directRemote, serverName, filterState } = connection;
  switch (operator) {
    case 'REQUESTED_SERVER_NAME':
      return serverName === null ? undefined : serverName || null;
    case 'FILTER_STATE':
      return filterState[argument.split(':')[0] ?? ''] ?? null;
    case 'DOWNSTREAM_LOCAL_ADDRESS':
      return placeText(local);
    case 'DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT':
      return local.address?.text ?? null;
    case 'DOWNSTREAM_LOCAL_PORT':
      return local.port === null ? null : String(local.port);
    case 'DOWNSTREAM_REMOTE_ADDRESS':
      return placeText(remote);
    case 'DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT':
      return remote.address?.text ?? null;
    case 'DOWNSTREAM_DIRECT_REMOTE_ADDRESS':
      return placeText(directRemote);
    case 'DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT':
      return directRemote.address?.text ?? null;
    default:
      return undefined;
  }
}

function placeText({ address, port }: ConnectionAddress): string | null | undefined {
  if (!address) return null;
  return port === null ? undefined : endpointText(address, port);
}
