// Runs before the page itself has come, and is small: chooses the theme, shows the screen that was written at build
// time to those whose page opens on it, and has what the page will want first fetched beside it.
import { isDraftKept } from './session/draft-mark.ts';
import { readSettings } from './session/settings.ts';
import { pageMemory } from './ui/shell/storage.ts';

const memory = pageMemory();
const { locale, theme } = readSettings(memory, { search: location.search, languages: navigator.languages });
const asked = [...new URLSearchParams(location.search).keys()].filter((key) => key !== 'l');
const opensOnFirstSample = location.hash.length < 2 && asked.length === 0 && !isDraftKept(memory);

document.documentElement.dataset['theme'] = theme;
if (opensOnFirstSample) {
  document.documentElement.dataset['first'] = locale;
  void import('virtual:first-answer');
}
void (locale === 'zh' ? import('./i18n/zh.ts') : import('./i18n/en.ts'));
