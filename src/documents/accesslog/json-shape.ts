// A JSON log line -> its shape: its keys, in order. A proxy prints the same ones line after line, and the keys alone
// tell what a line is: one of a known shape is found and read without a tree. Lines with nested objects have none.
import { fieldNames, type Field } from './entry.ts';

const STRING = String.raw`"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"`;
const SCALAR = String.raw`${STRING}|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null`;
const FLAT = new RegExp(String.raw`^\{(?:${STRING}: ?(?:${SCALAR})(?:, ?(?=")|(?=\})))+\}$`);
const KEY = new RegExp(String.raw`(${STRING}): ?(?:${SCALAR})`, 'g');

/** More keys than a log has, and than an expression should. */
const KEY_LIMIT = 100;

function escaped(literal: string): string {
  return literal.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}

/** The expression of lines with these keys, as they stand in quotes; the values of the wanted ones are its groups. */
function patternOf(keys: readonly string[], wanted: readonly number[]): RegExp {
  const members = keys.map((key, n) => `${escaped(key)}: ?${wanted.includes(n) ? '(' : '(?:'}${SCALAR})`);
  return new RegExp(`^\\{${members.join(', ?')}\\}$`);
}

export interface JsonShape {
  /** As they stand in the line, in quotes. */
  readonly keys: readonly string[];
  readonly pattern: RegExp;
}

/** The shape of a line that is one flat object; null for any other. */
export function shapeOfLine(line: string): JsonShape | null {
  if (!FLAT.test(line)) return null;
  const keys = [...line.matchAll(KEY)].map(([, key = '']) => key);
  return keys.length > KEY_LIMIT ? null : { keys, pattern: patternOf(keys, []) };
}

/** The text of a value as it stands in the line; nothing for what is not there. */
function textOf(value: string): string {
  if (value === 'null') return '';
  if (!value.startsWith('"')) return value;
  const text: unknown = value.includes('\\') ? JSON.parse(value) : value.slice(1, -1);
  return text === '-' ? '' : String(text);
}

/**
 * Reads a few fields of lines of one shape; `fieldOf` tells which field a key fills. Empty where a line does not hold
 * it; null for a line of another shape.
 */
export function shapedFields(
  { keys }: JsonShape,
  fields: readonly Field[],
  fieldOf: (key: string) => string,
): (line: string) => readonly string[] | null {
  const names = keys.map((key) => fieldOf(String(JSON.parse(key))));
  const places = fields.map((field) =>
    fieldNames(field).flatMap((name) => names.flatMap((each, n) => (each === name ? [n] : []))),
  );
  const wanted = [...new Set(places.flat())].toSorted((a, b) => a - b);
  const groups = places.map((those) => those.map((n) => wanted.indexOf(n) + 1));
  const pattern = patternOf(keys, wanted);
  return (line) => {
    const found = pattern.exec(line);
    if (!found) return null;
    return groups.map((those) => {
      for (const group of those) {
        const text = textOf(found[group] ?? 'null');
        if (text !== '') return text;
      }
      return '';
    });
  };
}
