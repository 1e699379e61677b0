// @ts-check
// What was measured, in words, and whether a row reached its goals.

/** @typedef {import('./run-once.mjs').Measured} Measured */
/** @typedef {import('./run-once.mjs').Recorded} Recorded */
/** @typedef {import('./rows.mjs').Row} Row */
/**
 * @typedef {object} Result
 * @property {string} row
 * @property {number} size
 * @property {Measured | string} ours or why it is missing
 * @property {Record<string, Measured | Recorded | string>} anchors
 * @property {string[]} goals each with what was reached
 */

/**
 * @param {Row['goals'][number]} goal
 * @param {Result} result
 */
export function reached({ of, anchor, most }, { ours, anchors }) {
  if (typeof ours === 'string') return `? ${ours}`;
  if (of === 'ms' || of === 'megabytes') return verdict(ours[of], most, of);
  if (of === 'other answers') return verdict(otherAnswers(ours, Object.values(anchors)), most, of);
  const wanted = Object.entries(anchors).filter(([name]) => anchor === undefined || name === anchor);
  const field = of === 'length' ? 'length' : 'ms';
  const values = wanted.flatMap(([, one]) => (typeof one === 'string' ? [] : (one[field] ?? [])));
  if (values.length === 0) return `? ${wanted.map(([name, one]) => `${name}: ${shown(one)}`).join('; ')}`;
  const name = `${field} of ${anchor ?? 'the fastest'}`;
  return verdict((ours[field] ?? Number.NaN) / Math.min(...values), most, name);
}

/**
 * How many anchors found something else, or nothing that can be compared.
 * @param {Measured} ours
 * @param {Result['anchors'][string][]} anchors
 */
function otherAnswers({ answer }, anchors) {
  return anchors.filter((one) => typeof one === 'string' || !('answer' in one) || one.answer !== answer)
    .length;
}

/**
 * @param {number} value
 * @param {number} most
 * @param {string} unit
 */
export function verdict(value, most, unit) {
  return `${value <= most ? 'met' : 'MISSED'}: ${value.toPrecision(3)} (at most ${most}) ${unit}`;
}

/** @param {Measured | Recorded | string} one */
export function shown(one) {
  if (typeof one === 'string') return one;
  const ms = `${one.ms.toPrecision(3)} ms`;
  const memory = 'megabytes' in one ? `, ${Math.round(one.megabytes)} MB` : '';
  return `${ms}${memory}${one.length === undefined ? '' : `, ${one.length} characters`}`;
}
