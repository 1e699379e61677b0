// What kind of address it is, as the routing tables see it: one of this host's, another's, of a group, of everybody.
// Kernel: net/netfilter/xt_addrtype.c, net/ipv4/fib_frontend.c (__inet_dev_addr_type), net/netfilter/nft_fib.c.
import type { IpAddress, Prefix } from '../../base/ip.ts';
import { and, or, truth, type Truth } from '../../base/truth.ts';
import type { MatchTest } from '../../documents/iptables/match.ts';
import type { Tuple } from '../packet/packet.ts';
import { isLocal, LOOPBACK, type Host, type Interface } from './host.ts';

export function addressTypeTruth(
  { side, types, exclusive }: MatchTest & { kind: 'address-type' },
  { src, dst }: Tuple,
  host: Host,
): Truth {
  const address = side === 'source' ? src : dst;
  const isType = (type: string) => hasType(host, address, type, exclusive);
  if (address.family === 4 || exclusive) return anyOf(types.map(isType));
  // match_type6: of the types that a route tells one is enough, and every other must hold
  const routed = types.filter((type) => BY_ROUTE_6.has(type));
  const others = types.filter((type) => !BY_ROUTE_6.has(type)).map(isType);
  return others.reduce(and, routed.length === 0 ? 'yes' : anyOf(routed.map(isType)));
}

const BY_ROUTE_6: ReadonlySet<string> = new Set(['LOCAL', 'ANYCAST', 'PROHIBIT', 'UNREACHABLE']);

/** Types of routes that IPv4's local table, the only one that is asked, does not have. */
const ABSENT_4: ReadonlySet<string> = new Set([
  'ANYCAST',
  'BLACKHOLE',
  'UNREACHABLE',
  'PROHIBIT',
  'THROW',
  'NAT',
  'XRESOLVE',
]);

function anyOf(truths: readonly Truth[]): Truth {
  return truths.reduce(or, 'no');
}

/** For a sentence: LOCAL, UNICAST, MULTICAST, or whichever of two it may be. */
export function addressTypes(host: Host, address: IpAddress): readonly string[] {
  const types = ['LOCAL', 'BROADCAST', 'MULTICAST', 'UNICAST'];
  return types.filter((type) => hasType(host, address, type, true) !== 'no');
}

function hasType(host: Host, address: IpAddress, type: string, exclusive: boolean): Truth {
  const local = isLocal(host, address);
  switch (type) {
    case 'LOCAL':
      return truth(local);
    case 'UNICAST': {
      if (local) return truth(!exclusive && address.family === 6);
      const group = isMulticast(address) || isUnspecified(address);
      return group ? 'no' : notOf(broadcastTruth(host, address));
    }
    case 'MULTICAST':
      return truth(isMulticast(address));
    case 'BROADCAST':
      return local ? 'no' : broadcastTruth(host, address);
    case 'UNSPEC':
      return truth(isUnspecified(address) && address.family === 6);
    default:
      return address.family === 4 && ABSENT_4.has(type) ? 'no' : 'unknown';
  }
}

function notOf(value: Truth): Truth {
  return value === 'unknown' ? value : truth(value === 'no');
}

export function isMulticast(address: IpAddress): boolean {
  const first = address.words[0] ?? 0;
  return address.family === 4 ? first >>> 28 === 0xe : first >>> 24 === 0xff;
}

export function isUnspecified(address: IpAddress): boolean {
  return address.words.every((word) => word === 0);
}

/** 255.255.255.255 */
export const EVERYBODY = 0xffffffff;

/** 255.255.255.255, 0.0.0.0 (0.0.0.0/8 before Linux 5.3), and the last address of a link: `unknown` where it may be one, by a length nothing tells. */
export function broadcastTruth({ interfaces }: Host, { family, words: [word = 0] }: IpAddress): Truth {
  if (family === 6) return 'no';
  if (word === EVERYBODY || word === 0) return 'yes';
  return interfaces
    .filter(({ name }) => name !== LOOPBACK)
    .reduce<Truth>((found, each) => or(found, lastTruth(each, word)), 'no');
}

/** Whether it is the last address of one of the interface's links; those of two addresses or one have none. */
function lastTruth({ addresses, links }: Interface, word: number): Truth {
  if (!links) {
    const own = addresses.filter(({ family }) => family === 4);
    return own.some(({ words }) => endsLinkOf(word, words[0] ?? 0)) ? 'unknown' : 'no';
  }
  return truth(
    links.some((link) => link.address.family === 4 && (link.length ?? 32) < 31 && lastOf(link) === word),
  );
}

function lastOf({ address, mask: [mask = 0] }: Prefix): number {
  return (((address.words[0] ?? 0) & mask) | ~mask) >>> 0;
}

/** Whether there is a prefix length, from 1 to 30, with which it is the last address of the other's link. */
function endsLinkOf(word: number, other: number): boolean {
  const differing = (word ^ other) >>> 0;
  const hostBits = Math.max(2, 32 - Math.clz32(differing));
  const ones = 2 ** hostBits - 1;
  return hostBits < 32 && (word & ones) >>> 0 === ones;
}
