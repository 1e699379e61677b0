// A paste -> the documents in it, in order. Every line belongs to one: what no kind takes is the output of the command
// above it, or prose, kept and shown. Blank lines, fences and command lines between documents belong to none.
import type { ReadJson } from '../base/json-reader.ts';
import { diagnostic } from '../base/diagnostic.ts';
import { lineSpanAt, textAt, type Source, type Span } from '../base/source.ts';
import { NO_FORMATS, type GivenFormats } from './accesslog/given-format.ts';
import { joinLogs } from './accesslog/log.ts';
import { formatsIn } from './accesslog/pasted-format.ts';
import { announcedCommand, type Command } from './command.ts';
import { accessLogKind, LINE_KINDS } from './detect.ts';
import type { Document, DocumentKind } from './document.ts';
import { isBroken, jsonDocument, jsonReader, nextStart } from './json-document.ts';
import type { Content, LineKind, Piece } from './kind.ts';
import {
  beginningOf,
  isBlank,
  isFence,
  isRuler,
  lineAt,
  lineEnd,
  linesBelow,
  lineStart,
  NOTHING,
  opensCode,
  promptedCommand,
  startsJson,
  type Line,
} from './line.ts';
import { announcesOutput, isRemark, isSentence } from './prose.ts';
import { refusalsIn } from './refusal.ts';

/** Lines that belong to nothing, inside a document of lines: so many in a row are bridged, and cost only themselves. */
const STRAY_LINES = 2;

/** A comment that the next document may own; iptables-save's own last line is no such one. */
const REMARK = /^\s*#(?! Completed on )/;

/** How far a document of lines goes, and the lines inside it that belong to nothing. */
interface Extent {
  readonly to: number;
  readonly strays: readonly Span[];
}

/** The extent of the document that starts with the first of these lines. */
function extentOf(first: Line, below: Iterable<Line>, kind: LineKind, kinds: readonly LineKind[]): Extent {
  const belongs = kind.inside(first.text);
  let { to } = first.span;
  const strays: Span[] = [];
  let inARow = 0;
  for (const line of below) {
    if (isFence(line) || promptedCommand(line)) break;
    if (belongs(line.text)) {
      if (isBlank(line)) continue;
      if (!REMARK.test(line.text)) to = line.span.to;
      inARow = 0;
    } else if (startsAnother(line, kinds)) break;
    else if (++inARow > STRAY_LINES) break;
    else strays.push(line.span);
  }
  return { to, strays: strays.filter((line) => line.to <= to) };
}

/** Every stray line is told of; most parsers do so themselves. */
function toldOf(source: Source, read: Content, strays: readonly Span[]): Content {
  if (strays.length === 0) return read;
  const told = new Set(read.diagnostics.map(({ span }) => lineSpanAt(source, span.from).from));
  const untold = strays.filter((line) => !told.has(line.from) && !REMARK.test(textAt(source, line)));
  const found = untold.map((line) => diagnostic('warning', 'paste.stray-line', line));
  return { ...read, diagnostics: [...read.diagnostics, ...found] };
}

/** Whether a line, which does not belong to the document above it, starts another one. */
function startsAnother(line: Line, kinds: readonly LineKind[]): boolean {
  const { kind, command } = beginningOf(line, kinds);
  return kind !== undefined || command !== null || startsJson(line);
}

function prose(span: Span): Piece {
  return { kind: 'prose', span, content: { kind: 'prose' }, diagnostics: [] };
}

function output(span: Span): Piece {
  return { kind: 'command-output', span, content: { kind: 'output' }, diagnostics: [] };
}

/** Joins JSON log lines that follow each other, and output that does. */
function joined(source: Source, documents: readonly Document[]): Document[] {
  const runs: Document[][] = [];
  for (const document of documents) {
    const run = runs.at(-1);
    if (run?.[0] && follows(run[0], document)) run.push(document);
    else runs.push([document]);
  }
  return runs.flatMap((run) => joinRun(source, run));
}

function follows(a: Document, b: Document): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'command-output') return a.command === b.command;
  return b.command === null && a.kind === 'access-log';
}

function joinRun(source: Source, run: readonly Document[]): Document[] {
  const [first] = run;
  const last = run.at(-1);
  if (!first || !last || run.length === 1) return [...run];
  const logs = run.flatMap(({ content }) => (content.kind === 'access-log' ? [content.log] : []));
  return [
    {
      ...first,
      span: { from: first.span.from, to: last.span.to },
      content:
        first.content.kind === 'access-log'
          ? { kind: 'access-log', log: joinLogs(source, logs) }
          : first.content,
      diagnostics: run.flatMap(({ diagnostics }) => diagnostics),
    },
  ];
}

/** In the lines of what turned out to be prose a document of another kind may begin: they are read again. */
interface InVain {
  readonly kinds: Set<LineKind>;
  /** Where the lines end that were read in vain. */
  to: number;
  /** How many characters were. */
  wasted: number;
}

/** So many characters more than the text holds may be read in vain before lines that were are left at that. */
const WASTE_LIMIT = 100_000;

function isGivenUp({ source, inVain }: Session, line: Line, kind: LineKind): boolean {
  const spent = inVain.wasted > source.text.length + WASTE_LIMIT;
  return spent && line.span.from < inVain.to && inVain.kinds.has(kind);
}

/** The way through a paste: the command whose output comes next, and where that output would go on. */
interface Session {
  readonly source: Source;
  readonly given: GivenFormats;
  readonly kinds: readonly LineKind[];
  readonly readJsonAt: (line: Line) => ReadJson | null;
  readonly commands: Command[];
  command: Command | null;
  /** What the command has printed so far. */
  printed: DocumentKind | null;
  readonly inVain: InVain;
  /** The start of the next line, as long as nothing came between it and a command behind a prompt; else -1. */
  outputAt: number;
}

function sessionOf(source: Source, given: GivenFormats): Session {
  const kinds = given === NO_FORMATS ? LINE_KINDS : [accessLogKind(given), ...LINE_KINDS];
  return {
    source,
    given,
    kinds,
    readJsonAt: jsonReader(source, kinds),
    commands: [],
    command: null,
    printed: null,
    inVain: { kinds: new Set(), to: 0, wasted: 0 },
    outputAt: -1,
  };
}

/** What a paste holds: its documents, and its command lines, those too that printed nothing. Both in order. */
export interface ParsedPaste {
  readonly documents: readonly Document[];
  readonly commands: readonly Command[];
}

/** Splits a paste. `given` are formats of access logs beside the known ones: those that the paste itself sets. */
export function parsePaste(source: Source, given: GivenFormats = formatsIn(source)): ParsedPaste {
  const documents: Kept[] = [];
  const session = sessionOf(source, given);
  let at = 0;
  for (let line = lineAt(source, at); line; line = lineAt(source, at)) {
    at = lineStart(source, line.span.to + 1);
    const { kind, command } = separates(line) ? NOTHING : beginningOf(line, session.kinds);
    if (command) {
      at = enterCommand(session, line, command);
      session.commands.push(session.command ?? command);
    } else {
      const piece = separates(line) ? fencedCode(source, line) : pieceAt(session, line, kind);
      at = Math.max(at, lineStart(source, piece?.span.to ?? 0));
      if (piece) keep(documents, piece, ownerOf(session, piece));
      leave(session, piece, at);
    }
  }
  const found = joined(source, documents).map((document) => withRefusals(source, document));
  return { documents: found, commands: session.commands };
}

/** What no parser knows may still say that a command was refused. */
function withRefusals(source: Source, document: Document): Document {
  if (document.content.kind !== 'output' && document.content.kind !== 'prose') return document;
  const refusals = refusalsIn(source, document.span);
  return refusals.length === 0
    ? document
    : { ...document, diagnostics: [...document.diagnostics, ...refusals] };
}

/** All documents of a paste, in the order they stand in; a command is kept with the document it printed. */
export function parseDocuments(source: Source, given: GivenFormats = formatsIn(source)): Document[] {
  return [...parsePaste(source, given).documents];
}

/** A document whose end may still move: prose goes on line by line. */
interface Kept extends Document {
  span: Span;
}

function keep(documents: Kept[], piece: Piece, command: Span | null): void {
  const last = documents.at(-1);
  if (last?.kind === 'prose' && piece.kind === 'prose')
    last.span = { from: last.span.from, to: piece.span.to };
  else documents.push({ ...piece, command });
}

function separates(line: Line): boolean {
  return isBlank(line) || isFence(line) || isRuler(line);
}

/** The command that printed a piece: tables come several at a time, other documents one. */
function ownerOf({ command, printed }: Session, { kind }: Piece): Span | null {
  if (!command || kind === 'prose') return null;
  return printed === 'kube-table' && kind !== 'kube-table' ? null : command.span;
}

/** A command, with the lines it goes on over behind backslashes; the answer is where its output starts. */
function enterCommand(session: Session, line: Line, command: Command): number {
  const { source } = session;
  let last = line;
  for (const next of linesBelow(source, line)) {
    if (!last.text.trimEnd().endsWith('\\')) break;
    last = next;
  }
  const end = last.span.from + last.text.trimEnd().length;
  const span = { from: command.span.from, to: Math.max(command.span.to, end) };
  session.command = { ...command, text: source.text.slice(span.from, span.to), span };
  session.printed = null;
  const start = lineStart(source, last.span.to + 1);
  session.outputAt = command.prompt === null && !/^\s*#/.test(line.text) ? -1 : start;
  return start;
}

function announce(session: Session, command: Command): void {
  session.command = command;
  session.printed = null;
  session.commands.push(command);
}

/** A command is done with when a blank line follows its document, or prose that does not speak of its output. */
function leave(session: Session, piece: Piece | null, at: number): void {
  session.outputAt = piece && piece.kind !== 'prose' && session.command && session.outputAt >= 0 ? at : -1;
  if (piece?.kind === 'prose') {
    const text = session.source.text.slice(piece.span.from, piece.span.to);
    const announced = announcedCommand(text, piece.span);
    if (announced) announce(session, announced);
    else if (session.printed !== null || !(isRemark(text) || announcesOutput(text))) session.command = null;
  } else if (piece) {
    if (piece.kind !== 'command-output') session.printed = piece.kind;
  } else if (session.printed !== null && session.printed !== 'kube-table') session.command = null;
}

/** The text of a program in a fence; null for any other line. */
function fencedCode(source: Source, line: Line): Piece | null {
  if (!opensCode(line)) return null;
  let { to } = line.span;
  for (const next of linesBelow(source, line)) {
    to = next.span.to;
    if (isFence(next)) break;
  }
  return prose({ from: line.span.from, to });
}

/** The lines of what turned out to be prose, up to the first that starts a document of another kind. */
function untilAnother({ source, kinds }: Session, first: Line, kind: LineKind, end: number): Span {
  let { to } = first.span;
  for (const line of linesBelow(source, first)) {
    if (line.span.to > end) break;
    const beginning = beginningOf(line, kinds);
    if (beginning.kind && beginning.kind !== kind) break;
    to = line.span.to;
  }
  return { from: first.span.from, to };
}

/** The document that starts with that line. */
function pieceAt(session: Session, line: Line, kind: LineKind | undefined): Piece {
  const { source, given, kinds, printed, outputAt } = session;
  const unknown = (span: Span): Piece => {
    const isOutput = printed === null && line.span.from === outputAt && !isSentence(line.text);
    return isOutput ? output(span) : prose(span);
  };
  if (kind) {
    const piece = documentAt(session, line, kind);
    return piece.kind === 'prose' ? unknown(piece.span) : piece;
  }
  const json = startsJson(line) ? session.readJsonAt(line) : null;
  if (!json) return unknown(line.span);
  // What stands behind it on its last line is its own: no other document starts there.
  const span = {
    from: json.value.span.from,
    to: lineEnd(source, Math.max(json.end - 1, line.span.from)),
  };
  const piece = jsonDocument(source, json.value, json.diagnostics, span, given);
  if (piece) return piece;
  // Braces of some other language: only this line is known not to be ours. JSON of no kind may hold a document of lines.
  const end = isBroken(json) ? line.span.to : nextStart(linesBelow(source, line), kinds, span.to + 1) - 1;
  return unknown({ from: span.from, to: Math.min(end, span.to) });
}

/** The document of lines that starts there: the first kind that can read it, else prose. */
function documentAt(session: Session, line: Line, first: LineKind): Piece {
  const { source, kinds, command, inVain } = session;
  let longest = line.span.to;
  for (const kind of kinds.slice(kinds.indexOf(first))) {
    if ((kind !== first && !kind.starts(line.text)) || isGivenUp(session, line, kind)) continue;
    const { to, strays } = extentOf(line, linesBelow(source, line, kind.plain), kind, kinds);
    const span = { from: line.span.from, to };
    const read = kind.read(source, span, command);
    if (read) return { kind: kind.kind, span, ...toldOf(source, read, strays) };
    inVain.kinds.add(kind);
    inVain.wasted += to - span.from;
    longest = Math.max(longest, to);
  }
  inVain.to = Math.max(inVain.to, longest);
  return prose(untilAnother(session, line, first, longest));
}
