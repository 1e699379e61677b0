// How matches that no paste decides print in a listing: the words that each starts with -> its module.
// Format: iptables/extensions/libxt_*.c, libipt_*.c and libip6t_*.c, the `print` function of each.

/** First words, a space between them; a word that ends in `*` is the beginning of one. Longer ones stand first. */
const STARTS: readonly (readonly [string, string])[] = [
  ['limit: up', 'hashlimit'],
  ['limit: above', 'hashlimit'],
  ['limit:', 'limit'],
  ['statistic mode', 'statistic'],
  ['length', 'length'],
  ['PKTTYPE', 'pkttype'],
  ['u32', 'u32'],
  ['TIME', 'time'],
  ['recent:', 'recent'],
  ['STRING match', 'string'],
  ['tcpmss match', 'tcpmss'],
  ['DSCP match', 'dscp'],
  ['tos match*', 'tos'],
  ['TOS match*', 'tos'],
  ['TTL match', 'ttl'],
  ['HL match', 'hl'],
  ['ECN match', 'ecn'],
  ['cgroup', 'cgroup'],
  ['rpfilter', 'rpfilter'],
  ['PHYSDEV match', 'physdev'],
  ['MAC', 'mac'],
  ['helper match', 'helper'],
  ['cpu', 'cpu'],
  ['realm', 'realm'],
  ['src-group', 'devgroup'],
  ['dst-group', 'devgroup'],
  ['vproto', 'ipvs'],
  ['vaddr', 'ipvs'],
  ['vport', 'ipvs'],
  ['ipvs', 'ipvs'],
  ['quota:', 'quota'],
  ['#conn', 'connlimit'],
  ['connbytes', 'connbytes'],
  ['connlabel', 'connlabel'],
  ['cluster', 'cluster'],
  ['policy match', 'policy'],
  ['match-set', 'set'],
  ['match bpf', 'bpf'],
  ['nfacct-name', 'nfacct'],
  ['rateest', 'rateest'],
  ['OS fingerprint', 'osf'],
  ['esp spi*', 'esp'],
  ['ah spi*', 'ah'],
  ['ipcomp spi*', 'ipcomp'],
  ['dst length*', 'dst'],
  ['hbh length*', 'hbh'],
  ['rt type*', 'rt'],
  ['rt segsleft*', 'rt'],
  ['frag id*', 'frag'],
  ['frag ids*', 'frag'],
  ['mh', 'mh'],
  ['ipv6header', 'ipv6header'],
  ['ctexpire', '--ctexpire'],
  ['option=*', '--tcp-option'],
  ['incl. suppl.', '--suppl-groups'],
  ['limit-in', '--limit-iface-in'],
  ['limit-out', '--limit-iface-out'],
  ['all 0x*', '--chunk-types'],
  ['any 0x*', '--chunk-types'],
  ['only 0x*', '--chunk-types'],
];

interface Start {
  readonly words: readonly string[];
  readonly module: string;
}

const BY_FIRST = new Map<string, Start[]>();
for (const [text, module] of STARTS) {
  const words = text.split(' ');
  const first = (words[0] ?? '').replace(/\*$/, '');
  BY_FIRST.set(first, [...(BY_FIRST.get(first) ?? []), { words, module }]);
}

function fits(wanted: string, word: string): boolean {
  return wanted.endsWith('*') ? word.startsWith(wanted.slice(0, -1)) : word === wanted;
}

/** The module whose print begins with these words; null when none does. `word` tells the words from there on. */
export function listedExtension(word: (offset: number) => string): string | null {
  const first = word(0);
  const starts = BY_FIRST.get(first.startsWith('option=') ? 'option=' : first);
  const found = starts?.find(({ words }) => words.every((wanted, i) => fits(wanted, word(i))));
  return found?.module ?? null;
}
