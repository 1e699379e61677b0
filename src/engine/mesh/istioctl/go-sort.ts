// Go's sort.Slice, swap for swap: it is not stable, so where the order is no total order the algorithm decides.
// https://pkg.go.dev/sort#Slice: pattern-defeating quicksort, https://arxiv.org/pdf/2106.05123.pdf, as in Go 1.19 and later.

/** A list that is sorted in place; ranges are half open. */
interface Sorting {
  readonly less: (i: number, j: number) => boolean;
  readonly swap: (i: number, j: number) => void;
}

const LONGEST_INSERTION = 12;
const SHORTEST_NINTHER = 50;
const MOST_SWAPS = 12;
const MOST_SHIFTS = 5;

/** The items in the order Go would leave them in. */
export function goSorted<T>(items: readonly T[], isBefore: (a: T, b: T) => boolean): readonly T[] {
  const sorted = items.map((item) => ({ item }));
  const sorting: Sorting = {
    less: (i, j) => {
      const [a, b] = [sorted[i], sorted[j]];
      return a !== undefined && b !== undefined && isBefore(a.item, b.item);
    },
    swap: (i, j) => {
      const [a, b] = [sorted[i], sorted[j]];
      if (a && b) [sorted[i], sorted[j]] = [b, a];
    },
  };
  quickSort(sorting, 0, items.length, bitLength(items.length));
  return sorted.map(({ item }) => item);
}

function bitLength(value: number): number {
  return 32 - Math.clz32(value);
}

/** `limit`: how many unbalanced partitions are left before heap sort takes over. */
function quickSort(sorting: Sorting, from: number, to: number, limit: number): void {
  let [a, b, left] = [from, to, limit];
  let [wasBalanced, wasPartitioned] = [true, true];
  while (b - a > LONGEST_INSERTION) {
    if (left === 0) return heapSort(sorting, a, b);
    if (!wasBalanced) {
      breakPatterns(sorting, a, b);
      left -= 1;
    }
    let { pivot, swaps } = choosePivot(sorting, a, b);
    if (swaps === MOST_SWAPS) {
      reverse(sorting, a, b);
      pivot = b - 1 - (pivot - a);
      swaps = 0;
    }
    if (wasBalanced && wasPartitioned && swaps === 0 && isNearlySorted(sorting, a, b)) return;
    if (a > 0 && !sorting.less(a - 1, pivot)) {
      a = partitionEqual(sorting, a, b, pivot);
      continue;
    }
    const { middle, untouched } = partition(sorting, a, b, pivot);
    wasPartitioned = untouched;
    wasBalanced = Math.min(middle - a, b - middle) >= Math.floor((b - a) / 8);
    if (middle - a < b - middle) {
      quickSort(sorting, a, middle, left);
      a = middle + 1;
    } else {
      quickSort(sorting, middle + 1, b, left);
      b = middle;
    }
  }
  insertionSort(sorting, a, b);
}

function insertionSort({ less, swap }: Sorting, a: number, b: number): void {
  for (let i = a + 1; i < b; i += 1) for (let j = i; j > a && less(j, j - 1); j -= 1) swap(j, j - 1);
}

function heapSort(sorting: Sorting, a: number, b: number): void {
  const length = b - a;
  for (let i = Math.floor((length - 1) / 2); i >= 0; i -= 1) siftDown(sorting, i, length, a);
  for (let i = length - 1; i >= 0; i -= 1) {
    sorting.swap(a, a + i);
    siftDown(sorting, 0, i, a);
  }
}

function siftDown({ less, swap }: Sorting, top: number, end: number, first: number): void {
  let root = top;
  for (let child = 2 * root + 1; child < end; child = 2 * root + 1) {
    if (child + 1 < end && less(first + child, first + child + 1)) child += 1;
    if (!less(first + root, first + child)) return;
    swap(first + root, first + child);
    root = child;
  }
}

/** Scatters three items around the middle, by a random number that only the length decides. */
function breakPatterns({ swap }: Sorting, a: number, b: number): void {
  const length = b - a;
  let random = BigInt(length);
  const mask = (1n << BigInt(bitLength(length))) - 1n;
  const middle = a + Math.floor(length / 4) * 2 - 1;
  for (let i = 0; i < 3; i += 1) {
    random ^= BigInt.asUintN(64, random << 13n);
    random ^= random >> 7n;
    random ^= BigInt.asUintN(64, random << 17n);
    const other = Number(random & mask);
    swap(middle - 1 + i, a + (other >= length ? other - length : other));
  }
}

/** A median of three, or of three medians; `swaps` tells how far the samples were from being in order. */
function choosePivot({ less }: Sorting, a: number, b: number): { pivot: number; swaps: number } {
  let swaps = 0;
  const ordered = (i: number, j: number): readonly [number, number] => {
    if (!less(j, i)) return [i, j];
    swaps += 1;
    return [j, i];
  };
  const median = (i: number, j: number, k: number): number => {
    const [low, high] = ordered(i, j);
    const [middle] = ordered(high, k);
    return ordered(low, middle)[1];
  };
  const quarter = Math.floor((b - a) / 4);
  const samples = [a + quarter, a + quarter * 2, a + quarter * 3].map((at) =>
    b - a >= SHORTEST_NINTHER ? median(at - 1, at, at + 1) : at,
  );
  const [i = a, j = a, k = a] = samples;
  return { pivot: median(i, j, k), swaps };
}

function reverse({ swap }: Sorting, a: number, b: number): void {
  for (let [i, j] = [a, b - 1]; i < j; i += 1, j -= 1) swap(i, j);
}

/** Mends a few pairs that are out of order; false when there are more. */
function isNearlySorted({ less, swap }: Sorting, a: number, b: number): boolean {
  let i = a + 1;
  for (let shift = 0; shift < MOST_SHIFTS; shift += 1) {
    while (i < b && !less(i, i - 1)) i += 1;
    if (i === b) return true;
    if (b - a < SHORTEST_NINTHER) return false;
    swap(i, i - 1);
    if (i - a >= 2) for (let j = i - 1; j >= 1 && less(j, j - 1); j -= 1) swap(j, j - 1);
    if (b - i >= 2) for (let j = i + 1; j < b && less(j, j - 1); j += 1) swap(j, j - 1);
  }
  return false;
}

/** Items equal to the pivot to the left, greater ones to the right. */
function partitionEqual({ less, swap }: Sorting, a: number, b: number, pivot: number): number {
  swap(a, pivot);
  let [i, j] = [a + 1, b - 1];
  for (;;) {
    while (i <= j && !less(a, i)) i += 1;
    while (i <= j && less(a, j)) j -= 1;
    if (i > j) return i;
    swap(i, j);
    i += 1;
    j -= 1;
  }
}

/** Lesser items to the left of the pivot; `untouched`: they all were already. */
function partition(
  { less, swap }: Sorting,
  a: number,
  b: number,
  pivot: number,
): { readonly middle: number; readonly untouched: boolean } {
  swap(a, pivot);
  let [i, j] = [a + 1, b - 1];
  for (let untouched = true; ; untouched = false) {
    while (i <= j && less(i, a)) i += 1;
    while (i <= j && !less(j, a)) j -= 1;
    if (i > j) {
      swap(j, a);
      return { middle: j, untouched };
    }
    swap(i, j);
    i += 1;
    j -= 1;
  }
}
