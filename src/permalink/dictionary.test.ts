import { readFileSync } from 'node:fs';
import CRC32 from 'crc-32';
import { expect, test } from 'vitest';
import { dictionary1, dictionary2 } from './dictionary.ts';
import { canOutdent } from './indentation.ts';

test('dictionary 1 is frozen: links were written with it', () => {
  const file = readFileSync('src/permalink/dictionary-1.txt');
  expect((CRC32.buf(file) >>> 0).toString(16)).toBe('6e8c03bd');
  expect((CRC32.buf(dictionary1()) >>> 0).toString(16)).toBe('6ee4c507');
});

test('dictionary 2 is frozen', () => {
  const file = readFileSync('src/permalink/dictionary-2.txt');
  expect((CRC32.buf(file) >>> 0).toString(16)).toBe('b7e3a96f');
  expect((CRC32.buf(dictionary2()) >>> 0).toString(16)).toBe('f841253');
});

test('they fit into the window of deflate, and into our notation', () => {
  for (const bytes of [dictionary1(), dictionary2()]) expect(bytes.length).toBeLessThanOrEqual(32 * 1024);
  for (const name of ['dictionary-1.txt', 'dictionary-2.txt'])
    expect(canOutdent(readFileSync(`src/permalink/${name}`, 'utf8'))).toBe(true);
});
