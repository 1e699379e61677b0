// Ranges of addresses that mean the same in every network: what of an address a copy keeps, and why.
// https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry
import { contains, parsePrefix, type IpAddress, type Prefix } from '../base/ip.ts';
import { UNKNOWN_CLIENT, UNKNOWN_PEER, UNKNOWN_POD } from '../engine/trace/stand-ins.ts';

/** "Any", loopback, multicast of protocols, masks; link-local addresses that clouds, Calico, node-local DNS and Istio use. */
const KEPT = prefixes('0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/24', '255.0.0.0/8').concat(
  prefixes(
    '169.254.169.253',
    '169.254.169.254',
    '169.254.1.1',
    '169.254.20.10',
    '169.254.25.10',
    '169.254.7.127',
  ),
  prefixes('::/112', 'ff01::/112', 'ff02::/112', 'ff05::/112'),
);

/**
 * Link-local, multicast, private and shared ranges, Istio's own for services without an address, those of the
 * documentation of IPv6, and IPv4 inside IPv6: blocks that are everybody's, whose first bits tell of nobody; and those that are kept whole.
 */
export const CLASSES: readonly string[] = prefixes(
  '169.254.0.0/16',
  '224.0.0.0/4',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '240.240.0.0/16',
)
  .concat(prefixes('fe80::/64', 'ff00::/8', 'fc00::/8', 'fd00::/8', '2001:db8::/32'))
  .concat(prefixes('::ffff:0:0/96', '64:ff9b::/96'))
  .concat(KEPT)
  .map(({ address, length }) => bitsOf(address).slice(0, 1 + (length ?? 0)));

/** Addresses that the engine puts where nothing is told: it does so in the copy too. */
export const STAND_INS: readonly IpAddress[] = [UNKNOWN_CLIENT, UNKNOWN_PEER, UNKNOWN_POD].flatMap((each) => [
  each[4],
  each[6],
]);

function prefixes(...texts: readonly string[]): Prefix[] {
  return texts.flatMap((text) => parsePrefix(text) ?? []);
}

/** The bits of an address, with its family in front. */
export function bitsOf({ family, words }: IpAddress): string {
  return `${family}${words.map((word) => word.toString(2).padStart(32, '0')).join('')}`;
}

export function isKept(address: IpAddress): boolean {
  return KEPT.some((prefix) => contains(prefix, address));
}

/** IPv4-mapped addresses and those of NAT64 hold one of IPv4. */
const WRAPPERS = prefixes('::ffff:0:0/96', '64:ff9b::/96');

export function isWrapped(address: IpAddress): boolean {
  return WRAPPERS.some((prefix) => contains(prefix, address));
}
