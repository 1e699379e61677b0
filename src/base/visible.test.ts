import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { allVisible, hidesSomething, visible } from './visible.ts';

test.each([
  ['an override', 'safe\u202Eelif', 'safe⟨U+202E⟩elif'],
  ['isolates', '\u2066a\u2069', '⟨U+2066⟩a⟨U+2069⟩'],
  ['NUL and escape', 'a\u0000b\u001b[31m', 'a⟨U+0000⟩b⟨U+001B⟩[31m'],
  ['nothing', 'tab\tline\r\n中文 😀 e\u0301', 'tab\tline\r\n中文 😀 e\u0301'],
])('shows %s', (_, text, shown) => expect(visible(text)).toBe(shown));

test('nothing stays hidden, in any text of any data', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(hidesSomething(visible(text))).toBe(false);
      expect(allVisible({ a: [text, { b: text, n: 1, none: null }] })).toEqual({
        a: [visible(text), { b: visible(text), n: 1, none: null }],
      });
    }),
  );
});

test('a pod is found by the name it has', () => {
  expect(allVisible({ pod: 'a\u202eb', text: 'a\u202eb' })).toEqual({ pod: 'a\u202eb', text: 'a⟨U+202E⟩b' });
});
