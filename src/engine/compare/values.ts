// Two values of a configuration -> the places in which they differ by meaning. Items of lists are paired by their names
// or by what they match, not by where they stand; what a proto3 field leaves out is its default.
import { align } from './align.ts';

export interface ValueDifference {
  /** `filterChains[0].filterChainMatch.destinationPort`; an item that only the second has is counted there. */
  readonly path: string;
  /** As JSON; null on the side that lacks it. */
  readonly a: string | null;
  readonly b: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** Values that change without meaning anything for a path. */
const VOLATILE = new Set(['lastUpdated', 'versionInfo', 'statPrefix', 'metadata']);

/** Wrapped booleans whose absence is not false: https://www.envoyproxy.io/docs/envoy/latest/api-v3/api */
const TRUE_BY_DEFAULT = new Set(['bindToPort', 'validateClusters']);

export function valuesDiffer(a: unknown, b: unknown, path = ''): ValueDifference[] {
  if (isObject(a) && isObject(b)) return fieldsDiffer(a, b, path);
  if (Array.isArray(a) && Array.isArray(b)) return itemsDiffer(a, b, path);
  const [x, y] = [textOf(a), textOf(b)];
  return x === y ? [] : [{ path, a: x, b: y }];
}

function fieldsDiffer(a: Fields, b: Fields, path: string): ValueDifference[] {
  const [x, y] = [camelKeys(a), camelKeys(b)];
  return [...new Set([...x.keys(), ...y.keys()])].flatMap((key) => {
    const [left, right] = [x.get(key), y.get(key)];
    const [known, other] = left === undefined ? [right, left] : [left, right];
    if (VOLATILE.has(key) || (other === undefined && isDefault(known, key))) return [];
    return valuesDiffer(left, right, path === '' ? key : `${path}.${key}`);
  });
}

function itemsDiffer(a: readonly unknown[], b: readonly unknown[], path: string): ValueDifference[] {
  const [x, y] = [a, b].map((items) => items.map((item, at) => ({ item, at })));
  return align(x ?? [], y ?? [], ({ item }) => identityOf(item)).flatMap(({ a: left, b: right }) => {
    const at = `${path}[${left?.at ?? right?.at}]`;
    return left && right
      ? valuesDiffer(left.item, right.item, at)
      : [{ path: at, a: left && textOf(left.item), b: right && textOf(right.item) }];
  });
}

/** What an item of a list is known by: a filter chain by its match, most others by their names. */
function identityOf(item: unknown): string {
  if (!isObject(item)) return `${textOf(item)}`;
  const fields = camelKeys(item);
  const known = ['filterChainMatch', 'match', 'name', 'endpoint', 'hostname'].find((key) => fields.has(key));
  return known === undefined ? `${textOf(item)}` : `${known} ${textOf(fields.get(known))}`;
}

function isDefault(value: unknown, key: string): boolean {
  if (value === false || value === 0 || value === '') return !TRUE_BY_DEFAULT.has(key);
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function camel(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** config_dump prints snake_case, istioctl lowerCamelCase. */
function camelKeys(value: Fields): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(value).map(([key, each]) => [camel(key), each]));
}

/** The same text whatever the order and the spelling of the keys. */
function textOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(ordered(value));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isObject(value)) return value;
  const fields = [...camelKeys(value)].toSorted(([x], [y]) => (x < y ? -1 : 1));
  return Object.fromEntries(fields.map(([key, each]) => [key, ordered(each)]));
}
