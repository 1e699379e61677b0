import { expect, test } from 'vitest';
import { fuzz, mutatedPaste, randomOf, type Fault } from './fuzz.ts';

test('200 mutated pastes: no error, no hang, nothing lost', () => {
  const faults: Fault[] = [];
  fuzz(20_261_121, 200, (fault) => faults.push(fault));
  expect(faults.filter(({ kind }) => kind !== 'hang')).toEqual([]); // a loaded machine hangs by itself
});

test('the same seed makes the same pastes', () => {
  expect(mutatedPaste(randomOf(7))).toBe(mutatedPaste(randomOf(7)));
  expect(mutatedPaste(randomOf(8))).not.toBe(mutatedPaste(randomOf(7)));
});
