// A log in pieces of any size -> its entries as they come. Holds no more than a line, or a JSON object over many lines.
import { readJson } from '../../base/json-reader.ts';
import type { AccessLogEntry } from './entry.ts';
import type { GivenFormats } from './given-format.ts';
import { jsonRowFormat, rowReader } from './read.ts';
import { readRow } from './row.ts';

export interface EntryStream {
  /** The entries that end in this piece of text. */
  readonly push: (piece: string) => AccessLogEntry[];
  /** What was left over: the entry of a last line without an end. */
  readonly end: () => AccessLogEntry[];
}

/** A pretty-printed entry has fewer lines; what goes on longer is no entry. */
const LINES_OF_OBJECT = 200;

/** Spans of the entries are offsets into their own line or object. */
export function createEntryStream(given: GivenFormats): EntryStream {
  const rowOf = rowReader(given);
  let rest = '';
  let object: string[] = [];

  const objectEntry = (): AccessLogEntry[] => {
    const text = object.join('\n');
    object = [];
    const source = { name: 'object', text };
    const { value } = readJson(source, { from: 0, to: text.length });
    const row = jsonRowFormat(value, given);
    return row ? [readRow(source, value.span, row)] : [];
  };

  const lineEntries = (line: string): AccessLogEntry[] => {
    const found = rowOf(line);
    if (found) {
      object = [];
      const span = { from: found.start, to: line.length };
      return [readRow({ name: 'line', text: line }, span, found.row)];
    }
    if (object.length === 0 && !/^\s*\{\s*(?:"|$)/.test(line)) return [];
    object = object.length < LINES_OF_OBJECT ? [...object, line] : [];
    return /^\s*\},?\s*$/.test(line) && isClosed(object) ? objectEntry() : [];
  };

  return {
    push: (piece) => {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      return lines.flatMap((line) => lineEntries(line.trimEnd()));
    },
    end: () => {
      const last = lineEntries(rest.trimEnd());
      rest = '';
      return last;
    },
  };
}

/** Whether each brace is closed; those in strings come in pairs, or the object is read when it is too long. */
function isClosed(lines: readonly string[]): boolean {
  const text = lines.join('\n').replaceAll(/"(?:[^"\\]|\\.)*"/g, '');
  return text.split('{').length === text.split('}').length;
}
