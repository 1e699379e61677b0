// A paste -> the documents in it, in order. Every line belongs to one: what no kind takes is prose, kept and shown.
import type { Diagnostic } from '../base/diagnostic.ts';
import { readJson, type JsonNode } from '../base/json.ts';
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
      if (!blank && !/^\s*#/.test(line.text)) last = line;
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
 * For each line, the offset that JSON starting there must not pass: JSON that is cut off ends before the next line
 * that starts something else, or it would swallow what was pasted behind it.
 */
function jsonLimits(lines: readonly Line[], end: number): number[] {
  const limits: number[] = [];
  let limit = end;
  for (const line of lines.toReversed()) {
    limits.push(limit);
    if (line.kind ?? line.command) limit = line.span.from;
  }
  return limits.toReversed();
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
  const result: Document[] = [];
  for (const document of documents) {
    const last = result.at(-1);
    const both = last && join(last, document);
    if (both) result[result.length - 1] = both;
    else result.push(document);
  }
  return result;
}

function join(a: Document, b: Document): Document | null {
  if (a.kind !== b.kind || b.command) return null;
  const span = { from: a.span.from, to: b.span.to };
  if (a.content.kind === 'prose') return { ...a, span };
  if (a.content.kind !== 'access-log' || b.content.kind !== 'access-log') return null;
  const entries = [...a.content.log.entries, ...b.content.log.entries];
  return {
    ...a,
    span,
    content: { kind: 'access-log', log: { entries } },
    diagnostics: [...a.diagnostics, ...b.diagnostics],
  };
}

/**
 * All documents of a paste, in the order they stand in. Blank lines and command lines between them belong to none;
 * a command is kept with the document it printed.
 */
export function parseDocuments(source: Source): Document[] {
  const whole = { from: 0, to: source.text.length };
  const lines = Array.from(linesOf(source, whole), (span) => lineAt(source, span));
  const limits = jsonLimits(lines, whole.to);
  const documents: Document[] = [];
  let command: Command | null = null;
  let end = 0;
  for (const [i, line] of lines.entries()) {
    if (line.span.from < end) continue;
    const piece = pieceAt(source, line, () => linesBelow(lines, i), limits[i] ?? whole.to, command);
    if (line.command) command = line.command;
    if (!piece) continue;
    documents.push({ ...piece, command: command?.span ?? null });
    command = null;
    end = piece.span.to;
  }
  return joined(documents);
}

function* linesBelow(lines: readonly Line[], index: number): Generator<Line> {
  for (let i = index + 1; i < lines.length; i += 1) {
    const line = lines[i];
    if (line) yield line;
  }
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
  below: () => Iterable<Line>,
  limit: number,
  command: Command | null,
): Piece | null {
  const { kind, text } = line;
  if (kind) {
    const span = { from: line.span.from, to: lastLine(line, below(), kind).span.to };
    const read = kind.read(source, span, command);
    return read ? { kind: kind.kind, span, ...read } : prose(untilAnother(line, below(), kind, span.to));
  }
  if (line.command || text.trim() === '') return null;
  if (!startsJson(text)) return prose(line.span);
  const json = readJson(source, { from: line.span.from, to: limit });
  const broken = json.diagnostics.some(({ severity }) => severity === 'error');
  const span = { from: json.value.span.from, to: Math.max(json.end, line.span.to) };
  const piece = jsonPiece(json.value, json.diagnostics, span);
  // Braces of some other language: only this line is known not to be ours.
  return piece.kind === 'prose' && broken ? { ...piece, span: line.span } : piece;
}
