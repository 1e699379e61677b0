// JSON text -> tree with spans. Strict JSON, as large as it may be, is gone over once and read where it is looked at;
// what people paste beyond that is read tolerantly, and each gap is marked.
import type { Parsed } from './diagnostic.ts';
import { memberOf, type JsonNode } from './json.ts';
import { lazyTree } from './json-lazy.ts';
import { structureOf, type JsonStructure } from './json-structure.ts';
import { readTolerantly } from './json-tolerant.ts';
import { perObject } from './lazy.ts';
import { wholeOf, type Source, type Span } from './source.ts';

/** What was read, and the offset behind it: the rest of the text is not this value's. */
export interface ReadJson extends Parsed<JsonNode> {
  readonly end: number;
  /** How far the text, from the start on, is strict JSON. */
  readonly strictTo: number;
}

/** Characters from which it is worth to practise. */
const LARGE = 1_000_000;
const SORTS = '{"a":\t[0, 10,\r\n -1.5, true, false, null], "\\n": [{}, [""], 7], "b": {"c": 8}, "d": 9 }';
let hasPractised = false;

/** V8 compiles a loop without what has not come often enough, and anew when that does: a large text would wait for it. */
function practise(): void {
  hasPractised = true;
  const text = `[${Array.from({ length: 300 }, () => SORTS).join()}]`;
  const structure = structureOf(text, { from: 0, to: text.length });
  const list = lazyTree(structure);
  const items = list.kind === 'array' ? list.items : [];
  for (const item of items) for (const key of ['a', 'b', 'd']) memberOf(item, key);
}

/** The structure that the whole text begins with: of a large one, asked for more than once and made once. */
const structureOfAll = perObject((source: Source) => {
  if (!hasPractised) practise();
  return structureOf(source.text, wholeOf(source));
});

/** Whether a large text is one value of strict JSON, and nothing else. */
export function isLargeJson(source: Source): boolean {
  const { text } = source;
  if (text.length < LARGE || !/^\s*[[{]/.test(text)) return false;
  const { isStrict, end } = structureOfAll(source);
  return isStrict && text.slice(end).trim() === '';
}

function structureIn(source: Source, within: Span): JsonStructure {
  if (within.to - within.from > LARGE) {
    const all = structureOfAll(source);
    if (within.from <= all.from && all.end <= within.to) return all;
  }
  return structureOf(source.text, within);
}

/** Reads one JSON value at the start of `within`. Never throws; what is unreadable becomes `unparsed` or a gap. */
export function readJson(source: Source, within: Span): ReadJson {
  const structure = structureIn(source, within);
  const { isStrict, end } = structure;
  return isStrict
    ? { value: lazyTree(structure), diagnostics: [], end, strictTo: end }
    : { ...readTolerantly(source, within, structure), strictTo: end };
}
