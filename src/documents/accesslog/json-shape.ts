// A JSON log line -> its shape: its keys, in order. A proxy prints the same ones line after line, and the keys alone
// tell what a line is: one of a known shape is found and read without a tree. Lines with nested objects have none.
import { lazy, type Lazy } from '../../base/lazy.ts';
import { fieldNames, type Field } from './entry.ts';
import { FEW } from './strict.ts';

const STRING = String.raw`"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"`;
const SCALAR = String.raw`${STRING}|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null`;
const FLAT = new RegExp(String.raw`^\{(?:${STRING}: ?(?:${SCALAR})(?:, ?(?=")|(?=\})))+\}$`);
const KEY = new RegExp(String.raw`(${STRING}): ?(?:${SCALAR})`, 'g');

const WRAPPED = new RegExp(String.raw`^\{"(?:log|message)": ?(${STRING})`);

/** Shapes that are remembered: a proxy that leaves out what is empty prints some dozens. */
const SHAPES = 200;

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
  /** The expression of its lines: made when many follow each other, for that takes longer than to look at some. */
  readonly pattern: Lazy<RegExp>;
}

/** The keys of a line that is one flat object, as they stand in it; null for any other. */
function keysOf(line: string): readonly string[] | null {
  if (!FLAT.test(line)) return null;
  const keys = Array.from(line.matchAll(KEY), ([, key = '']) => key);
  return keys.length > KEY_LIMIT ? null : keys;
}

/** Finds the shape of a line that is one flat object; null for any other. Lines of the same keys have the same one. */
export function createShapes(): (line: string) => JsonShape | null {
  const known = new Map<string, JsonShape>();
  let last: JsonShape | undefined;
  let inARow = 0;
  return (line) => {
    if (last && inARow > FEW && last.pattern.value.test(line)) return last;
    const keys = keysOf(line);
    if (!keys) return null;
    const name = keys.join();
    const shape = known.get(name) ?? { keys, pattern: lazy(() => patternOf(keys, [])) };
    if (known.size < SHAPES) known.set(name, shape);
    inARow = shape === last ? inARow + 1 : 0;
    last = shape;
    return shape;
  };
}

/** The line that a container runtime wrote into the first string of a flat object; null for any other. */
export function wrappedText(line: string): string | null {
  const [, written] = WRAPPED.exec(line) ?? [];
  if (written === undefined || !FLAT.test(line)) return null;
  return String(JSON.parse(written)).trimEnd();
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
