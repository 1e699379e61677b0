// Go's sort.Slice: sorts, keeps ties in place up to twelve items, and is a permutation even for an order that is none.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { goSorted } from './go-sort.ts';

const numbers = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 400 });

test('sorts numbers of any order, many of them equal', () => {
  const shapes = fc.oneof(
    numbers,
    numbers.map((list) => list.toSorted((a, b) => a - b)),
    numbers.map((list) => list.toSorted((a, b) => b - a)),
  );
  fc.assert(
    fc.property(shapes, (list) => {
      expect(goSorted(list, (a, b) => a < b)).toEqual(list.toSorted((a, b) => a - b));
    }),
    { numRuns: 500 },
  );
});

test('keeps the order of equals among twelve', () => {
  const pairs = fc.array(fc.tuple(fc.nat(3), fc.nat()), { maxLength: 12 });
  fc.assert(
    fc.property(pairs, (list) => {
      expect(goSorted(list, (a, b) => a[0] < b[0])).toEqual(list.toSorted((a, b) => a[0] - b[0]));
    }),
  );
});

const isEvenBefore = (a: number, b: number) => a % 2 === 0 && b % 2 === 0 && a < b;

test('loses nothing where only some pairs are ordered', () => {
  fc.assert(
    fc.property(numbers, (list) => {
      expect(goSorted(list, isEvenBefore).toSorted((a, b) => a - b)).toEqual(list.toSorted((a, b) => a - b));
    }),
  );
});
