// The words between the braces of a set or a map -> its elements. `10.0.0.1 . 80 timeout 1h : jump web` has a key of
// two parts and data. Notation: nft(8), SETS, MAPS, ELEMENTS; timeouts, counters and comments of elements do not decide.
import { append } from '../../base/append.ts';
import type { Span } from '../../base/source.ts';
import type { Token } from '../iptables/tokens.ts';

/** One element of a set, or of a map when it has data. */
export interface Element {
  /** The parts of a concatenated key; `*` alone stands for every other key. */
  readonly key: readonly string[];
  readonly data: readonly Token[];
}

/** How many words a braced group takes, its braces included; 0 when none starts here. */
export function bracedLength(words: readonly Token[], at: number): number {
  if (words[at]?.text !== '{') return 0;
  let depth = 0;
  for (let end = at; end < words.length; end += 1) {
    if (words[end]?.text === '{') depth += 1;
    if (words[end]?.text === '}') depth -= 1;
    if (depth === 0) return end - at + 1;
  }
  return words.length - at;
}

/** The elements of the words between two braces. */
export function readElements(words: readonly Token[]): Element[] {
  const elements: Element[] = [];
  let open: Token[] = [];
  for (const word of words) {
    if (word.text !== ',') open.push(word);
    else if (open.length > 0) elements.push(readElement(open.splice(0)));
  }
  if (open.length > 0) elements.push(readElement(open));
  return elements;
}

function readElement(words: readonly Token[]): Element {
  const colon = words.findIndex(({ text }) => text === ':' || /[^:]:$/.test(text));
  const glued = words[colon]?.text !== ':'; // `80: accept`, as people write it
  const left = words.slice(0, colon < 0 ? words.length : glued ? colon + 1 : colon);
  const key = [left[0]?.text ?? ''];
  for (let at = 1; left[at]?.text === '.'; at += 2) key.push(left[at + 1]?.text ?? '');
  if (colon < 0) return { key, data: [] };
  return { key: key.map((part) => part.replace(/:$/, '')), data: words.slice(colon + 1) };
}

/** Whether some word is the name of a set: `@blocked`. */
export function namesSet(words: readonly Token[]): boolean {
  return words.some(({ text }) => text.startsWith('@'));
}

/** Named sets and maps: the words of a declaration's `elements = { … }` and of `add element … { … }`. */
export class NamedSets {
  private readonly sets = new Map<string, Token[]>();

  declare(name: string, elements: readonly Token[]): void {
    const known = this.sets.get(name) ?? [];
    const [first] = known;
    if (first) known.push({ text: ',', span: first.span });
    append(known, elements);
    this.sets.set(name, known);
  }

  /** Each `@name` that is declared gives way to its elements in braces, which stand where the name stood. */
  resolve(words: readonly Token[]): readonly Token[] {
    if (!namesSet(words)) return words;
    return words.flatMap((word) => {
      const elements = word.text.startsWith('@') ? this.sets.get(word.text.slice(1)) : undefined;
      return elements ? braced(elements, word.span) : [word];
    });
  }
}

function braced(elements: readonly Token[], span: Span): Token[] {
  return ['{', ...elements.map(({ text }) => text), '}'].map((text) => ({ text, span }));
}
