// The arguments of istio-init with another value for one of them, as they were written: a command line, a JSON or YAML
// list, what `kubectl describe` prints. The rest of the text stays as it was.
import { initWords, longFlag, type InitWord } from './init-words.ts';

/** `flag` short or long; a flag that is not there yet is put behind the last. Offsets and text are those of the document. */
export function withInitFlag(text: string, flag: string, value: string): string {
  const words = initWords(text);
  const { found, values } = lookUp(words, flag);
  if (!found) return appended(text, words, flag, value);
  if (found.text.includes('=')) {
    const from = found.from + text.slice(found.from, found.to).indexOf('=') + 1;
    return text.slice(0, from) + value + text.slice(found.to - (found.quote === '' ? 0 : 1));
  }
  const [first, last] = [values[0], values.at(-1)];
  if (!first || !last)
    return text.slice(0, found.to) + gapOf(text, words) + quoted(value, found.quote) + text.slice(found.to);
  return text.slice(0, first.from) + quoted(value, first.quote) + text.slice(last.to);
}

function isFlag({ text }: InitWord): boolean {
  return /^--?[a-z]/.test(text);
}

function nameOf({ text }: InitWord): string {
  return text.split('=', 1)[0] ?? text;
}

function appended(text: string, words: readonly InitWord[], flag: string, value: string): string {
  const last = words.at(-1);
  if (!last) return `${text.trimEnd()} ${flag} ${quoted(value, '')}`;
  const gap = gapOf(text, words);
  const added = gap + quoted(flag, words[0]?.quote ?? '') + gap + quoted(value, last.quote);
  return text.slice(0, last.to) + added + text.slice(last.to);
}

/** What stands between two arguments: a blank, a comma, a line with a dash. */
function gapOf(text: string, words: readonly InitWord[]): string {
  const at = words.findLastIndex(isFlag);
  const [before, after] = words[at + 1] ? [words[at], words[at + 1]] : [words[at - 1], words[at]];
  return before && after ? text.slice(before.to, after.from) : ' ';
}

/** As its neighbours are, or so that a shell and YAML leave it alone. */
function quoted(word: string, quote: InitWord['quote']): string {
  if (quote !== '') return `${quote}${word}${quote}`;
  if (word === '') return '""';
  return /[*\s]/.test(word) ? `'${word}'` : word;
}

/** What a flag says now, short or long; null when it is not there. */
export function initFlagOf(text: string, flag: string): string | null {
  const { found, values } = lookUp(initWords(text), flag);
  if (!found) return null;
  return found.text.includes('=')
    ? found.text.slice(found.text.indexOf('=') + 1)
    : values.map((word) => word.text).join(',');
}

/** The flag's last occurrence, and the words behind it up to the next flag. */
function lookUp(words: readonly InitWord[], flag: string) {
  const at = words.findLastIndex((word) => isFlag(word) && longFlag(nameOf(word)) === longFlag(flag));
  const end = words.findIndex((word, i) => i > at && isFlag(word));
  return { found: words[at], values: words.slice(at + 1, end < 0 ? words.length : end) };
}
