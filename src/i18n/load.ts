// A language -> its words, fetched when they are first wanted: a reader of one language never loads the other.
import { makeWords, type Words } from './words.ts';

const loading = new Map<'en' | 'zh', Promise<Words>>();

async function fetchWords(locale: 'en' | 'zh'): Promise<Words> {
  if (locale === 'zh') return makeWords(locale, (await import('./zh.ts')).zh);
  return makeWords(locale, (await import('./en.ts')).en);
}

/** The words of a language; asked for twice, loaded once. */
export function loadWords(locale: 'en' | 'zh'): Promise<Words> {
  const known = loading.get(locale);
  if (known) return known;
  const words = fetchWords(locale);
  loading.set(locale, words);
  return words;
}

/** Words that only a test reads. */
export async function loadPseudo(): Promise<Words> {
  return makeWords('en', (await import('./pseudo.ts')).pseudo);
}
