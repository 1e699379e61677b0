// Both languages at once, for tests and for pages that compare them. The page itself loads one: see load.ts.
import { en } from './en.ts';
import { makeWords, type Words } from './words.ts';
import { zh } from './zh.ts';

const WORDS = { en: makeWords('en', en), zh: makeWords('zh', zh) };

export function wordsOf(locale: 'en' | 'zh'): Words {
  return WORDS[locale];
}
