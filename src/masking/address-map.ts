// IP addresses -> pseudonyms, in the manner of Crypto-PAn: two addresses that share n leading bits share n leading bits
// afterwards, so a subnet stays one. Each bit is flipped, or not, by a keyed hash of the bits before it. Ranges with a
// meaning of their own keep their prefix; those that tell nothing about a network stay as they are.
// Xu et al., Prefix-preserving IP address anonymization (2002).
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { addressOf, contains, parsePrefix, type IpAddress, type Prefix } from '../base/ip.ts';
import { UNKNOWN_CLIENT, UNKNOWN_PEER, UNKNOWN_POD } from '../engine/trace/stand-ins.ts';

/** Loopback, link-local, multicast, "any", masks: the same in every network. */
const KEPT = prefixes('0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '255.0.0.0/8').concat(
  prefixes('::/112', 'fe80::/10', 'ff00::/8'),
);

/** Private and shared ranges, Istio's own for services without an address, and IPv4 inside IPv6. */
const CLASSES = prefixes(
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '240.240.0.0/16',
).concat(prefixes('fc00::/8', 'fd00::/8', '2001:db8::/32', '::ffff:0:0/96', '64:ff9b::/96'));

/** Addresses that the engine puts where nothing is told: it does so in the copy too. */
const STAND_INS = [UNKNOWN_CLIENT, UNKNOWN_PEER, UNKNOWN_POD].flatMap((each) =>
  prefixes(each[4].text, each[6].text),
);

const FIXED = [...KEPT, ...CLASSES, ...STAND_INS].map(({ address, length }) =>
  bitsOf(address).slice(0, length ?? 0),
);

/** Keys tried until no pseudonym is also an address of the scenario. */
const ATTEMPTS = 16;

function prefixes(...texts: readonly string[]): Prefix[] {
  return texts.flatMap((text) => parsePrefix(text) ?? []);
}

/** With the family in front: the bits of the two never mix. */
function bitsOf({ family, words }: IpAddress): string {
  return `${family}${words.map((word) => word.toString(2).padStart(32, '0')).join('')}`;
}

function addressOfBits(bits: string): IpAddress {
  const words = bits.slice(1).match(/.{32}/g) ?? [];
  return addressOf(words.map((word) => Number.parseInt(word, 2)));
}

function isKept(address: IpAddress): boolean {
  return KEPT.some((prefix) => contains(prefix, address));
}

type Flips = (before: string) => boolean;

function flipsOf(key: Uint8Array, attempt: number): Flips {
  const known = new Map<string, boolean>();
  const encoder = (before: string) => Uint8Array.from(`${attempt}:${before}`, (c) => c.charCodeAt(0));
  return (before) => {
    const flip =
      known.get(before) ??
      (!FIXED.some((prefix) => prefix.startsWith(before)) &&
        ((hmac(sha256, key, encoder(before))[0] ?? 0) & 1) === 1);
    known.set(before, flip);
    return flip;
  };
}

function mapped(address: IpAddress, flips: Flips): IpAddress {
  const bits = bitsOf(address);
  let result = bits.slice(0, 1);
  for (let i = 1; i < bits.length; i += 1)
    result += flips(bits.slice(0, i)) === (bits[i] === '0') ? '1' : '0';
  return addressOfBits(result);
}

/** The pseudonym of any address; an address with the same meaning everywhere is its own. */
export type Pseudonyms = (address: IpAddress) => IpAddress;

/** `key` decides; 16 random bytes are enough. No pseudonym of these addresses is another one of them. */
export function mapAddresses(addresses: readonly IpAddress[], key: Uint8Array): Pseudonyms {
  const secret = addresses.filter((address) => !isKept(address));
  const originals = new Set(secret.map(({ text }) => text));
  for (let attempt = 0; ; attempt += 1) {
    const flips = flipsOf(key, attempt);
    const known = new Map(secret.map((address) => [address.text, mapped(address, flips)]));
    const isClean = [...known.values()].every(({ text }) => !originals.has(text));
    if (isClean || attempt === ATTEMPTS)
      return (address) => (isKept(address) ? address : (known.get(address.text) ?? mapped(address, flips)));
  }
}
