// JSON text -> tree with spans. Strict JSON, as large as it may be, is gone over once and read where it is looked at;
// what people paste beyond that is read tolerantly, and each gap is marked.
import type { Parsed } from './diagnostic.ts';
import type { JsonNode } from './json.ts';
import { lazyTree } from './json-lazy.ts';
import { structureOf } from './json-structure.ts';
import { readTolerantly } from './json-tolerant.ts';
import type { Source, Span } from './source.ts';

/** What was read, and the offset behind it: the rest of the text is not this value's. */
export interface ReadJson extends Parsed<JsonNode> {
  readonly end: number;
}

/** Reads one JSON value at the start of `within`. Never throws; what is unreadable becomes `unparsed` or a gap. */
export function readJson(source: Source, within: Span): ReadJson {
  const structure = structureOf(source.text, within);
  return structure
    ? { value: lazyTree(structure), diagnostics: [], end: structure.end }
    : readTolerantly(source, within);
}
