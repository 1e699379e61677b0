// A paste -> the documents in it, in order. Every line belongs to one: what no kind takes is prose, kept and shown.
import type { Diagnostic } from '../base/diagnostic.ts';
import { readJson, type JsonNode, type ReadJson } from '../base/json.ts';
import { linesOf, textAt, type Source, type Span } from '../base/source.ts';
import { plainText } from '../base/typography.ts';
import { isJsonEntry, jsonEntry } from './accesslog/json.ts';
import { commandOf, type Command } from './command.ts';
import { LINE_KINDS, type Content, type LineKind } from './detect.ts';
import type { Document, DocumentKind } from './document.ts';
import { looksLikeEnvoyConfig, readProxyConfig } from './envoy/parse.ts';
import { looksLikeNftJson, readNftJson } from './nft/json.ts';

/** Lines that belong to nothing, inside a document of lines: so many in a row are bridged, and cost only themselves. */
const STRAY_LINES = 2;

/** JSON that a person copies starts with a bracket and goes on with JSON; `[1]` and `[WARN]` in prose do not. */
const JSON_START = /^\s*(?:\{\s*(?:["“”}/#.…]|$)|\[\s*(?:[{["“”\]/#.…]|$))/;

function startsJson(line: string): boolean {
  return JSON_START.test(line.includes('&') ? plainText(line) : line);
}

/** A comment that the next document may own; iptables-save's own last line is no such one. */
const REMARK = /^\s*#(?! Completed on )/;

interface Line {
  readonly text: string;
  readonly span: Span;
  /** The kind of document that such a line starts. */
  readonly kind: LineKind | undefined;
  readonly command: Command | null;
}

interface Piece {
  readonly kind: DocumentKind;
  readonly span: Span;
  readonly content: Content['content'];
  readonly diagnostics: readonly Diagnostic[];
}

function lineAt(source: Source, span: Span): Line {
  const text = textAt(source, span);
  const kind = LINE_KINDS.find((kind) => kind.starts(text));
  return { text, span, kind, command: kind ? null : commandOf(text, span) };
}

/** The last line that belongs to the document that starts with the first of these. */
function lastLine(first: Line, below: Iterable<Line>, kind: LineKind): Line {
  const belongs = kind.inside(first.text);
  let last = first;
  let strays = 0;
  for (const line of below) {
    const blank = line.text.trim() === '';
    if (belongs(line.text)) {
      if (!blank && !REMARK.test(line.text)) last = line;
      if (!blank) strays = 0;
    } else if (startsAnother(line, kind)) break;
    else if (++strays > STRAY_LINES) break;
  }
  return last;
}

function startsAnother({ text, kind, command }: Line, than: LineKind): boolean {
  return (kind !== undefined && kind !== than) || command !== null || startsJson(text);
}

/**
 * The offset that JSON which is cut off must not pass, or it would swallow what was pasted behind it: where the next
 * line starts something else.
 */
function nextStart(below: Iterable<Line>, end: number): number {
  for (const { kind, command, span } of below) if (kind ?? command) return span.from;
  return end;
}

function prose(span: Span): Piece {
  return { kind: 'prose', span, content: { kind: 'prose' }, diagnostics: [] };
}

function jsonPiece(node: JsonNode, diagnostics: readonly Diagnostic[], span: Span): Piece {
  if (isJsonEntry(node))
    return {
      kind: 'access-log',
      span,
      content: { kind: 'access-log', log: { entries: [jsonEntry(node)] } },
      diagnostics,
    };
  if (looksLikeNftJson(node)) {
    const { value: ruleset, diagnostics: found } = readNftJson(node);
    const content = { kind: 'ruleset', ruleset } as const;
    return { kind: 'nft-ruleset', span, content, diagnostics: [...diagnostics, ...found] };
  }
  if (!looksLikeEnvoyConfig(node)) return prose(span);
  const config = readProxyConfig(node);
  return {
    kind: 'envoy-config',
    span,
    content: { kind: 'proxy-config', config: config.value },
    diagnostics: [...diagnostics, ...config.diagnostics],
  };
}

/** Joins JSON log lines that follow each other, and prose that does. */
function joined(documents: readonly Document[]): Document[] {
  const runs: Document[][] = [];
  for (const document of documents) {
    const run = runs.at(-1);
    if (run?.[0] && follows(run[0], document)) run.push(document);
    else runs.push([document]);
  }
  return runs.flatMap(joinRun);
}

function follows(a: Document, b: Document): boolean {
  return a.kind === b.kind && b.command === null && (a.kind === 'prose' || a.kind === 'access-log');
}

function joinRun(run: readonly Document[]): Document[] {
  const [first] = run;
  const last = run.at(-1);
  if (!first || !last || run.length === 1) return [...run];
  const entries = run.flatMap(({ content }) => (content.kind === 'access-log' ? content.log.entries : []));
  return [
    {
      ...first,
      span: { from: first.span.from, to: last.span.to },
      content: first.content.kind === 'access-log' ? { kind: 'access-log', log: { entries } } : first.content,
      diagnostics: run.flatMap(({ diagnostics }) => diagnostics),
    },
  ];
}

/**
 * All documents of a paste, in the order they stand in. Blank lines and command lines between them belong to none;
 * a command is kept with the document it printed.
 */
export function parseDocuments(source: Source): Document[] {
  const documents: Document[] = [];
  const readJsonAt = jsonReader(source);
  let command: Command | null = null;
  let at = 0;
  for (let line = lineFrom(source, at); line; line = lineFrom(source, at)) {
    const piece = pieceAt(source, line, readJsonAt, command);
    at = Math.max(lineStart(source, line.span.to + 1), lineStart(source, piece?.span.to ?? 0));
    if (line.command) command = line.command;
    if (!piece) continue;
    documents.push({ ...piece, command: command?.span ?? null });
    command = null;
  }
  return joined(documents);
}

/** Lines are looked at only when no document has taken them: most of a large dump never is. */
function* linesFrom(source: Source, from: number): Generator<Line> {
  for (const span of linesOf(source, { from, to: source.text.length })) yield lineAt(source, span);
}

function lineFrom(source: Source, from: number): Line | undefined {
  const [line] = linesFrom(source, from);
  return line;
}

function linesBelow(source: Source, { span }: Line): Iterable<Line> {
  return linesFrom(source, lineStart(source, span.to + 1));
}

/** The first start of a line at an offset or behind it. */
function lineStart({ text }: Source, offset: number): number {
  if (offset === 0 || text[offset - 1] === '\n') return offset;
  const lineEnd = text.indexOf('\n', offset);
  return lineEnd < 0 ? text.length : lineEnd + 1;
}

/** Reading broken JSON again and again ends when so many characters more than the text holds were read in vain. */
const WASTE_LIMIT = 8_000_000;

/**
 * Reads JSON at a line. Only if it is broken is it read again, as far as the next line that starts something else;
 * that line also ends whatever else is broken before it. Null when too much was read in vain.
 */
function jsonReader(source: Source): (line: Line) => ReadJson | null {
  const end = source.text.length;
  let limit = 0;
  let wasted = 0;
  const read = (from: number, to: number): ReadJson => {
    const json = readJson(source, { from, to });
    if (isBroken(json)) wasted += json.end - from;
    return json;
  };
  return (line) => {
    const { from } = line.span;
    if (wasted > 4 * end + WASTE_LIMIT) return null;
    const json = read(from, limit > from ? limit : end);
    if (limit > from || !isBroken(json)) return json;
    limit = nextStart(linesBelow(source, line), end);
    return limit === end ? json : read(from, limit);
  };
}

function isBroken({ diagnostics }: ReadJson): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

/** The lines of what turned out to be prose, up to the first that starts a document of another kind. */
function untilAnother(first: Line, below: Iterable<Line>, kind: LineKind, end: number): Span {
  let { to } = first.span;
  for (const line of below) {
    if (line.span.to > end || (line.kind && line.kind !== kind)) break;
    to = line.span.to;
  }
  return { from: first.span.from, to };
}

/** The document that starts with that line; null for a blank line and for a command. */
function pieceAt(
  source: Source,
  line: Line,
  readJsonAt: (line: Line) => ReadJson | null,
  command: Command | null,
): Piece | null {
  const { kind, text } = line;
  if (kind) {
    const { to } = lastLine(line, linesBelow(source, line), kind).span;
    const span = { from: line.span.from, to };
    const read = kind.read(source, span, command);
    if (read) return { kind: kind.kind, span, ...read };
    return prose(untilAnother(line, linesBelow(source, line), kind, to));
  }
  if (line.command || text.trim() === '') return null;
  const json = startsJson(text) ? readJsonAt(line) : null;
  if (!json) return prose(line.span);
  const span = { from: json.value.span.from, to: Math.max(json.end, line.span.to) };
  const piece = jsonPiece(json.value, json.diagnostics, span);
  if (piece.kind !== 'prose') return piece;
  // Braces of some other language: only this line is known not to be ours. JSON of no kind may hold a document of lines.
  const end = isBroken(json) ? line.span.to : nextStart(linesBelow(source, line), span.to + 1) - 1;
  return prose({ from: span.from, to: Math.min(end, span.to) });
}
