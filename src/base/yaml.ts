// YAML text -> the tree that JSON text gives, with the same spans: what reads JSON reads YAML. Comments and lines that
// say something was left out (`...`, `# 省略`) are gaps of the collection they are indented into.
// https://yaml.org/spec/1.2.2/ (core schema). Tags and merge keys are left out.
import { isAlias, isCollection, isMap, isPair, isScalar, parseAllDocuments } from 'yaml';
import type { Document, ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { diagnostic, type Diagnostic, type Parsed } from './diagnostic.ts';
import type { JsonMember, JsonNode, JsonUnparsed } from './json.ts';
import { lineSpanAt, linesOf, textAt, type Source, type Span } from './source.ts';
import { readBlocks } from './yaml-block.ts';

/** In UTF-16 units: of what tools print, of which a tree is made that holds twenty times as much; else a few seconds' work. */
const BLOCKS_LIMIT = 64_000_000;
const SIZE_LIMIT = 5_000_000;

/** Nodes that are reached through aliases: a few nested ones could stand for a billion. */
const ALIASED_LIMIT = 20_000;

/** Broken lines that are left out, each for one more reading; of a long text, whose errors cost the most, only one. */
const REPAIRS = 5;
const REPAIRED_LIMIT = 500_000;

/** A text with so many errors is none that a line could be taken out of; each costs the library as much as a page. */
const ERRORS = 100;
/** Closed more often than anything opens: as many errors as brackets. */
const CLOSERS = /[}\]]{1000}/;

const OMISSION = /\.{3}|…|省略/;
const OMITTED_LINE = /^\s*(?:\.{3,}|…)\s*$/;
const OMISSION_COMMENT = /^\s*#.*(?:\.{3}|…|省略)/;
const OMITTED_VALUE = /^(?:\.{3,}|…)$/;

const OPTIONS = { logLevel: 'silent', prettyErrors: false, strict: false, uniqueKeys: false } as const;

/** A line that says something was left out; `column` tells which collection it is indented into. */
interface Gap {
  readonly span: Span;
  readonly column: number;
}

interface Reading {
  readonly source: Source;
  /** What yaml's offsets are counted from. */
  readonly at: number;
  /** Where the text that is read ends. */
  readonly end: number;
  readonly anchors: Map<string, ParsedNode>;
  readonly diagnostics: Diagnostic[];
  aliased: number;
}

function readingOf(source: Source, { from, to }: Span, diagnostics: Diagnostic[]): Reading {
  return { source, at: from, end: to, anchors: new Map(), diagnostics, aliased: 0 };
}

const lastRead = new WeakMap<Source, { readonly within: Span; readonly read: Parsed<JsonNode> }>();

/**
 * Reads all documents within; several become an array. Never throws; text that is too large is not read. Readers that
 * ask for the same text one after the other get the same tree.
 */
export function readYaml(source: Source, within: Span): Parsed<JsonNode> {
  const last = lastRead.get(source);
  if (last && last.within.from === within.from && last.within.to === within.to) return last.read;
  const read = readAnew(source, within);
  lastRead.set(source, { within, read });
  return read;
}

function readAnew(source: Source, within: Span): Parsed<JsonNode> {
  const unread: JsonUnparsed = { kind: 'unparsed', span: within };
  const size = within.to - within.from;
  if (size > BLOCKS_LIMIT) return failed(unread, 'yaml.size', { limit: BLOCKS_LIMIT });
  if (CLOSERS.test(textAt(source, within))) return failed(unread, 'yaml.syntax', { problem: 'depth' });
  try {
    return readLines(source, within, gapsIn(source, within), []);
  } catch (error) {
    // Nesting beyond the stack.
    if (error instanceof RangeError) return failed(unread, 'yaml.syntax', { problem: 'depth' });
    throw error;
  }
}

function failed(value: JsonUnparsed, code: string, parameters: Diagnostic['parameters']): Parsed<JsonNode> {
  return { value, diagnostics: [diagnostic('error', code, value.span, parameters)] };
}

function gapsIn(source: Source, within: Span): Gap[] {
  if (!OMISSION.test(textAt(source, within))) return [];
  return Array.from(linesOf(source, within)).flatMap((line) => {
    const text = textAt(source, line);
    return OMITTED_LINE.test(text) || OMISSION_COMMENT.test(text) ? [gapOf(source, line)] : [];
  });
}

function gapOf(source: Source, line: Span): Gap {
  const column = Math.max(0, textAt(source, line).search(/\S/));
  return { span: { from: line.from + column, to: line.to }, column };
}

/** A line that breaks the notation is left out, and what is around it read again. */
function readLines(
  source: Source,
  within: Span,
  gaps: readonly Gap[],
  broken: readonly Diagnostic[],
): Parsed<JsonNode> {
  const blocks = gaps.length === 0 ? readBlocks(source, within, valueReader(source)) : null;
  if (blocks) return { value: oneOf(blocks, within), diagnostics: [] };
  const size = within.to - within.from;
  if (size > SIZE_LIMIT)
    return failed({ kind: 'unparsed', span: within }, 'yaml.size', { limit: SIZE_LIMIT });
  const documents = Array.from(parseAllDocuments(withoutLines(source, within, gaps), OPTIONS));
  const errors = documents.flatMap((document) => document.errors);
  const [error] = errors;
  if (!error) return readDocuments(source, within, documents, gaps, broken);
  const gap = gapOf(source, lineSpanAt(source, within.from + error.pos[0]));
  const problem = diagnostic('error', 'yaml.syntax', gap.span, { problem: error.code });
  const known = gaps.some(({ span }) => span.from === gap.span.from);
  const affordable = Math.floor(REPAIRED_LIMIT / (within.to - within.from));
  const spared = Math.max(1, Math.min(REPAIRS, affordable));
  if (known || broken.length >= spared || errors.length > ERRORS)
    return readDocuments(source, within, documents, gaps, [...broken, problem]);
  const further = [...gaps, gap].toSorted((a, b) => a.span.from - b.span.from);
  return readLines(source, within, further, [...broken, problem]);
}

/** A line of dots would go on with the value above it: as a comment of the same length it does not. */
function withoutLines(source: Source, within: Span, gaps: readonly Gap[]): string {
  const pieces: string[] = [];
  let end = within.from;
  for (const { span } of gaps) {
    pieces.push(source.text.slice(end, span.from), '#'.repeat(span.to - span.from));
    end = span.to;
  }
  return [...pieces, source.text.slice(end, within.to)].join('');
}

function readDocuments(
  source: Source,
  within: Span,
  documents: readonly Document.Parsed[],
  gaps: readonly Gap[],
  broken: readonly Diagnostic[],
): Parsed<JsonNode> {
  const told = gaps.filter(({ span }) => !broken.some((each) => each.span === span));
  const diagnostics = [...broken, ...told.map(({ span }) => diagnostic('info', 'json.gap', span))];
  const values = documents.map((document) => {
    const reading = readingOf(source, within, diagnostics);
    const whole = spanAt(reading, document.range[0], document.range[2]);
    return convert(
      reading,
      document.contents,
      gaps.filter(({ span }) => liesWithin(span, whole)),
    );
  });
  return { value: oneOf(values, within), diagnostics };
}

function oneOf(documents: readonly JsonNode[], within: Span): JsonNode {
  const [only] = documents;
  return only && documents.length === 1 ? only : { kind: 'array', span: within, items: documents, gaps: [] };
}

/** Reads values that are no block collections; null when there is anything to tell about one, or they are too much. */
function valueReader(source: Source): (span: Span) => JsonNode | null {
  let size = 0;
  return (span) => {
    size += span.to - span.from;
    if (size > SIZE_LIMIT) return null;
    const [document, ...others] = parseAllDocuments(textAt(source, span), OPTIONS);
    if (!document || !('contents' in document) || others.length > 0 || document.errors.length > 0)
      return null;
    const { contents } = document;
    if (!contents || (isCollection(contents) && !contents.flow)) return null;
    const reading = readingOf(source, span, []);
    const value = convert(reading, contents, []);
    return reading.diagnostics.length > 0 ? null : value;
  };
}

function liesWithin(inner: Span, outer: Span): boolean {
  return inner.from >= outer.from && inner.from <= outer.to;
}

/** The value that a last `key:` does not have stands behind the text for the library. */
function spanAt({ at, end }: Reading, from: number, to: number): Span {
  return { from: Math.min(at + from, end), to: Math.min(at + to, end) };
}

function convert(reading: Reading, node: ParsedNode | null, gaps: readonly Gap[]): JsonNode {
  if (!node) return { kind: 'unparsed', span: gaps[0]?.span ?? spanAt(reading, 0, 0) };
  if (isAlias(node)) return convertAlias(reading, node.source, spanAt(reading, node.range[0], node.range[1]));
  const value = isScalar(node)
    ? convertScalar(reading, node, gaps)
    : isMap(node)
      ? convertMap(reading, node, gaps)
      : convertSequence(reading, node, gaps);
  if (node.anchor !== undefined) reading.anchors.set(node.anchor, node);
  return value;
}

/** The node that carries the anchor, read again: its spans are those of the text it stands in. */
function convertAlias(reading: Reading, name: string, span: Span): JsonNode {
  const target = reading.aliased < ALIASED_LIMIT ? reading.anchors.get(name) : undefined;
  reading.aliased += target ? sizeOf(target) : 0;
  if (target && reading.aliased < ALIASED_LIMIT) return convert(reading, target, []);
  reading.diagnostics.push(diagnostic('error', 'yaml.alias', span, { name }));
  return { kind: 'unparsed', span };
}

/** How many nodes it is written with; aliases inside it count when they are read. */
function sizeOf(node: unknown): number {
  if (isPair(node)) return sizeOf(node.value);
  return isCollection(node) ? node.items.reduce<number>((sum, item) => sum + sizeOf(item), 1) : 1;
}

function convertScalar(reading: Reading, scalar: Scalar.Parsed, gaps: readonly Gap[]): JsonNode {
  const { value, source } = scalar;
  const span = spanAt(reading, scalar.range[0], scalar.range[1]);
  if (typeof value === 'number') return { kind: 'number', span, value, text: source };
  if (typeof value === 'boolean') return { kind: 'boolean', span, value };
  // A key with nothing behind it may have a line below that says so.
  if (typeof value !== 'string')
    return gaps[0] ? { kind: 'unparsed', span: gaps[0].span } : { kind: 'null', span };
  if (scalar.type !== 'PLAIN' || !OMITTED_VALUE.test(value)) return { kind: 'string', span, value };
  reading.diagnostics.push(diagnostic('info', 'json.gap', span));
  return { kind: 'unparsed', span };
}

function convertMap(reading: Reading, map: YAMLMap.Parsed, gaps: readonly Gap[]): JsonNode {
  const starts = map.items.map(({ key }) => reading.at + key.range[0]);
  const values = map.items.map(({ value }) => value);
  const shared = shareGaps(reading, map, starts, values, gaps);
  const members = map.items.flatMap(({ key, value }, i): JsonMember[] => {
    const keySpan = spanAt(reading, key.range[0], key.range[1]);
    const within = shared.below[i] ?? [];
    if (!isScalar(key)) return [];
    const absent: JsonNode = { kind: 'null', span: { from: keySpan.to, to: keySpan.to } };
    return [{ key: String(key.value), keySpan, value: value ? convert(reading, value, within) : absent }];
  });
  const last = members.at(-1);
  const span = spanOf(reading, map, last && Math.max(last.value.span.to, last.keySpan.to));
  return { kind: 'object', span, members, gaps: shared.own };
}

function convertSequence(reading: Reading, sequence: YAMLSeq.Parsed, gaps: readonly Gap[]): JsonNode {
  const starts = sequence.items.map((item) => reading.at + item.range[0]);
  const { own, below } = shareGaps(reading, sequence, starts, sequence.items, gaps);
  const nodes = sequence.items.map((item, i) => convert(reading, item, below[i] ?? []));
  const items = nodes.filter((node) => node.kind !== 'unparsed');
  const left = nodes.filter((node) => node.kind === 'unparsed').map((node) => node.span);
  return {
    kind: 'array',
    span: spanOf(reading, sequence, nodes.at(-1)?.span.to),
    items,
    gaps: [...own, ...left],
  };
}

/** A block collection ends with its last item; yaml counts the blank lines behind it too. */
function spanOf(reading: Reading, node: YAMLMap.Parsed | YAMLSeq.Parsed, lastTo: number | undefined): Span {
  const { from, to } = spanAt(reading, node.range[0], node.range[1]);
  return { from, to: node.flow ? to : (lastTo ?? to) };
}

/** Which gaps are a collection's own, and which lie in one of its items. */
function shareGaps(
  reading: Reading,
  node: ParsedNode,
  starts: readonly number[],
  values: readonly (ParsedNode | null)[],
  gaps: readonly Gap[],
): { readonly own: readonly Span[]; readonly below: readonly (readonly Gap[])[] } {
  const own: Span[] = [];
  const below: Gap[][] = values.map(() => []);
  const column = columnAt(reading, node);
  let behind = 0; // both lists are in the order of the text
  for (const gap of gaps) {
    while ((starts[behind] ?? Infinity) <= gap.span.from) behind += 1;
    const value = values[behind - 1];
    if (value && liesIn(reading, gap, value, column)) below[behind - 1]?.push(gap);
    else own.push(gap.span);
  }
  return { own, below };
}

function liesIn(reading: Reading, gap: Gap, value: ParsedNode, column: number): boolean {
  if (gap.span.to <= reading.at + value.range[1] && gap.span.from >= reading.at + value.range[0]) return true;
  if (isCollection(value)) return !value.flow && gap.column >= columnAt(reading, value);
  return isScalar(value) && value.value === null && gap.column > column;
}

function columnAt({ source, at }: Reading, { range }: ParsedNode): number {
  const offset = at + range[0];
  return offset - (source.text.lastIndexOf('\n', offset - 1) + 1);
}
