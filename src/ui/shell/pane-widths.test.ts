import { expect, it } from 'vitest';
import { held, keepWidths, readWidths, stylesOf } from './pane-widths.ts';

function memoryOf(first: string | null) {
  let kept = first;
  return {
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value;
    },
  };
}

it('comes back at the next visit', () => {
  const memory = memoryOf(null);
  expect(readWidths(memory)).toEqual({ paste: null, details: null });
  keepWidths(memory, { paste: 400, details: null });
  expect(readWidths(memory)).toEqual({ paste: 400, details: null });
  expect(stylesOf(readWidths(memory))).toEqual({ '--paste-width': 'min(400px, 40%)' });
});

it('never leaves a pane too narrow to read or too wide to see past', () => {
  expect([held(3), held(333.4), held(9000)]).toEqual([240, 333, 720]);
  expect(readWidths(memoryOf('[9000,"wide"]'))).toEqual({ paste: 720, details: null });
  expect(readWidths(memoryOf('{'))).toEqual({ paste: null, details: null });
});
