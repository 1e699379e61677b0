// Runs before the page itself has come, and is small: chooses the theme, shows the screen that was written at build
// time to those whose page opens on it, and has what the page will want first fetched beside it.
import { readSettings } from './session/settings.ts';
import { NARROW } from './ui/narrow.ts';
import { opensOnFirstSample } from './ui/shell/first-visit.ts';
import { firstTables } from './ui/shell/first-words.ts';
import { pageMemory } from './ui/shell/storage.ts';

const memory = pageMemory();
const { locale, theme } = readSettings(memory, { search: location.search, languages: navigator.languages });

/** The page holds the English screen; the Chinese one is put in its place, unless the live page was quicker. */
async function showChinese(): Promise<void> {
  const { html } = await import('virtual:first-screen/zh');
  const english = document.querySelector('.first');
  if (english) english.outerHTML = html;
}

document.documentElement.dataset['theme'] = theme;
const isFirst = opensOnFirstSample(memory);
if (isFirst) {
  document.documentElement.dataset['first'] = locale;
  if (locale === 'zh') void showChinese();
  void import('virtual:first-answer');
}
if (isFirst && matchMedia(NARROW).matches) void firstTables(locale);
else void (locale === 'zh' ? import('./i18n/zh.ts') : import('./i18n/en.ts'));
