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
  const rest = source.text.slice(at, lineSpanAt(source, at).to);
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
  const braced = source.text[at] === '{';
  const below = blockBelow(source, at);
  const { value } = braced
    ? readJson(source, { from: at, to: Math.min(source.text.length, at + 20_000) })
    : readYaml(source, below);
  const format = jsonFormatOf(value);
  return format.size >= LEAST_KEYS ? { text: [], json: [format] } : NO_FORMATS;
}

/** The formats that the paste's configuration sets, other than those that are known anyway. */
export function formatsIn(source: Source): GivenFormats {
  if (!source.text.includes('%') || !OPERATOR.test(source.text)) return NO_FORMATS;
  const found = new Map<string, GivenFormats>();
  let left = KEY_LIMIT;
  for (const { 0: key, 1: name = '', index } of source.text.matchAll(KEY)) {
    const at = index + key.length;
    const peek = source.text.slice(at, at + 400);
    if (!OPERATOR.test(peek) || found.has(peek) || --left < 0) continue;
    found.set(peek, /^(?:json|labels)/.test(name) ? jsonFormats(source, at) : textFormats(source, at));
  }
  const formats = joinFormats([...found.values()]);
  return formats.text.length + formats.json.length > 0 ? formats : NO_FORMATS;
}
