// A log in pieces of any size -> its entries as they come. Holds no more than a line, or a JSON object over many lines.
import { readJson } from '../../base/json-reader.ts';
import type { AccessLogEntry } from './entry.ts';
import type { GivenFormats } from './given-format.ts';
import { jsonRowFormat, rowReader } from './read.ts';
import { readRow } from './row.ts';

/** An entry with the line, or the lines of the object, that it was read from. */
export interface StreamedEntry extends AccessLogEntry {
  readonly line: string;
}

export interface EntryStream {
  /** The entries that end in this piece of text. */
  readonly push: (piece: string) => StreamedEntry[];
  /** What was left over: the entry of a last line without an end. */
  readonly end: () => StreamedEntry[];
}

/** A pretty-printed entry has fewer lines; what goes on longer is no entry. */
const LINES_OF_OBJECT = 200;

/** A line that is longer is no entry: Envoy's own limit for all headers is 60 KiB. */
const LONGEST_LINE = 1 << 20;

/**
 * Spans of the entries are offsets into their own line or object. Lines that `mayHold` turns down are not read, unless
 * an object goes on in them.
 */
export function createEntryStream(
  given: GivenFormats,
  mayHold: (line: string) => boolean = () => true,
): EntryStream {
  const rowOf = rowReader(given);
  let rest = '';
  let object: string[] = [];

  const objectEntry = (): StreamedEntry[] => {
    const text = object.join('\n');
    object = [];
    const source = { name: 'object', text };
    const { value } = readJson(source, { from: 0, to: text.length });
    const row = jsonRowFormat(value, given);
    return row ? [{ ...readRow(source, value.span, row), line: text }] : [];
  };

  const lineEntries = (line: string): StreamedEntry[] => {
    if (object.length === 0 && !mayHold(line) && !/^\s*\{\s*$/.test(line)) return [];
    const found = rowOf(line);
    if (found) {
      object = [];
      const span = { from: found.start, to: line.length };
      return [{ ...readRow({ name: 'line', text: line }, span, found.row), line }];
    }
    if (object.length === 0 && !/^\s*\{\s*(?:"|$)/.test(line)) return [];
    object = object.length < LINES_OF_OBJECT ? [...object, line] : [];
    return /^\s*\},?\s*$/.test(line) && isClosed(object) ? objectEntry() : [];
  };

  return {
    push: (piece) => {
      const [first = '', ...others] = piece.split('\n');
      const last = others.pop();
      rest = rest.length > LONGEST_LINE ? rest : rest + first;
      if (last === undefined) return [];
      const lines = [rest.length > LONGEST_LINE ? '' : rest, ...others];
      rest = last;
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
