import { expect, test } from 'vitest';
import { windowOf } from './windowed.ts';

test.each([[40], [1000], [1_300_000], [20_000_000]])(
  'of %i rows each can be reached, in its place',
  (count) => {
    const room = 600;
    const { height } = windowOf(count, 30, 0, room);
    expect(height).toBeLessThan(17_800_000);
    const end = height - room;
    for (const part of [0, 0.25, 0.5, 1]) {
      const scrolled = end * part;
      const { rows } = windowOf(count, 30, scrolled, room);
      expect(rows.length).toBeLessThan(60);
      const tops = rows.map(({ top }) => top);
      expect(Math.min(...tops)).toBeLessThanOrEqual(scrolled);
      expect(Math.max(...tops) + 30).toBeGreaterThanOrEqual(Math.min(scrolled + room, count * 30) - 0.01);
    }
    expect(windowOf(count, 30, 0, room).rows[0]).toEqual({ index: 0, top: 0 });
    const last = windowOf(count, 30, Math.max(0, end), room).rows.at(-1);
    expect(last?.index).toBe(count - 1);
    expect((last?.top ?? 0) + 30).toBeCloseTo(height, 0);
  },
);

test('no row, no height', () => {
  expect(windowOf(0, 30, 0, 600)).toMatchObject({ height: 0, rows: [] });
});
