// Which family a piece of rules is for. The notation itself does not say: its addresses do.
import { parseAddress } from '../../base/ip.ts';
import type { TableFamily } from './ruleset.ts';

export type RulesFamily = Exclude<TableFamily, 'inet'>;

const CANDIDATE = /(?<=[\s!([-])(?:[\da-fA-F]{0,4}:){2,7}[\da-fA-F.]*|(?<![\d.:])\d{1,3}(?:\.\d{1,3}){3}/g;
const SAYS_SIX = /\bip6tables\b|\b(?:icmpv6|ipv6-icmp|icmp6-[a-z-]+)\b/;

/** `ip6` when an IPv6 address or word stands in the text, `ip` when an IPv4 address does, else null. */
export function familyOf(text: string): RulesFamily | null {
  if (SAYS_SIX.test(text)) return 'ip6';
  let found: RulesFamily | null = null;
  for (const [candidate] of text.matchAll(CANDIDATE)) {
    const family = parseAddress(candidate)?.family;
    if (family === 6) return 'ip6';
    if (family === 4) found = 'ip';
  }
  return found;
}
