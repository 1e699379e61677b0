// A line of YAML in block style -> its key, its value: what is written plainly or in quotes on that line.
// https://yaml.org/spec/1.2.2/#103-core-schema
import type { JsonNode } from './json.ts';

const PLAIN_KEY = /([^\s\-?:,[\]{}#&*!|>'"%@`][^\s:#]*(?:[:#]+[^\s:#]+)*) *:(?=[ \r\n]|$)/y;
const QUOTED_KEY = /("[^"\\\n]*"|'(?:[^'\n]|'')*') *:(?=[ \r\n]|$)/y;

/** What a value in quotes and an empty collection are followed by. */
const REST = String.raw`(?=[ \r]*(?:\n|$)|[ ]+#)`;
const DOUBLE = new RegExp(String.raw`"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"${REST}`, 'y');
const SINGLE = new RegExp(String.raw`'(?:[^'\n]|'')*'${REST}`, 'y');
const EMPTY = new RegExp(String.raw`(?:\{\}|\[\])${REST}`, 'y');

const INTEGER = /^[-+]?\d+$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+\.\d*|(?:\.\d+|\d+(?:\.\d*)?)[eE][-+]?\d+)$/;
/** Numbers that are rarely written; `-x` and `:x` are plain, `- x` is not. */
const RARE = /^(?:0[ox]|[-+]?\.(?:inf|nan)|[-?:](?:\s|$))/i;
const QUESTION_MARK = 0x3f;
const OMITTED = /^(?:\.{3,}|…)$/;
const INDICATORS = new Set(',[]{}#&*!|>\'"%@`');

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['null', 'Null', 'NULL', '~'].map((word) => [word, null] as const),
]);

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

interface FoundKey {
  readonly key: string;
  readonly keyEnd: number;
  /** Behind its colon. */
  readonly to: number;
}

/** The key that stands there; null when none does that is written plainly. */
export function keyBefore(text: string, at: number): FoundKey | null {
  const found = matchAt(PLAIN_KEY, text, at) ?? matchAt(QUOTED_KEY, text, at);
  if (!found) return null;
  const [whole, written = ''] = found;
  const quote = written.charAt(0);
  const key = quote === '"' || quote === "'" ? unquoted(written) : plainKey(written);
  return key === null ? null : { key, keyEnd: at + written.length, to: at + whole.length };
}

/** A key is text, but the library's is that of the number or word. */
function plainKey(text: string): string | null {
  const value = plainValue(text);
  return value === undefined ? null : String(value);
}

function unquoted(written: string): string {
  const inner = written.slice(1, -1);
  return written.startsWith("'") ? inner.replaceAll("''", "'") : inner;
}

/** undefined for what the library must tell. */
function plainValue(text: string): string | number | boolean | null | undefined {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  if (first > 0x3a && first !== QUESTION_MARK) return OMITTED.test(text) ? undefined : text;
  if (RARE.test(text) || OMITTED.test(text)) return undefined;
  return INTEGER.test(text) || FLOAT.test(text) ? Number(text) : text;
}

interface Scalar {
  readonly node: JsonNode;
  /** It may go on in deeper lines. */
  readonly plain: boolean;
}

/**
 * The value that stands there. `folded` goes on in further lines, or is spelled in a way of its own: the library reads
 * it alone. `unusual` is what cannot be told without all the rest.
 */
export function scalarOf(text: string, at: number, lineEnd: number): Scalar | 'folded' | 'unusual' {
  const first = text.charAt(at);
  if (first === '"' || first === "'") return quotedAt(text, at);
  const empty = matchAt(EMPTY, text, at);
  if (empty) return { node: emptyAt(first, at), plain: false };
  return INDICATORS.has(first) ? 'folded' : plainAt(text, at, lineEnd);
}

function emptyAt(bracket: string, at: number): JsonNode {
  const span = { from: at, to: at + 2 };
  return bracket === '{'
    ? { kind: 'object', span, members: [], gaps: [] }
    : { kind: 'array', span, items: [], gaps: [] };
}

function quotedAt(text: string, at: number): Scalar | 'folded' {
  const written = (matchAt(DOUBLE, text, at) ?? matchAt(SINGLE, text, at))?.[0];
  if (written === undefined) return 'folded';
  const value: unknown =
    written.includes('\\') && written.startsWith('"') ? JSON.parse(written) : unquoted(written);
  return {
    node: { kind: 'string', span: { from: at, to: at + written.length }, value: String(value) },
    plain: false,
  };
}

function plainAt(text: string, at: number, lineEnd: number): Scalar | 'folded' | 'unusual' {
  const line = text.slice(at, lineEnd);
  const comment = line.indexOf(' #');
  const written = (comment < 0 ? line : line.slice(0, comment)).replace(/[ \r]+$/, '');
  if (/[\t\r]/.test(written)) return 'folded';
  if (written.includes(': ') || written.endsWith(':')) return 'unusual';
  const value = plainValue(written);
  if (value === undefined) return OMITTED.test(written) ? 'unusual' : 'folded';
  return { node: nodeOf(value, written, at), plain: true };
}

function nodeOf(value: string | number | boolean | null, text: string, from: number): JsonNode {
  const span = { from, to: from + text.length };
  if (typeof value === 'string') return { kind: 'string', span, value };
  if (typeof value === 'number') return { kind: 'number', span, value, text };
  return value === null ? { kind: 'null', span } : { kind: 'boolean', span, value };
}
