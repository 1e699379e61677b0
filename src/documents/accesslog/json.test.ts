import { expect, test } from 'vitest';
import type { JsonNode } from '../../base/json.ts';
import { isJsonEntry } from './json.ts';

test('a nest of objects is looked into no deeper than a log line goes', () => {
  const span = { from: 0, to: 0 };
  let looks = 0;
  const nest = (depth: number): JsonNode => ({
    kind: 'object',
    span,
    gaps: [],
    get members() {
      looks += 1;
      return depth > 0 ? [{ key: 'a', keySpan: span, value: nest(depth - 1) }] : [];
    },
  });
  expect(isJsonEntry(nest(1000))).toBe(false);
  expect(looks).toBeLessThan(100);
});
