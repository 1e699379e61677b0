// Go's sort.Slice on up to 12 items: an insertion sort, which matters where the order is no total order.
// https://pkg.go.dev/sort#Slice; longer lists, which Go sorts by pdqsort, are sorted the same way here.

export function insertionSorted<T>(items: readonly T[], isBefore: (a: T, b: T) => boolean): readonly T[] {
  const sorted: T[] = [];
  for (const item of items) {
    let at = sorted.length;
    for (let before = sorted[at - 1]; before !== undefined && isBefore(item, before); before = sorted[at - 1])
      at -= 1;
    sorted.splice(at, 0, item);
  }
  return sorted;
}
