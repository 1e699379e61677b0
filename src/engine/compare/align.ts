// Two lists -> pairs in order, by the longest common subsequence of their names: what stands on both sides, what on one.

export interface Pair<T> {
  readonly a: T | null;
  readonly b: T | null;
}

/** Longer lists are not aligned cell by cell: beyond so many cells only what begins and ends alike is paired. */
const CELLS = 4_000_000;

/** Every item once, those with equal names paired where order allows. */
export function align<T>(a: readonly T[], b: readonly T[], nameOf: (item: T) => string): Pair<T>[] {
  const [x, y] = [a.map(nameOf), b.map(nameOf)];
  const head = commonLength(x, y, (names, i) => names[i]);
  const tail = commonLength(x.slice(head), y.slice(head), (names, i) => names[names.length - 1 - i]);
  const middle = paired(a.slice(head, a.length - tail), b.slice(head, b.length - tail), nameOf);
  return [
    ...both(a.slice(0, head), b.slice(0, head)),
    ...middle,
    ...both(a.slice(a.length - tail), b.slice(b.length - tail)),
  ];
}

function commonLength(
  x: readonly string[],
  y: readonly string[],
  at: (names: readonly string[], i: number) => string | undefined,
): number {
  let length = 0;
  while (length < Math.min(x.length, y.length) && at(x, length) === at(y, length)) length += 1;
  return length;
}

function both<T>(a: readonly T[], b: readonly T[]): Pair<T>[] {
  return a.map((item, i) => ({ a: item, b: b[i] ?? null }));
}

function paired<T>(a: readonly T[], b: readonly T[], nameOf: (item: T) => string): Pair<T>[] {
  if (a.length * b.length > CELLS)
    return [...a.map((item) => ({ a: item, b: null })), ...b.map((item) => ({ a: null, b: item }))];
  const [x, y] = [a.map(nameOf), b.map(nameOf)];
  const lengths = commonLengths(x, y);
  const pairs: Pair<T>[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const takeA =
      a[i] !== undefined && (b[j] === undefined || (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0));
    if (a[i] !== undefined && b[j] !== undefined && x[i] === y[j])
      pairs.push({ a: a[i++] ?? null, b: b[j++] ?? null });
    else if (takeA) pairs.push({ a: a[i++] ?? null, b: null });
    else pairs.push({ a: null, b: b[j++] ?? null });
  }
  return pairs;
}

/** `lengths[i][j]`: how much of a from i on and b from j on can be paired. */
function commonLengths(x: readonly string[], y: readonly string[]): number[][] {
  const lengths = Array.from({ length: x.length + 1 }, () => Array<number>(y.length + 1).fill(0));
  for (let i = x.length - 1; i >= 0; i -= 1)
    for (let j = y.length - 1; j >= 0; j -= 1) {
      const row = lengths[i];
      if (!row) continue;
      row[j] =
        x[i] === y[j]
          ? (lengths[i + 1]?.[j + 1] ?? 0) + 1
          : Math.max(lengths[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  return lengths;
}
