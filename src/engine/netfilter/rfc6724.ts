// The IPv6 addresses of an interface and a destination -> the source that suits it best: RFC 6724, section 5.
// Kernel: net/ipv6/addrconf.c (ipv6_get_saddr_eval), addrlabel.c. Left out: deprecated and temporary addresses, and those of
// other interfaces, which the kernel takes when the outgoing one has none of the scope.
import { contains, isLoopback, parsePrefix, type IpAddress } from '../../base/ip.ts';
import { isMulticast } from './addresstype.ts';
import type { OwnAddress } from './host.ts';

/** Of equally good ones the first; undefined without any. */
export function bestSource(own: readonly OwnAddress[], destination: IpAddress): IpAddress | undefined {
  const scored = own.map((each) => ({ address: each.address, score: scoreOf(each, destination) }));
  return scored.toSorted((a, b) => compareScores(b.score, a.score))[0]?.address;
}

/** Rules 1, 2, 6 and 8; the higher number wins. */
function scoreOf({ address, link }: OwnAddress, destination: IpAddress): readonly number[] {
  const scope = scopeOf(address);
  return [
    Number(address.text === destination.text),
    scope >= scopeOf(destination) ? -scope : scope - 128,
    Number(labelOf(address) === labelOf(destination)),
    Math.min(commonBits(address, destination), link?.length ?? 128),
  ];
}

function compareScores(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((score, i) => score !== b[i]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

const LINK_LOCAL = 2;
const SITE_LOCAL = 5;
const GLOBAL = 14;

/** Scopes as multicast addresses carry them (RFC 4291, section 2.7). */
function scopeOf(address: IpAddress): number {
  const first = (address.words[0] ?? 0) >>> 16;
  if (isMulticast(address)) return first & 0xf;
  if (isLoopback(address) || (first & 0xffc0) === 0xfe80) return LINK_LOCAL;
  return (first & 0xffc0) === 0xfec0 ? SITE_LOCAL : GLOBAL;
}

/** The kernel's policy table (ip6addrlbl_init_table), longer prefixes first. */
const LABELS = [
  ['::1/128', 0],
  ['::ffff:0:0/96', 4],
  ['::/96', 3],
  ['2001:10::/28', 7],
  ['2001::/32', 6],
  ['2002::/16', 2],
  ['3ffe::/16', 12],
  ['fec0::/10', 11],
  ['fc00::/7', 5],
] as const;
const LABELLED = LABELS.map(([text, label]) => ({ prefix: parsePrefix(text), label }));
const OTHER_LABEL = 1;

function labelOf(address: IpAddress): number {
  return LABELLED.find(({ prefix }) => prefix && contains(prefix, address))?.label ?? OTHER_LABEL;
}

/** How many leading bits they share, 0 to 128. */
function commonBits(a: IpAddress, b: IpAddress): number {
  const at = a.words.findIndex((word, i) => word !== b.words[i]);
  return at === -1 ? 128 : 32 * at + Math.clz32((a.words[at] ?? 0) ^ (b.words[at] ?? 0));
}
