// ztunnel in a pod's own network namespace: what it does with a connection that the rules hand to it. No configuration of
// it is pasted, so every step of it is assumed. istio/ztunnel src/proxy/{inbound,inbound_passthrough,outbound}.rs,
// istio cni/pkg/iptables, version 1.24 and later.
import type { LocalRouting } from '../netfilter/host.ts';

/** `ip rule fwmark 0x111/0xfff lookup 100`, whose default route is local: it brings replies back to ztunnel. */
export const ZTUNNEL_ROUTING: LocalRouting = { mark: { value: 0x111, mask: 0xfff } };

/** ztunnel's sockets: the mark they bear, and whom they belong to. */
export const ZTUNNEL_MARK = 0x539;
export const ZTUNNEL_OWNER = { uid: 0, gid: 0 } as const;

export const ZTUNNEL_PORTS = { outbound: 15001, inbound: 15006, tunnel: 15008 } as const;

/** What a HBONE connection carries besides its own addresses: the CONNECT authority, and `Forwarded`. */
export interface Tunnel<Endpoint> {
  readonly destination: Endpoint;
  /** Who opened the connection inside; told by a waypoint's `Forwarded` header, else the outer peer. */
  readonly client: Endpoint;
  /** Only a waypoint's word for the client is taken. */
  readonly byWaypoint: boolean;
}
