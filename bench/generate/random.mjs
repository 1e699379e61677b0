// @ts-check
// Numbers that a seed decides (mulberry32), so that a bench can be run again on the same input, or on another.

/**
 * @param {number} seed
 * @returns {(below: number) => number} the next whole number in [0, below)
 */
export function randomOf(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/**
 * @param {(below: number) => number} random
 * @param {string} alphabet
 * @param {number} length
 */
export function word(random, alphabet, length) {
  return Array.from({ length }, () => alphabet[random(alphabet.length)]).join('');
}

/** @param {number} first the first octet
 *  @param {number} n */
export function ipv4(first, n) {
  return `${first}.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
}
