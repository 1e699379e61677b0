// YAML in the style in which tools print it -> the tree: block maps and lists by their columns, a value a line. What a
// value is folded or flowing is read by the library, alone; what else is unusual makes the whole text the library's.
// https://yaml.org/spec/1.2.2/#chapter-8-block-style-productions
import type { JsonMember, JsonNode } from './json.ts';
import type { Source, Span } from './source.ts';
import { keyBefore, scalarOf } from './yaml-scalar.ts';

/** The library's reading of a value that is no block collection; null when it finds anything wrong. */
export type ReadValue = (span: Span) => JsonNode | null;

/** Deeper than anything a tool prints; the library has its own way to refuse. */
const DEPTH = 100;

const DASH = 0x2d;
const HASH = 0x23;
const SPACE = 0x20;

/** The line under way: of those with something on them, the first that is not read. */
interface Cursor {
  readonly text: string;
  readonly end: number;
  readonly readValue: ReadValue;
  /** Its first character, and the end of the line; its column, -1 behind the last line of a document. */
  at: number;
  lineEnd: number;
  column: number;
  depth: number;
  /** Something is not as tools print it. */
  unusual: boolean;
}

function isBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

function firstOf(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE) at += 1;
  return at;
}

/** Goes on to the next line that holds more than a comment. */
function nextLine(cursor: Cursor, from: number): void {
  const { text, end } = cursor;
  for (let start = from; start < end;) {
    const lineEnd = lineEndAt(cursor, start);
    const at = firstOf(text, start);
    const code = text.charCodeAt(at);
    if (at < lineEnd && !isBreak(code) && code !== HASH) {
      Object.assign(cursor, { at, lineEnd, column: at - start });
      if (code === 0x09 || (at === start && text.startsWith('---', at))) endDocument(cursor);
      return;
    }
    start = lineEnd + 1;
  }
  Object.assign(cursor, { at: end, lineEnd: end, column: -1 });
}

/** The line that separates two documents ends one; anything else that looks like it is unusual. */
function endDocument(cursor: Cursor): void {
  cursor.column = -1;
  cursor.unusual ||= !/^---[ \r]*$/.test(cursor.text.slice(cursor.at, cursor.lineEnd));
}

function lineEndAt({ text, end }: Cursor, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 || at > end ? end : at;
}

/** Where something stands behind an offset in this line; -1 when only a comment does. */
function inlineAt({ text, lineEnd }: Cursor, from: number): number {
  const at = firstOf(text, from);
  const code = text.charCodeAt(at);
  return at >= lineEnd || isBreak(code) || (code === HASH && at > from) ? -1 : at;
}

function startsItem({ text, end }: Cursor, at: number): boolean {
  if (text.charCodeAt(at) !== DASH) return false;
  const next = text.charCodeAt(at + 1);
  return at + 1 >= end || next === SPACE || isBreak(next);
}

function nothingAt(at: number): JsonNode {
  return { kind: 'null', span: { from: at, to: at } };
}

/** What means something else alone: anchors, tags, columns counted from without, marks of documents and directives. */
const NOT_ALONE = /[&*!%]|[|>][-+]?\d|---|\.\.\./y;

/** What stands from an offset of this line on as far as lines are deeper than a column: for the library. */
function readFolded(cursor: Cursor, from: number, column: number): JsonNode {
  let to = cursor.lineEnd;
  for (let start = to + 1; start < cursor.end; start = to + 1) {
    const at = firstOf(cursor.text, start);
    if (at - start <= column && at < cursor.end && !isBreak(cursor.text.charCodeAt(at))) break;
    to = lineEndAt(cursor, start);
  }
  NOT_ALONE.lastIndex = from;
  const alone = !NOT_ALONE.test(cursor.text);
  const value = alone ? cursor.readValue({ from, to: Math.min(to + 1, cursor.end) }) : null;
  nextLine(cursor, to + 1);
  cursor.unusual ||= value === null || value.kind === 'unparsed';
  return value ?? nothingAt(from);
}

/** A value on the line of its key or dash, which stands in that column. */
function readInline(cursor: Cursor, at: number, column: number): JsonNode {
  const scalar = scalarOf(cursor.text, at, cursor.lineEnd);
  if (scalar === 'unusual') cursor.unusual = true;
  if (scalar === 'unusual' || scalar === 'folded') return readFolded(cursor, at, column);
  const { lineEnd } = cursor;
  nextLine(cursor, lineEnd + 1);
  if (cursor.column <= column || !scalar.plain) return scalar.node;
  cursor.lineEnd = lineEnd;
  return readFolded(cursor, at, column);
}

/** What stands below a key or dash in that column; a list below a key may stand in the same. */
function readBelow(cursor: Cursor, column: number, behind: number, ofKey: boolean): JsonNode {
  const nothing = nothingAt(firstOf(cursor.text, behind));
  nextLine(cursor, cursor.lineEnd + 1);
  if (cursor.column > column) return readNode(cursor, column);
  const isList = ofKey && cursor.column === column && startsItem(cursor, cursor.at);
  return isList ? readSequence(cursor, column) : nothing;
}

function readNode(cursor: Cursor, above: number): JsonNode {
  if (startsItem(cursor, cursor.at)) return readSequence(cursor, cursor.column);
  if (keyBefore(cursor.text, cursor.at)) return readMap(cursor, cursor.column);
  return readFolded(cursor, cursor.at, above);
}

function readItem(cursor: Cursor, column: number): JsonNode {
  const behind = cursor.at + 1;
  const at = inlineAt(cursor, behind);
  if (at < 0) return readBelow(cursor, column, behind, false);
  if (!startsItem(cursor, at) && !keyBefore(cursor.text, at)) return readInline(cursor, at, column);
  cursor.column += at - cursor.at;
  cursor.at = at;
  return readNode(cursor, column);
}

function readSequence(cursor: Cursor, column: number): JsonNode {
  const from = cursor.at;
  const items: JsonNode[] = [];
  if (++cursor.depth > DEPTH) cursor.unusual = true;
  while (!cursor.unusual && cursor.column === column && startsItem(cursor, cursor.at))
    items.push(readItem(cursor, column));
  cursor.depth -= 1;
  if (cursor.column > column) cursor.unusual = true;
  return { kind: 'array', span: { from, to: items.at(-1)?.span.to ?? from }, items, gaps: [] };
}

function readMap(cursor: Cursor, column: number): JsonNode {
  const from = cursor.at;
  const members: JsonMember[] = [];
  if (++cursor.depth > DEPTH) cursor.unusual = true;
  while (!cursor.unusual && cursor.column === column) {
    const found = keyBefore(cursor.text, cursor.at);
    if (!found) break;
    const keySpan = { from: cursor.at, to: found.keyEnd };
    const at = inlineAt(cursor, found.to);
    const value = at < 0 ? readBelow(cursor, column, found.to, true) : readInline(cursor, at, column);
    members.push({ key: found.key, keySpan, value });
  }
  cursor.depth -= 1;
  if (cursor.column > column) cursor.unusual = true;
  const last = members.at(-1);
  const to = last ? Math.max(last.value.span.to, last.keySpan.to) : from;
  return { kind: 'object', span: { from, to }, members, gaps: [] };
}

/** The documents of a text that is printed so; null for any other. */
export function readBlocks({ text }: Source, within: Span, readValue: ReadValue): JsonNode[] | null {
  const documents: JsonNode[] = [];
  if (/\r(?!\n)/.test(text.slice(within.from, within.to))) return null; // the library has its own rules for these
  const cursor = { text, end: within.to, readValue, at: 0, lineEnd: 0, column: -1, depth: 0, unusual: false };
  nextLine(cursor, within.from);
  if (cursor.column < 0) nextLine(cursor, cursor.lineEnd + 1);
  for (;;) {
    if (cursor.column < 0 || cursor.unusual) return null;
    documents.push(readNode(cursor, -1));
    if (cursor.column >= 0 || cursor.unusual) return null;
    if (cursor.at >= within.to) return documents;
    nextLine(cursor, cursor.lineEnd + 1);
  }
}
