// Rows in sight, fetched a page at a time from where all of them are.
import { useEffect, useState } from 'react';

const PAGE = 100;

/**
 * The rows of the pages that hold the places from `first` to `last`, by place; those that are still on the way are
 * missing. `load` must be the same function as long as the rows are the same.
 */
export function usePaged<T>(
  load: (start: number, end: number) => Promise<readonly T[]>,
  first: number,
  last: number,
): ReadonlyMap<number, T> {
  const [rows, setRows] = useState<ReadonlyMap<number, T>>(new Map());
  const from = Math.floor(first / PAGE) * PAGE;
  const to = (Math.floor(last / PAGE) + 1) * PAGE;
  useEffect(() => {
    let gone = false;
    load(from, to).then(
      (read) => !gone && setRows(new Map(read.map((row, i) => [from + i, row]))),
      () => undefined, // the worker was given up; what it is asked next starts another
    );
    return () => {
      gone = true;
    };
  }, [load, from, to]);
  return rows;
}
