// What stands at a name in the scenario, told by what was pasted for it: a pod whose rules hand connections to a sidecar
// or to ztunnel, a proxy that listens for itself (gateway, interceptionMode NONE), or a machine that forwards.
import { isLoopback, type IpAddress } from '../../base/ip.ts';
import type { ProxyConfig } from '../../documents/envoy/config.ts';
import type { Listener } from '../../documents/envoy/listener.ts';
import { actionsOf, askedOf, canDo } from '../../documents/iptables/contents.ts';
import type { Ruleset } from '../../documents/iptables/ruleset.ts';
import { ZTUNNEL_MARK } from './ambient.ts';

/**
 * `sidecar`: rules hand its connections to an Envoy. `ambient`: they hand them to ztunnel. `bare`: nothing is handed
 * over, and a proxy has only the connections it listens for. `node`: it forwards what is not for itself.
 */
export type PodKind = 'sidecar' | 'ambient' | 'bare' | 'node';

export interface Pasted {
  readonly role: 'client' | 'server' | 'gateway' | null;
  /** Null when no rules of the walked family were pasted. */
  readonly ruleset: Ruleset | null;
  readonly hasInitArguments: boolean;
  readonly config: ProxyConfig | null;
  readonly addresses: readonly IpAddress[];
}

/** What ztunnel's connections are brought back by (istio cni/pkg/config/config.go). */
const ZTUNNEL_CONNMARK = 0x111;

export function kindOf({ role, ruleset, hasInitArguments, config, addresses }: Pasted): PodKind {
  if (ruleset) {
    if (role !== 'server' && role !== 'client' && forwards(ruleset, addresses)) return 'node';
    if (isAmbient(ruleset)) return 'ambient';
    return canDo(ruleset, 'redirect') || canDo(ruleset, 'tproxy') ? 'sidecar' : 'bare';
  }
  if (hasInitArguments) return 'sidecar';
  return role === 'gateway' || (config !== null && listensForItself(config, addresses)) ? 'bare' : 'sidecar';
}

/** Rules that send packets on to other machines, or give forwarded packets a source: nothing a pod needs. */
function forwards(ruleset: Ruleset, addresses: readonly IpAddress[]): boolean {
  if (canDo(ruleset, 'masquerade')) return true;
  const own = new Set(addresses.map(({ text }) => text));
  for (const { to } of actionsOf(ruleset, 'dnat')) {
    const host = to.addresses?.from;
    if (host && !isLoopback(host) && !own.has(host.text)) return true;
  }
  return false;
}

/** ztunnel's rules tell its own packets by a mark and not by a user. */
function isAmbient(ruleset: Ruleset): boolean {
  const { mark, connmark } = askedOf(ruleset);
  return mark.has(ZTUNNEL_MARK) && (connmark.has(ZTUNNEL_CONNMARK) || mark.has(ZTUNNEL_CONNMARK));
}

/** Listeners that rules hand connections to, or that are only reached from those. */
function isBehindCapture({ name, addresses, bindToPort }: Listener, own: readonly IpAddress[]): boolean {
  const captured = addresses.some((place) => place.kind === 'ip' && [15001, 15006].includes(place.port));
  const elsewhere = addresses.some((place) => place.kind === 'ip' && !canBind(place.address, own));
  return captured || elsewhere || bindToPort?.value === false || /^virtual(?:Inbound|Outbound)?$/.test(name);
}

/** A socket is bound to every address, to loopback, or to one of the machine's own. */
function canBind(address: IpAddress, own: readonly IpAddress[]): boolean {
  const isAny = address.text === '0.0.0.0' || address.text === '::';
  return isAny || isLoopback(address) || own.some(({ text }) => text === address.text);
}

/** Metrics and health checks are bound in every proxy. */
function isOfTheProxyItself({ addresses }: Listener): boolean {
  return addresses.some((place) => place.kind === 'ip' && [15021, 15090].includes(place.port));
}

function listensForItself({ listeners }: ProxyConfig, addresses: readonly IpAddress[]): boolean {
  const own = listeners.filter((listener) => !listener.internal && !isOfTheProxyItself(listener));
  return own.length > 0 && !own.some((listener) => isBehindCapture(listener, addresses));
}
