// English made strange and a third longer, every sentence between brackets: what stands on the screen without them was
// never given to a translator, and what no longer fits would not fit in another language either.
import { en } from './en.ts';
import type { Language } from './words.ts';

const STRANGE: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  A: 'Á',
  E: 'É',
  I: 'Í',
  O: 'Ó',
  U: 'Ú',
};

/** The vowels of what a reader sees; arguments, plural forms and tags keep theirs. */
function strange(text: string): string {
  let depth = 0;
  let tag = false;
  const signs = Array.from(text, (sign) => {
    if (sign === '{') depth += 1;
    if (sign === '}') depth -= 1;
    if (sign === '<') tag = true;
    if (sign === '>') tag = false;
    return depth === 0 && !tag ? (STRANGE[sign] ?? sign) : sign;
  });
  return signs.join('');
}

function pseudoText(text: string): string {
  return `⟦${strange(text)}${'·'.repeat(Math.ceil(text.length / 5))}⟧`;
}

type Tree = { readonly [key: string]: string | Tree };

function pseudoTree(tree: Tree): Tree {
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      key,
      typeof value === 'string' ? pseudoText(value) : pseudoTree(value),
    ]),
  );
}

function isLanguage(tree: Tree): tree is Tree & Language {
  return Object.keys(en).every((key) => key in tree);
}

const tree = pseudoTree(en);

/** English, but unmistakably not. */
export const pseudo: Language = isLanguage(tree) ? tree : en;
