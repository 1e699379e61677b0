// What one scenario's pseudonyms are: every text is renamed by the same mask, so that a thing has one name in rules,
// configuration and logs. What is not known to be everybody's is replaced: an unknown word never passes.
import { addressOf, maskOf, parseAddress, type IpAddress } from '../base/ip.ts';
import { mapAddresses, type Pseudonyms } from './address-map.ts';
import { lexemesOf, replaceLexemes, replaceParts, type Lexeme } from './lexemes.ts';
import type { Ledger } from './ledger.ts';
import {
  createStandIns,
  isGrammar,
  isNamePart,
  isVocabulary,
  otherHex,
  otherSuffix,
  otherUuid,
} from './words.ts';

export interface Mask {
  /** The text with its addresses, hosts, names and secrets replaced; `kept` are further words of its notation. */
  readonly rename: (text: string, kept?: ReadonlySet<string>) => string;
  readonly ledger: Ledger;
}

/** `payments` and `shop` of `payments.shop.svc.cluster.local`, `shop` of `-n shop`, and the values of such fields. */
const NAMED =
  /([\p{L}\p{N}_-]+)\.([\p{L}\p{N}_-]+)\.svc\b|(?:\s-n|--namespace|"namespace":|"serviceName":|namespace:)[ =]*"?([\p{L}\p{N}._-]+)/gu;

/** Types and names of Envoy's own extensions, as they are printed everywhere. */
const EXTENSION =
  /^(?:type\.googleapis\.com|envoy\.(?:filters|transport_sockets|access_loggers|matching|extensions|config|type|admin|retry_host_predicates|clusters|load_balancing_policies|upstreams|listener|network|http|path|data|service)(?:\.\w+)+|(?:istio|stats|udpa|xds|google)\.(?:[a-z_]+\d*\.)*(?:v\d\w*\.)?[A-Z]\w+|istio\.(?:alpn|stats|metadata_exchange)|(?:\w+\.)*istio\.io)$/;

/** What Kubernetes puts behind the names of a ReplicaSet's pods, which tells that they are of one. */
const POD_SUFFIX = /(-[bcdf-hj-np-tv-z0-9]{6,10}-[bcdf-hj-np-tv-z0-9]{5})(?![\p{L}\p{N}-])/u;

const DECIMAL = /^(?:\d{1,12}|\d+\.\d+)$/;

/** All words of the texts that name something of the person's own, in lower case. */
function namesIn(texts: readonly string[], names: readonly string[]): ReadonlySet<string> {
  const found = texts.flatMap((text) => Array.from(text.matchAll(NAMED), ([, ...parts]) => parts.join('-')));
  return new Set([...found, ...names].flatMap((name) => name.toLowerCase().split(/[^\p{L}\p{N}]+/u)));
}

/** The `/24` of a network keeps its host bits zero. */
function hostBitsCleared(address: IpAddress, original: IpAddress, length: string): IpAddress {
  const tail = length.slice(1);
  const mask = /^\d+$/.test(tail) ? maskOf(original.family, Number(tail)) : parseAddress(tail)?.words;
  if (!mask || original.words.some((word, i) => (word & ~(mask[i] ?? 0)) !== 0)) return address;
  return addressOf(address.words.map((word, i) => (word & (mask[i] ?? 0)) >>> 0));
}

const NONE: ReadonlySet<string> = new Set();

/** Hexadecimal digits that tell an identifier from all others. */
const SHORT_ID = 7;

function hexOf(word: number): string {
  return word.toString(16).padStart(8, '0');
}

function reversed(hex: string): string {
  return (hex.match(/../g) ?? []).toReversed().join('');
}

/** IPv4 addresses as eight hexadecimal digits, in both byte orders, and those of their pseudonyms. */
function digitsOf(addresses: readonly IpAddress[], pseudonymOf: Pseudonyms): ReadonlyMap<string, string> {
  return new Map(
    addresses.flatMap((address) => {
      const [from, to] = [address, pseudonymOf(address)].map(({ words }) => hexOf(words[0] ?? 0));
      if (address.family === 6 || from === undefined || to === undefined || from === to) return [];
      return [
        [from, to],
        [reversed(from), reversed(to)],
      ];
    }),
  );
}

/** `texts` is everything that will be renamed; `names` are known to be names. */
export function createMask(
  texts: readonly string[],
  names: readonly string[],
  key: Uint8Array,
  ledger: Ledger,
): Mask {
  const own = namesIn(texts, names);
  const lexemes = texts.flatMap(lexemesOf);
  const addresses = lexemes.flatMap((lexeme) => (lexeme.kind === 'address' ? [lexeme.address] : []));
  const pseudonymOf = mapAddresses(addresses, key);
  const digits = digitsOf(addresses, pseudonymOf);
  const taken = new Set(lexemes.flatMap(({ text }) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)));
  const standIn = createStandIns(key, taken);

  function address({ text, address: original, separator, length }: Lexeme & { kind: 'address' }): string {
    const pseudonym = pseudonymOf(original);
    if (pseudonym.text === original.text) return text;
    const written = hostBitsCleared(pseudonym, original, length).text.replaceAll('.', separator) + length;
    ledger.replaced('addresses', text, written);
    return written;
  }
  function part(text: string): string {
    return isNamePart(text) && (isGrammar(text) || !own.has(text.toLowerCase())) ? text : standIn(text);
  }
  function compound(text: string, kept: ReadonlySet<string>): string {
    if (kept.has(text)) return text;
    const hidden = digits.get(text.replace(/^0x/i, '').toLowerCase());
    if (hidden !== undefined) return identifier(text, text.slice(0, -8) + hidden);
    const isPlain = isVocabulary(text) && (isGrammar(text) || !own.has(text.toLowerCase()));
    if (isPlain || DECIMAL.test(text) || EXTENSION.test(text)) return text;
    const written = text
      .split(POD_SUFFIX)
      .map((piece, i) => (i % 2 === 0 ? replaceParts(piece, part) : otherSuffix(piece, key)))
      .join('');
    if (written !== text) ledger.replaced(/\w\.\w/.test(text) ? 'hosts' : 'names', text, written);
    return written;
  }
  /** Containers are called by the first digits of their identifiers: those of the copy too. */
  function otherId(id: string): string {
    return otherHex(id.slice(0, SHORT_ID), key).slice(0, id.length);
  }
  function identifier(text: string, written: string): string {
    ledger.replaced('identifiers', text, written);
    return written;
  }
  function write(lexeme: Lexeme, kept: ReadonlySet<string>): string {
    switch (lexeme.kind) {
      case 'secret':
        ledger.leftOut('secrets', '');
        return 'removed';
      case 'query':
        ledger.leftOut('queries', '');
        return '';
      case 'uuid':
        return identifier(lexeme.text, otherUuid(lexeme.text, key));
      case 'hex':
        return identifier(lexeme.text, digits.get(lexeme.text.toLowerCase()) ?? otherId(lexeme.text));
      case 'mac':
        return `02:00:00:${otherHex(lexeme.text, key)
          .slice(0, 6)
          .replace(/(..)(..)(..)/, '$1:$2:$3')}`;
      case 'port':
      case 'time':
        return lexeme.text;
      case 'address':
        return address(lexeme);
      case 'compound':
        return compound(lexeme.text, kept);
    }
  }
  return {
    rename: (text, kept = NONE) => replaceLexemes(text, (lexeme) => write(lexeme, kept)),
    ledger,
  };
}
