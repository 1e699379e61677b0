// What one scenario's pseudonyms are: every text is renamed by the same mask, so that a thing has one name in rules,
// configuration and logs. What is not known to be everybody's is replaced: an unknown word never passes.
import { parsePrefix, type IpAddress } from '../base/ip.ts';
import { portNumber } from '../documents/iptables/names.ts';
import { mapAddresses, type Block, type Pseudonyms } from './address-map.ts';
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
  /(?<![\p{L}\p{N}_-])([\p{L}\p{N}_-]+)\.([\p{L}\p{N}_-]+)\.svc\b|(?:\s-n|--namespace|"namespace":|"serviceName":|namespace:)[ =]*"?([\p{L}\p{N}._-]+)/gu;

/** Types and names of Envoy's own extensions, as they are printed everywhere. */
const EXTENSION =
  /^(?:type\.googleapis\.com|envoy\.(?:filters|transport_sockets|access_loggers|matching|extensions|config|type|admin|retry_host_predicates|clusters|load_balancing_policies|upstreams|listener|network|http|path|data|service)(?:\.\w+)+|(?:istio|stats|udpa|xds|google)\.(?:[a-z_]+\d*\.)*(?:v\d\w*\.)?[A-Z]\w+|istio\.(?:alpn|stats|metadata_exchange)|(?:\w+\.)*istio\.io)$/;

/** What Kubernetes puts behind the names of a ReplicaSet's pods, which tells that they are of one. */
const POD_SUFFIX = /(-[bcdf-hj-np-tv-z0-9]{6,10}-[bcdf-hj-np-tv-z0-9]{5})(?![\p{L}\p{N}-])/u;

/** Numbers up to those of 32 bits, and times; longer ones tell an account, a telephone, a person. */
const DECIMAL = /^(?:\d{1,10}|\d+\.\d+)$/;

/** All words of the texts that name something of the person's own, in lower case. */
function namesIn(texts: readonly string[], names: readonly string[]): ReadonlySet<string> {
  const found = texts.flatMap((text) => Array.from(text.matchAll(NAMED), ([, ...parts]) => parts.join('-')));
  return new Set([...found, ...names].flatMap((name) => name.toLowerCase().split(/[^\p{L}\p{N}]+/u)));
}

/** The `/24` of a network keeps its host bits zero; an address with host bits is one, whatever stands behind it. */
function blockOf({ address, length }: Lexeme & { kind: 'address' }): Block {
  const whole = { address, depth: 32 * address.words.length };
  const network = length === '' ? null : parsePrefix(address.text + length);
  const isNetwork = network?.mask.every((mask, i) => ((address.words[i] ?? 0) & ~mask) === 0) === true;
  return isNetwork ? { address, depth: network?.length ?? whole.depth } : whole;
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

function forms({ words: [word = 0] }: IpAddress): string[] {
  return [hexOf(word), reversed(hexOf(word)), String(word)];
}

/** IPv4 addresses as eight hexadecimal digits in both byte orders, and as a number, with those of their pseudonyms. */
function digitsOf(blocks: readonly Block[], pseudonymOf: Pseudonyms): ReadonlyMap<string, string> {
  return new Map(
    blocks.flatMap((block) => {
      if (block.address.family === 6) return [];
      const to = forms(pseudonymOf(block));
      const pairs = forms(block.address).map((form, i): [string, string] => [form, to[i] ?? '']);
      return pairs.filter(([from, pseudonym]) => from !== pseudonym);
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
  const blocks = lexemes.flatMap((lexeme) => (lexeme.kind === 'address' ? [blockOf(lexeme)] : []));
  const pseudonymOf = mapAddresses(blocks, key);
  const digits = digitsOf(blocks, pseudonymOf);
  const taken = new Set(lexemes.flatMap(({ text }) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)));
  const standIn = createStandIns(key, taken);

  function address(lexeme: Lexeme & { kind: 'address' }): string {
    const { text, separator, length } = lexeme;
    const pseudonym = pseudonymOf(blockOf(lexeme));
    if (pseudonym.text === lexeme.address.text) return text;
    const written = pseudonym.text.replaceAll('.', separator) + length;
    ledger.replaced('addresses', text, written);
    return written;
  }
  function part(text: string): string {
    return isNamePart(text) && (isGrammar(text) || !own.has(text.toLowerCase())) ? text : standIn(text);
  }
  function compound(text: string, kept: ReadonlySet<string>): string {
    if (kept.has(text)) return text;
    const hidden = digits.get(text.replace(/^0x/i, '').toLowerCase());
    if (hidden !== undefined) return identifier(text, `${/^0x/i.exec(text)?.[0] ?? ''}${hidden}`);
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
      case 'time':
        return lexeme.text;
      case 'port':
        return lexeme.text.replace(/[^:!]+$/, (name) =>
          portNumber(name) === null ? compound(name, kept) : name,
        );
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
