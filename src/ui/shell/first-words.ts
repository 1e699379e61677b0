// The sentences of the first screen, which the build has picked out of each language.
import type { Language } from '../../i18n/words.ts';
import type { Locale } from '../../session/settings.ts';

/** Null while developing. */
export async function firstTables(locale: Locale): Promise<Language | null> {
  const { tables } = await (locale === 'zh'
    ? import('virtual:first-words/zh')
    : import('virtual:first-words/en'));
  return tables;
}
