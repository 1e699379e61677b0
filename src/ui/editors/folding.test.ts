import { foldable } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { describe, expect, test } from 'vitest';
import { folding } from './folding.ts';

/** Per line, what folding it hides. */
function hidden(text: string): Record<string, string> {
  const state = EditorState.create({ doc: text, extensions: folding });
  const lines = Array.from({ length: state.doc.lines }, (_, i) => state.doc.line(i + 1));
  return Object.fromEntries(
    lines.flatMap((line) => {
      const range = foldable(state, line.from, line.to);
      return range ? [[line.text, state.sliceDoc(range.from, range.to)]] : [];
    }),
  );
}

describe('what can be folded', () => {
  test('a block of JSON, down to the line before its closing bracket, and the blocks within', () => {
    expect(hidden('[\n  {\n    "a": 1\n  },\n  {}\n]')).toEqual({
      '[': '\n  {\n    "a": 1\n  },\n  {}',
      '  {': '\n    "a": 1',
    });
  });

  test('a block of YAML over blank lines, not those behind it', () => {
    expect(hidden('a:\n  b: 1\n\n  c: 2\n\nd: 3\n')).toEqual({ 'a:': '\n  b: 1\n\n  c: 2' });
  });

  test('a block that the paste cuts off', () => {
    expect(hidden('a:\n  b:\n    c: 1')).toEqual({ 'a:': '\n  b:\n    c: 1', '  b:': '\n    c: 1' });
  });

  test('a table of rules, with its COMMIT; none that lacks it', () => {
    expect(hidden('*nat\n-A OUTPUT -j RETURN\nCOMMIT\n*mangle\n:INPUT ACCEPT')).toEqual({
      '*nat': '\n-A OUTPUT -j RETURN\nCOMMIT',
    });
  });

  test('nothing in lines of equal depth', () => {
    expect(hidden('one\ntwo\n\n')).toEqual({});
  });
});
