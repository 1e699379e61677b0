// Which family a piece of rules is for. The notation itself does not say: its addresses do.
import { parseAddress } from '../../base/ip.ts';
import type { TableFamily } from './ruleset.ts';

export type RulesFamily = Exclude<TableFamily, 'inet'>;

const CANDIDATE_4 = /(?<![\d.:])\d{1,3}(?:\.\d{1,3}){3}/g;
const CANDIDATE_6 = /(?<=[\s!([-])(?:[\da-fA-F]{0,4}:){2,7}[\da-fA-F.]*/g;
/** Stands in every IPv6 address, and is looked for faster. */
const TWO_COLONS = /:[\da-fA-F]{0,4}:/;
const SAYS_SIX = /\bip6tables\b|\b(?:icmpv6|ipv6-icmp|icmp6-[a-z-]+)\b/;

function holdsAddress(text: string, candidates: RegExp): boolean {
  for (const [candidate] of text.matchAll(candidates)) if (parseAddress(candidate)) return true;
  return false;
}

/** Options that hold an address in any rule: one of IPv4 can stand in no rule of IPv6. */
const OPTION_4 = /\s(?:-[sd]|--to-(?:destination|source)) \d{1,3}(?:\.\d{1,3}){3}/;

/** What tells the family, the stronger before the weaker; of a text made of two, the stronger of what is in either. */
type FamilySign = 'option-4' | 'word-6' | 'address-6' | 'address-4';

/** The strongest in the text; null when nothing tells. */
export function familySign(text: string): FamilySign | null {
  if (OPTION_4.test(text)) return 'option-4';
  if (SAYS_SIX.test(text)) return 'word-6';
  if (TWO_COLONS.test(text) && holdsAddress(text, CANDIDATE_6)) return 'address-6';
  return holdsAddress(text, CANDIDATE_4) ? 'address-4' : null;
}

/** `ip6` when an IPv6 address or word stands in the text, `ip` when an IPv4 address does, else null. */
export function familyOf(text: string): RulesFamily | null {
  const sign = familySign(text);
  if (sign === null) return null;
  return sign === 'word-6' || sign === 'address-6' ? 'ip6' : 'ip';
}
