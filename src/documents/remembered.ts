// Texts that were read lately, so that another request, or an edit in another pod, reads nothing again.
import { readable } from '../base/reading.ts';
import type { Source } from '../base/source.ts';
import { parsePaste, type ParsedPaste } from './parse.ts';

export interface ReadText extends ParsedPaste {
  /** The text that was read: what a person pasted, without what copying left in it. */
  readonly source: Source;
}

/** So many texts, and so many characters of them beside the last one, are kept. */
const TEXTS = 16;
const CHARACTERS = 64_000_000;

interface Remembered {
  readonly name: string;
  readonly text: string;
  readonly read: ReadText;
}

/** The one that was asked for last comes first. */
let remembered: readonly Remembered[] = [];

function withinLimits(all: readonly Remembered[]): readonly Remembered[] {
  let characters = 0;
  return all.filter(({ text }, i) => {
    if (i > 0) characters += text.length;
    return i < TEXTS && characters <= CHARACTERS;
  });
}

/** Reads a paste: its documents and commands. The same text with the same name gives the same objects. */
export function readText(name: string, text: string): ReadText {
  const known = remembered.find((each) => each.name === name && each.text === text);
  const one = known ?? { name, text, read: reading(name, text) };
  remembered = withinLimits([one, ...remembered.filter((each) => each !== one)]);
  return one.read;
}

function reading(name: string, text: string): ReadText {
  const source = readable({ name, text });
  return { source, ...parsePaste(source) };
}
