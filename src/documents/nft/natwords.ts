// The words behind `redirect`, `masquerade`, `dnat`, `snat` and `tproxy` -> actions.
// Notation: nft(8), NAT STATEMENTS and TPROXY STATEMENT.
import { parseAddress } from '../../base/ip.ts';
import type { NatRange, TargetAction } from '../iptables/target.ts';
import { parseNatRange, parseNumber } from '../iptables/values.ts';

export interface ReadAction {
  readonly action: TargetAction;
  /** How many words it took. */
  readonly used: number;
}

const FLAGS: ReadonlySet<string> = new Set(['random', 'fully-random', 'persistent']);

/** `[ip|ip6] [to ADDRESS][:PORT] [flags]`; null when the destination is a map or a set. */
export function readNat(
  kind: 'redirect' | 'masquerade' | 'dnat' | 'snat',
  words: readonly string[],
): ReadAction | null {
  let used = /^ip6?$/.test(words[0] ?? '') ? 1 : 0;
  let range: NatRange = { addresses: null, ports: null, random: false };
  if (words[used] === 'to') {
    const read = parseNatRange(words[used + 1] ?? '');
    if (!read) return null;
    range = read;
    used += 2;
  } else if (kind === 'dnat' || kind === 'snat') return null;
  while (FLAGS.has(words[used] ?? '') || words[used] === ',') {
    range = { ...range, random: true };
    used += 1;
  }
  return { action: { kind, to: range }, used };
}

/** `[ip|ip6] to [ADDRESS]:PORT`, or an address alone; the rule goes on behind it. */
export function readTproxy(words: readonly string[]): ReadAction | null {
  const at = /^ip6?$/.test(words[0] ?? '') ? 1 : 0;
  if (words[at] !== 'to') return null;
  const match = /^(?:\[([^\]]+)\]|([\d.]*))(?::(\d+))?$/.exec(words[at + 1] ?? '');
  if (!match) return null;
  const text = match[1] ?? match[2];
  const address = text ? parseAddress(text) : null;
  const port = match[3] === undefined ? 0 : parseNumber(match[3]);
  if (port === null || (text && !address)) return null;
  return { action: { kind: 'tproxy', port, address, value: 0, mask: 0, accepts: false }, used: at + 2 };
}
