// The sentence for a part of a rule or a key of the configuration.
import type { Words } from '../../i18n/words.ts';
import type { Part } from './rule-words.ts';

/** Null when nothing is known of the part. */
export function saysPart(words: Words, { negated, meaning }: Part): string | null {
  if (!words.knows(meaning.code)) return null;
  const sentence = words.say(meaning);
  return negated ? words.t('rule.not', { sentence }) : sentence;
}
