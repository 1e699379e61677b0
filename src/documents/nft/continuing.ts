// Statements of a rule that only go on: what they note or change in the packet plays no part in its way.
// Notation: nft(8), STATEMENTS; of iptables' targets nft prints the same words (TCPMSS, CLASSIFY, DSCP, TEE, TRACE).

interface Pattern {
  readonly name: string;
  /** The words that may stand at each place; `*` is any word. */
  readonly words: readonly (readonly string[])[];
}

/** `ip|ip6 dscp set *`. */
function pattern(name: string, words: string): Pattern {
  return { name, words: words.split(' ').map((word) => word.split('|')) };
}

const PATTERNS: readonly Pattern[] = [
  pattern('TCPMSS', 'tcp option maxseg size set rt mtu'),
  pattern('TCPMSS', 'tcp option maxseg size set *'),
  pattern('tcp option', 'reset tcp option *'),
  pattern('CLASSIFY', 'meta priority set *'),
  pattern('TRACE', 'meta nftrace set *'),
  pattern('meta', 'meta pkttype|secmark|broute set *'),
  pattern('DSCP', 'ip|ip6 dscp set *'),
  pattern('ECN', 'ip|ip6 ecn set *'),
  pattern('TTL', 'ip ttl set *'),
  pattern('HL', 'ip6 hoplimit set *'),
  pattern('flowlabel', 'ip6 flowlabel set *'),
  pattern('CT', 'ct helper|event|label|timeout|expectation|secmark set *'),
  pattern('TEE', 'dup to * device *'),
  pattern('TEE', 'dup to *'),
  pattern('flow', 'flow add|offload *'),
];

function fits(wanted: readonly string[], word: string): boolean {
  return wanted.includes(word) || (wanted[0] === '*' && word !== '');
}

export interface Continuing {
  readonly name: string;
  /** How many words it takes. */
  readonly used: number;
}

/** The statement that begins with these words; null when none of these does. */
export function readContinuing(words: readonly string[]): Continuing | null {
  const found = PATTERNS.find((each) => each.words.every((wanted, i) => fits(wanted, words[i] ?? '')));
  if (found) return { name: found.name, used: found.words.length };
  return words[0] === 'log' ? { name: 'log', used: logLength(words) } : readSetChange(words);
}

/** `log prefix "x" level warn flags tcp options`. */
function logLength(words: readonly string[]): number {
  let at = 1;
  for (;;) {
    const word = words[at] ?? '';
    if (/^(?:prefix|level|group|snaplen|queue-threshold)$/.test(word)) at += 2;
    else if (word === 'flags') at += 1 + flagsLength(words.slice(at + 1));
    else return at;
  }
}

function flagsLength(words: readonly string[]): number {
  const last = words.findIndex((word) => !/^(?:tcp|ip|sequence|options|skuid|ether|all|,)$/.test(word));
  return last < 0 ? words.length : last;
}

/** `add @seen { ip saddr timeout 1h }`: remembers the packet. With a limit in it, the rule may break off there. */
function readSetChange(words: readonly string[]): Continuing | null {
  const [verb = '', set = '', brace] = words;
  if (!/^(?:add|update|delete)$/.test(verb) || !set.startsWith('@') || brace !== '{') return null;
  const close = words.indexOf('}');
  const inside = words.slice(3, close < 0 ? words.length : close);
  if (inside.some((word) => /^(?:limit|quota|count)$/.test(word))) return null;
  return { name: `${verb} ${set}`, used: 4 + inside.length };
}
