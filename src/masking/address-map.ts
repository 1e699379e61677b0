// IP addresses -> pseudonyms, in the manner of Crypto-PAn: two addresses that share n leading bits share n leading bits
// afterwards, so a subnet stays one. Each bit is flipped, or not, by a keyed hash of the bits before it. Ranges with a
// meaning of their own keep their prefix (`address-ranges.ts`); those that tell nothing about a network stay as they are.
// Xu et al., Prefix-preserving IP address anonymization (2002).
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { addressOf, type IpAddress } from '../base/ip.ts';
import { bitsOf, CLASSES, isKept, isWrapped, STAND_INS } from './address-ranges.ts';

/** An address, or the network of its first `depth` bits, whose other bits are zero. */
export interface Block {
  readonly address: IpAddress;
  readonly depth: number;
}

/** The pseudonym of any address or network; one with the same meaning everywhere is its own. */
export type Pseudonyms = (block: Block) => IpAddress;

/** Keys tried until no pseudonym is also an address of the scenario; the later ones steer around those. */
const ATTEMPTS = 24;
const UNSTEERED = 4;

function addressOfBits(bits: string): IpAddress {
  const words = bits.slice(1).match(/.{32}/g) ?? [];
  return addressOf(words.map((word) => Number.parseInt(word, 2)));
}

/** `::ffff:10.0.0.1` is 10.0.0.1, and is called as it is. */
function unwrapped({ address, depth }: Block): Block {
  return depth > 96 && isWrapped(address)
    ? { address: addressOf(address.words.slice(3)), depth: depth - 96 }
    : { address, depth };
}

/** The bits that lead to a block, with the family in front: those of the two never mix. */
function pathOf({ address, depth }: Block): string {
  return bitsOf(address).slice(0, depth + 1);
}

/** Whether some of the sorted texts begins so. */
function begins(sorted: readonly string[], start: string): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < start) low = middle + 1;
    else high = middle;
  }
  return sorted[low]?.startsWith(start) === true;
}

/** Whether to flip the bit behind `before`, which has become `image`. */
type Flips = (before: string, image: string) => boolean;

/** Flips that lead away from the taken addresses; null where either is as good. */
function steering(taken: readonly string[]): (before: string, image: string) => boolean | null {
  return (before, image) => {
    if (!begins(taken, image)) return null;
    const [own0, own1] = [begins(taken, `${before}0`), begins(taken, `${before}1`)];
    const [there0, there1] = [begins(taken, `${image}0`), begins(taken, `${image}1`)];
    const straight = Number(own0 && there0) + Number(own1 && there1);
    const crossed = Number(own0 && there1) + Number(own1 && there0);
    return straight === crossed ? null : straight > crossed;
  };
}

/** A bit for each row of bits: one digest holds those of the 255 rows that begin with the same whole octets. */
function hashedBits(key: Uint8Array, attempt: number): (before: string) => boolean {
  const keyed = hmac.create(sha256, key);
  const digests = new Map<string, Uint8Array>();
  const digestOf = (octets: string): Uint8Array => {
    const text = Uint8Array.from(`${attempt}:${octets}`, (c) => c.charCodeAt(0));
    return keyed.clone().update(text).digest();
  };
  return (before) => {
    const whole = before.length - ((before.length - 1) % 8);
    const octets = before.slice(0, whole);
    const digest = digests.get(octets) ?? digestOf(octets);
    digests.set(octets, digest);
    const row = Number.parseInt(`1${before.slice(whole)}`, 2);
    return (((digest[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;
  };
}

function flipsOf(
  key: Uint8Array,
  attempt: number,
  fixed: ReadonlySet<string>,
  taken: readonly string[],
): Flips {
  const known = new Map<string, boolean>();
  const steered = attempt < UNSTEERED ? () => null : steering(taken);
  const hashed = hashedBits(key, attempt);
  return (before, image) => {
    const flip = known.get(before) ?? (!fixed.has(before) && (steered(before, image) ?? hashed(before)));
    known.set(before, flip);
    return flip;
  };
}

function mapped(block: Block, flips: Flips): IpAddress {
  const path = pathOf(block);
  let image = path.slice(0, 1);
  for (let i = 1; i < path.length; i += 1)
    image += flips(path.slice(0, i), image) === (path[i] === '0') ? '1' : '0';
  return addressOfBits(image.padEnd(1 + 32 * block.address.words.length, '0'));
}

function pseudonymOf(block: Block, flips: Flips): IpAddress {
  const { address } = block;
  const inner = unwrapped(block);
  const image = isKept(inner.address) ? inner.address : mapped(inner, flips);
  return inner.address === address ? image : addressOf([...address.words.slice(0, 3), ...image.words]);
}

/** Networks that hold an address of the engine's: a rule about one decides of it in the copy too. */
function networksOfStandIns(blocks: readonly Block[]): string[] {
  const networks = blocks.filter(({ address, depth }) => depth < 32 * address.words.length);
  return networks.map(pathOf).filter((path) => STAND_INS.some((each) => bitsOf(each).startsWith(path)));
}

/** The bits of which each of the rows begins with some. */
function beginningsOf(rows: readonly string[]): Set<string> {
  return new Set(rows.flatMap((row) => Array.from(row, (_, i) => row.slice(0, i + 1))));
}

/** `key` decides; 16 random bytes are enough. No pseudonym of these is an address of another, or its own. */
export function mapAddresses(blocks: readonly Block[], key: Uint8Array): Pseudonyms {
  const all = blocks.map(unwrapped);
  const fixed = beginningsOf([...CLASSES, ...networksOfStandIns(all)]);
  const isFixed = (block: Block) => isKept(block.address) || fixed.has(pathOf(block));
  const secret = [
    ...new Map(all.filter((each) => !isFixed(each)).map((each) => [pathOf(each), each])).values(),
  ];
  const originals = new Set([...secret.map(({ address }) => address), ...STAND_INS].map(({ text }) => text));
  const taken = secret.map(({ address }) => bitsOf(address)).toSorted((a, b) => (a < b ? -1 : 1));
  const isClean = (flips: Flips) => secret.every((block) => !originals.has(mapped(block, flips).text));
  for (let attempt = 0; ; attempt += 1) {
    const flips = flipsOf(key, attempt, fixed, taken);
    if (attempt === ATTEMPTS || isClean(flips)) return (block) => pseudonymOf(block, flips);
  }
}
