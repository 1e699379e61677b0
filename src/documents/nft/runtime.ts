// Expressions of a rule that are understood and that no paste decides: rates, quotas, counters, random numbers, fields
// of the packet that are not followed. The rest of the rule is read on. Notation: nft(8), EXPRESSIONS and STATEMENTS.

const SUBJECT = new RegExp(
  [
    '(?:meta )?(?:length|priority|pkttype|cpu|iifgroup|oifgroup|cgroup|random|time|day|hour|iiftype|oiftype|rtclassid|secmark|nftrace|sdif|sdifname|ibrname|obrname|iifkind|oifkind)',
    'ip (?:ttl|dscp|ecn|length|id|frag-off|version|hdrlength|checksum)',
    'ip6 (?:hoplimit|dscp|ecn|flowlabel|length|version)',
    'tcp (?:sequence|ackseq|window|checksum|urgptr|doff)',
    'tcp option .*',
    'udp (?:length|checksum)',
    'icmp(?:v6)? (?:code|id|sequence|checksum|mtu|gateway|parameter-problem|max-delay)',
    'ct (?:(?:original|reply) )?(?:bytes|packets|avgpkt|expiration|helper|label|id|event|zone|secmark)',
    '(?:ether|rt|ipsec|socket|osf|esp|ah|comp|frag|hbh|dst|mh|exthdr|vlan|sctp|dccp) .*',
    '(?:numgen|jhash|symhash) .*',
  ].join('$|^'),
);
const WHOLE = new RegExp(`^${SUBJECT.source}$`);

/** Whether what stands left of a comparison is such a field. */
export function isRuntimeSubject(subject: string): boolean {
  return WHOLE.test(subject);
}

export interface RuntimeWords {
  readonly name: string;
  /** How many words it takes. */
  readonly used: number;
}

/** `limit rate over 5/minute burst 5 packets`, `quota 10 mbytes`, `ct count over 20`: matches without a comparison. */
export function readRuntime(words: readonly string[]): RuntimeWords | null {
  const [first, second] = words;
  if (first === 'limit') return { name: 'limit', used: second === 'name' ? 3 : limitLength(words) };
  if (first === 'quota') return { name: 'quota', used: second === 'name' ? 3 : quotaLength(words) };
  if (first === 'ct' && second === 'count') return { name: 'ct count', used: words[2] === 'over' ? 4 : 3 };
  return null;
}

const UNIT = /^(?:packets?|[km]?bytes|\w+\/(?:second|minute|hour|day|week))$/;

function limitLength(words: readonly string[]): number {
  let at = words[2] === 'over' ? 4 : 3;
  if (UNIT.test(words[at] ?? '')) at += 1;
  if (words[at] !== 'burst') return at;
  return UNIT.test(words[at + 2] ?? '') ? at + 3 : at + 2;
}

function quotaLength(words: readonly string[]): number {
  const at = /^(?:over|until)$/.test(words[1] ?? '') ? 4 : 3;
  return words[at] === 'used' ? at + 3 : at;
}
