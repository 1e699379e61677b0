// Comparisons that several matches share.
import type { IpAddress } from '../../base/ip.ts';
import { or, truth, type Truth } from '../../base/truth.ts';
import type { AddressRange } from '../../documents/iptables/address-range.ts';
import type { Masked, Range } from '../../documents/iptables/match.ts';
import type { Protocol } from '../packet/packet.ts';

export const PROTOCOL_NUMBERS: Readonly<Record<Protocol, number>> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 };

export function hasPorts(protocol: Protocol): boolean {
  return protocol === 'tcp' || protocol === 'udp';
}

export function anyMasked(values: readonly Masked[], mark: number): boolean {
  return values.some(({ value, mask }) => (mark & mask) >>> 0 === value);
}

/** Whether a number lies in a range; unknown for a port that nothing tells, unless the range holds them all. */
export function inRange({ from, to }: Range, number: number | null): Truth {
  if (number === null) return from === 0 && to === 0xffff ? 'yes' : 'unknown';
  return truth(from <= number && number <= to);
}

export function inRanges(ranges: readonly Range[], number: number | null): Truth {
  return ranges.reduce<Truth>((found, range) => or(found, inRange(range, number)), 'no');
}

function compareWords(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function inAddressRange(range: AddressRange, address: IpAddress): boolean {
  return (
    range.from.family === address.family &&
    compareWords(range.from.words, address.words) <= 0 &&
    compareWords(address.words, range.to.words) <= 0
  );
}
