import { readFileSync } from 'node:fs';
import CRC32 from 'crc-32';
import { expect, test } from 'vitest';
import { dictionary1 } from './dictionary.ts';
import { canOutdent } from './indentation.ts';

test('dictionary 1 is frozen: links were written with it', () => {
  const file = readFileSync('src/permalink/dictionary-1.txt');
  expect((CRC32.buf(file) >>> 0).toString(16)).toBe('6e8c03bd');
  expect((CRC32.buf(dictionary1()) >>> 0).toString(16)).toBe('6ee4c507');
});

test('it fits into the window of deflate, and into our notation', () => {
  expect(dictionary1().length).toBeLessThanOrEqual(32 * 1024);
  expect(canOutdent(readFileSync('src/permalink/dictionary-1.txt', 'utf8'))).toBe(true);
});
