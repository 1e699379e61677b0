// Whether a sample speaks of what was typed: in its title or text in either language, a symptom, a version, an address.
import type { Sample } from '../../samples/sample.ts';

const texts = new WeakMap<Sample, string>();

function textOf(sample: Sample): string {
  const known = texts.get(sample);
  if (known !== undefined) return known;
  const text = JSON.stringify(sample).toLowerCase();
  texts.set(sample, text);
  return text;
}

/** Every word that was typed must stand somewhere in the sample; nothing typed matches all. */
export function matches(sample: Sample, asked: string): boolean {
  const words = asked
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return words.every((word) => textOf(sample).includes(word));
}
