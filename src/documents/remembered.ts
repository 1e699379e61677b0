// Texts that were read lately, so that another request, or an edit in another pod, reads nothing again.
import { readable } from '../base/reading.ts';
import { editedText, type ReadText } from './edited.ts';
import { parsePaste } from './parse.ts';

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
  const one = known ?? { name, text, read: edited(name, text) ?? reading(name, text) };
  remembered = withinLimits([one, ...remembered.filter((each) => each !== one)]);
  return one.read;
}

/** What the text that was read last by that name has become. */
function edited(name: string, text: string): ReadText | null {
  const last = remembered.find((each) => each.name === name);
  return last ? editedText(last.read, text) : null;
}

function reading(name: string, text: string): ReadText {
  const source = readable({ name, text });
  return { source, ...parsePaste(source) };
}
