// Which listener gets a connection: the one the socket belongs to, then, once, the one its restored destination names.
// Rules: Envoy source/common/listener_manager/{active_tcp_socket,connection_handler_impl}.cc.
import { endpointText, type IpAddress } from '../../base/ip.ts';
import type { Span } from '../../base/source.ts';
import type { EnvoyAddress } from '../../documents/envoy/address.ts';
import type { ProxyConfig } from '../../documents/envoy/config.ts';
import type { Listener } from '../../documents/envoy/listener.ts';
import type { Connection, Downstream } from './connection.ts';
import {
  decision,
  finish,
  gapAt,
  next,
  reason,
  undecided,
  type SocketEndpoint,
  type Stage,
} from './outcome.ts';
import { patchDecisions } from './patches.ts';

type IpPlace = Extract<EnvoyAddress, { readonly kind: 'ip' }>;

interface Found {
  readonly listener: Listener;
  readonly address: IpPlace;
  readonly how: 'exact' | 'wildcard';
}

/** How a listener without a name is called: by its address, as Envoy's statistics do. */
function listenerName(listener: Listener): string {
  const [address] = listener.addresses;
  return listener.name || (address?.kind === 'ip' ? endpointText(address.address, address.port) : '');
}

function isWildcardFor({ address, ipv4Compat }: IpPlace, family: IpAddress['family']): boolean {
  return address.text === '::' ? family === 6 || ipv4Compat : address.text === '0.0.0.0' && family === 4;
}

/** Exact address and port first, then the wildcard address of that port (a `::` listener serves IPv4 only if it says so). */
function lookUp(listeners: readonly Listener[], address: IpAddress, port: number): Found | null {
  const places = listeners.flatMap((listener) =>
    listener.addresses.flatMap((place) =>
      place.kind === 'ip' && place.port === port && place.protocol === 'tcp' ? [{ listener, place }] : [],
    ),
  );
  const exact = places.find(({ place }) => place.address.text === address.text);
  if (exact) return { listener: exact.listener, address: exact.place, how: 'exact' };
  const wildcard = places.find(({ place }) => isWildcardFor(place, address.family));
  return wildcard ? { listener: wildcard.listener, address: wildcard.place, how: 'wildcard' } : null;
}

/** The listener whose socket accepted the connection. */
export function acceptingListener(config: ProxyConfig, downstream: Downstream): Stage<Listener> {
  const bound = config.listeners.filter(
    (listener) => !listener.internal && (downstream.handedOver || listener.bindToPort?.value !== false),
  );
  const found = lookUp(bound, downstream.local.address, downstream.accepting);
  const port = downstream.accepting;
  const gap = gapAt('gap.listeners', config.gaps[0]);
  if (!found) return finish(undecided(reason('undecided.listener', { port }), config.gaps));
  const { listener, address, how } = found;
  const why = reason(`listener.${how}`, { address: endpointText(address.address, address.port) });
  const spans = [address.portSpan ?? address.span, address.span, listener.nameSpan];
  const taken = decision('listener', listenerName(listener), why, spans, { gap });
  return next(listener, taken, ...patchDecisions(config, 'listener', listener.name));
}

/** The listener that goes on with the connection: another one if this one hands over restored destinations. */
export function handOver(
  config: ProxyConfig,
  from: Listener,
  connection: Connection,
  downstream: Downstream,
): Stage<Listener> {
  const use = from.useOriginalDst;
  const [hidden] = from.gaps;
  if (!use && hidden && downstream.originalDestination)
    return assumeHandOver(config, from, downstream.originalDestination, hidden);
  const destination = destinationOf(connection);
  if (!use?.value || !connection.restored || !destination) return next(from);
  const candidates = config.listeners.filter((listener) => !listener.internal);
  const found = lookUp(candidates, destination.address, destination.port);
  const text = endpointText(destination.address, destination.port);
  const gap = gapAt('gap.listeners', config.gaps[0]);
  if (!found || found.listener === from)
    return next(
      from,
      decision('hand-over', listenerName(from), reason('hand-over.none', { destination: text }), [use.span], {
        gap,
      }),
    );
  const { listener, address, how } = found;
  const why = reason(`hand-over.${how}`, {
    destination: text,
    address: endpointText(address.address, address.port),
  });
  const spans = [address.span, listener.nameSpan, use.span];
  return next(
    listener,
    decision('hand-over', listenerName(listener), why, spans, { gap: how === 'exact' ? null : gap }),
    ...patchDecisions(config, 'listener', listener.name),
  );
}

/**
 * Whether it hands over is left out of the paste. A listener for the restored destination without a socket of its own
 * would be of no use otherwise, so it is taken to.
 */
function assumeHandOver(
  config: ProxyConfig,
  from: Listener,
  { address, port }: SocketEndpoint,
  hidden: Span,
): Stage<Listener> {
  const found = lookUp(
    config.listeners.filter((listener) => !listener.internal),
    address,
    port,
  );
  if (!found || found.listener === from) return next(from);
  const why = reason('hand-over.assumed', { destination: endpointText(address, port) });
  const gap = gapAt('gap.use-original-dst', hidden);
  const { listener } = found;
  return next(
    listener,
    decision('hand-over', listenerName(listener), why, [found.address.span, hidden], { gap }),
  );
}

function destinationOf({ local }: Connection): SocketEndpoint | null {
  return local.address && local.port !== null ? { address: local.address, port: local.port } : null;
}
