import { expect, test } from 'vitest';
import { freeCorner, hidesABox } from './overview.ts';

const ROOM = { width: 860, height: 600 };
const STILL = { x: 0, y: 0, zoom: 1 };
const box = (x: number, y: number) => ({ x, y, width: 240, height: 160 });

test('a journey whose boxes are in sight needs no map', () => {
  expect(hidesABox([box(0, 0), box(620, 440)], STILL, ROOM)).toBe(false);
  expect(hidesABox([box(0, 0), box(700, 500)], STILL, ROOM)).toBe(false);
  expect(hidesABox([box(0, 0), box(760, 0)], STILL, ROOM)).toBe(true);
  expect(hidesABox([box(0, 0), box(760, 0)], { x: 0, y: 0, zoom: 0.5 }, ROOM)).toBe(false);
  expect(hidesABox([box(0, 0)], { x: 0, y: -90, zoom: 1 }, ROOM)).toBe(true);
});

test('the map stands where no box is', () => {
  expect(freeCorner([], STILL, ROOM)).toBe('bottom-right');
  expect(freeCorner([box(620, 440)], STILL, ROOM)).toBe('bottom-left');
  expect(freeCorner([box(620, 440), box(0, 440)], STILL, ROOM)).toBe('top-right');
});

test('where boxes fill every corner it stands nowhere', () => {
  const boxes = [box(0, 0), box(620, 0), box(0, 440), box(620, 440)];
  expect(freeCorner(boxes, STILL, ROOM)).toBeNull();
  expect(freeCorner(boxes, { x: 300, y: 0, zoom: 0.2 }, ROOM)).toBe('bottom-right');
});
