// How many words stand left of a comparison: `ip daddr`, `ct original ip saddr`, `fib daddr . iif type`.
// Notation: nft(8), PRIMARY EXPRESSIONS.

const TWO_WORDS =
  /^(?:meta|ct|ip|ip6|tcp|udp|udplite|sctp|dccp|th|icmp|icmpv6|ether|rt|socket|ipsec|esp|ah|comp|frag|hbh|dst|mh|exthdr|vlan|osf)$/;

/** The words of the subject that these begin with; 1 for what is not known. */
export function subjectLength(words: readonly string[]): number {
  const [first = '', second = '', third = ''] = words;
  if (first === 'fib') {
    const type = words.findIndex((word) => word === 'type' || word === 'oif' || word === 'oifname');
    return type < 0 ? 1 : type + 1;
  }
  if (first === 'numgen' || first === 'jhash' || first === 'symhash') return hashLength(words);
  if (first === 'tcp' && second === 'option')
    return /^(?:exists|missing)$/.test(words[3] ?? '') || /^[=!<>]/.test(words[3] ?? '') ? 3 : 4;
  if (first === 'ct' && /^(?:original|reply)$/.test(second)) return third === 'ip' || third === 'ip6' ? 4 : 3;
  return TWO_WORDS.test(first) ? 2 : 1;
}

/** `numgen random mod 100 offset 5`, `jhash ip saddr mod 2 seed 0xdeadbeef`. */
function hashLength(words: readonly string[]): number {
  const mod = words.indexOf('mod');
  if (mod < 0) return 1;
  let at = mod + 2;
  while (words[at] === 'seed' || words[at] === 'offset') at += 2;
  return at;
}
