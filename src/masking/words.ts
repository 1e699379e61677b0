// Words that every paste of the kind holds, and readable stand-ins for all others.
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import listed from './vocabulary.txt?raw';

/** Words of iptables, nft, ip, Envoy, Istio and Kubernetes, as they print them; fields of Envoy's configuration. */
const VOCABULARY: ReadonlySet<string> = new Set(listed.split(/\s+/));

/** Words without which a rule, a cluster name or a host would be another thing: kept even where a name is the same. */
const GRAMMAR: ReadonlySet<string> = new Set(
  'svc cluster local inbound outbound tcp udp icmp sctp http https tls all ip ip6 nat mangle filter raw lo any table chain accept drop return jump goto localhost default waypoint ztunnel'.split(
    ' ',
  ),
);

/** Parts of compound names that belong to software, not to a person. */
const NAME_PARTS: ReadonlySet<string> = new Set(
  'svc cluster local ISTIO KUBE SVC SEP XLB FW EXT MARK MASQ NODEPORTS inbound outbound ip nft iptables waypoint ztunnel'.split(
    ' ',
  ),
);

const STAND_INS =
  'acorn alder amber anise apple aspen aster badge bagel basil beech berry birch bison briar brook cedar chive cider citron clove cocoa coral crane cumin daisy delta dune eagle ember fable falcon fennel fern finch fjord flint forest gecko ginger grove hazel heron holly honey hornet iris ivory ivy jasper juniper kelp kiwi koala larch laurel lemon lilac linden lotus lynx magpie mango maple marble meadow melon mint moss mulberry myrtle nectar nettle nutmeg oak ocean olive onyx opal orchid otter owl panda papaya parsley peach pearl pebble pepper pine plum poppy prairie quail quartz quince raven reed robin rose rowan saffron sage salmon sandal sequoia sesame shale sorrel sparrow spruce squash stork sumac swan sycamore tansy teak thistle thyme topaz tulip tundra turnip velvet vine violet walnut willow wren yarrow yew zinnia'.split(
    ' ',
  );

/** What stands for the same thing everywhere: numbers, durations, versions, single letters. */
const PLAIN =
  /^(?:\d{1,5}|\d+(?:ms|us|ns|K|M|G|B|KB|MB)|(?:\d+[smhdwy]){1,4}|0x[\da-f]{1,8}|[vV]?\d{1,3}(?:\.\d{1,3}){0,3}|v\d(?:alpha|beta)\d|\p{L})$/iu;

export function isGrammar(word: string): boolean {
  return PLAIN.test(word) || GRAMMAR.has(word) || (VOCABULARY.has(word) && /^[A-Z]/.test(word));
}

/** Whether a word that stands alone, or a field, is everybody's. */
export function isVocabulary(word: string): boolean {
  return PLAIN.test(word) || VOCABULARY.has(word) || !/[\p{L}\p{N}]/u.test(word);
}

/** Whether a part of a compound name is everybody's. */
export function isNamePart(part: string): boolean {
  return PLAIN.test(part) || NAME_PARTS.has(part);
}

function shaped(word: string, like: string): string {
  if (like === like.toUpperCase() && /\p{L}{2}/u.test(like)) return word.toUpperCase();
  return /^\p{Lu}/u.test(like) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}

/**
 * A stand-in for each word, the same for the same word in any case. The key decides their order; none is a word that
 * `taken` knows in lower case. When the list is used up, two are joined.
 */
export function createStandIns(key: Uint8Array, taken: ReadonlySet<string>): (word: string) => string {
  const ranked = STAND_INS.filter((word) => !taken.has(word)).map(
    (word) => [otherHex(word, key), word] as const,
  );
  const free = ranked.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, word]) => word);
  const chosen = new Map<string, string>();
  const wordAt = (n: number): string =>
    n < free.length ? (free[n] ?? '') : `${wordAt(Math.floor(n / free.length) - 1)}${free[n % free.length]}`;
  return (word) => {
    const lower = word.toLowerCase();
    const standIn = chosen.get(lower) ?? wordAt(chosen.size);
    chosen.set(lower, standIn);
    return shaped(standIn, word);
  };
}

function hashOf(text: string, key: Uint8Array): Uint8Array {
  const lower = text.toLowerCase();
  return hmac(
    sha256,
    key,
    Uint8Array.from(lower, (c) => c.charCodeAt(0)),
  );
}

/** 64 hexadecimal digits that stand for an identifier; as many of them as it has are enough. */
export function otherHex(id: string, key: Uint8Array): string {
  return Array.from(hashOf(id, key), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The letters and digits of Kubernetes' own suffixes. */
const SUFFIX_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** `-6565f59ff8-plnn7`, replaced by another suffix of the same form. */
export function otherSuffix(suffix: string, key: Uint8Array): string {
  return suffix.replace(/[a-z0-9]+/g, (part) =>
    Array.from(hashOf(part, key).subarray(0, part.length), (byte) =>
      SUFFIX_LETTERS.charAt(byte % SUFFIX_LETTERS.length),
    ).join(''),
  );
}

/** A request's identifier, replaced by another of the same form. */
export function otherUuid(uuid: string, key: Uint8Array): string {
  const hex = otherHex(uuid, key);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
