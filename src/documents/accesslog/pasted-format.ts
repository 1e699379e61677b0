// Configuration anywhere in a paste -> the access log formats it sets: meshConfig.accessLogFormat, extensionProviders,
// the access_log of a listener, an EnvoyFilter, `--set`. They stand in JSON, YAML, and YAML inside YAML, so they are
// looked for as text. https://istio.io/latest/docs/tasks/observability/logs/access-log/
import { readJson } from '../../base/json-reader.ts';
import { lineSpanAt, type Source, type Span } from '../../base/source.ts';
import { readYaml } from '../../base/yaml.ts';
import type { LineFormat } from './format.ts';
import { givenFormat, joinFormats, jsonFormatOf, NO_FORMATS, type GivenFormats } from './given-format.ts';
import { KNOWN_FORMATS } from './known-formats.ts';
import { isTelling } from './text.ts';

const KEY =
  /(?<![\w-])["']?(accessLogFormat|access_log_format|inlineString|inline_string|textFormat|text_format|text|format|jsonFormat|json_format|labels)["']?\s*[:=][ \t]*/g;
const OPERATOR = /%[A-Z][A-Z_0-9]{3,}(?:\([^)\n]*\))?(?::\d+)?%/;
const OPERATOR_HERE = new RegExp(OPERATOR, 'y');

/** Characters behind a key in which its first operator stands, and those that the key takes with its blanks. */
const PEEK = 400;
const KEY_WIDTH = 100;

/** Longer than any format. */
const LONGEST = 20_000;

/** Whether the text holds a word that leads to formats. */
export function speaksOfFormats(text: string): boolean {
  return text.search(KEY) >= 0;
}

/** More than any configuration repeats: each listener of a dump has the same one. */
const KEY_LIMIT = 2000;

/** Fewer keys than that are no log line's. */
const LEAST_KEYS = 3;

/** The lines below that are indented deeper than the key's own. */
function blockBelow(source: Source, at: number): Span {
  const key = lineSpanAt(source, at);
  const indentOf = (from: number, to: number): number => source.text.slice(from, to).search(/\S/);
  const own = indentOf(key.from, key.to);
  let to = key.to;
  for (let from = key.to + 1; from < source.text.length;) {
    const line = lineSpanAt(source, from);
    const indent = indentOf(line.from, line.to);
    if (indent >= 0 && indent <= own) break;
    to = line.to;
    from = line.to + (source.text[line.to] === '\r' ? 2 : 1);
  }
  return { from: Math.min(key.to + 1, to), to };
}

/** A scalar of JSON or YAML: quoted, plain, or a block of lines below (`|`, `>`). */
function scalarAt(source: Source, at: number): string {
  const rest = /^.*/.exec(source.text.slice(at, at + LONGEST))?.[0] ?? '';
  if (/^[|>][-+]?\s*$/.test(rest)) {
    const { from, to } = blockBelow(source, at);
    const lines = source.text.slice(from, to).split(/\r?\n/);
    return lines.map((line) => line.trim()).join(rest.startsWith('>') ? ' ' : '');
  }
  const double = /^"((?:[^"\\]|\\.)*)"/.exec(rest)?.[1];
  if (double !== undefined) return double.replaceAll('\\n', '\n').replaceAll(/\\(["\\/])/g, '$1');
  const single = /^'((?:[^']|'')*)'/.exec(rest)?.[1];
  return single === undefined ? rest.trim() : single.replaceAll("''", "'");
}

/** What a format prints, whichever of two names an operator is written with. */
function printed({ literals, operators }: LineFormat): string {
  return JSON.stringify([literals, operators.map(({ field }) => field.replace(/Raw$/, ''))]);
}

function isKnown(format: LineFormat): boolean {
  return KNOWN_FORMATS.some((known) => printed(known) === printed(format));
}

function textFormats(source: Source, at: number): GivenFormats {
  const given = givenFormat(scalarAt(source, at));
  return { ...given, text: given.text.filter((format) => isTelling(format) && !isKnown(format)) };
}

/** A mapping of keys to operators: JSON behind the key, or lines below it. */
function jsonFormats(source: Source, at: number): GivenFormats {
  const { value } =
    source.text[at] === '{'
      ? readJson(source, { from: at, to: Math.min(source.text.length, at + LONGEST) })
      : readYaml(source, blockBelow(source, at));
  const format = jsonFormatOf(value);
  return format.size >= LEAST_KEYS ? { text: [], json: [format] } : NO_FORMATS;
}

/** What stands before operators, far enough back to hold their keys; pieces that touch are one. */
function* beforeOperators(text: string): Generator<Span> {
  let [from, to] = [0, -1];
  for (let at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
    OPERATOR_HERE.lastIndex = at;
    if (!OPERATOR_HERE.test(text)) continue;
    if (to < 0 || at - to > PEEK + KEY_WIDTH) {
      if (to >= 0) yield { from, to };
      from = Math.max(0, at - PEEK - KEY_WIDTH);
    }
    to = at;
  }
  if (to >= 0) yield { from, to };
}

/** The formats that the paste's configuration sets, other than those that are known anyway. */
export function formatsIn(source: Source): GivenFormats {
  const { text } = source;
  const found = new Map<string, GivenFormats>();
  let left = KEY_LIMIT;
  for (const { from, to } of beforeOperators(text))
    for (const { 0: key, 1: name = '', index } of text.slice(from, to).matchAll(KEY)) {
      const at = from + index + key.length;
      const peek = text.slice(at, at + PEEK);
      if (!OPERATOR.test(peek) || found.has(peek) || --left < 0) continue;
      found.set(peek, /^(?:json|labels)/.test(name) ? jsonFormats(source, at) : textFormats(source, at));
    }
  const formats = joinFormats([...found.values()]);
  return formats.text.length + formats.json.length > 0 ? formats : NO_FORMATS;
}
