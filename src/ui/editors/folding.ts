// What can be folded in a paste: a block of JSON or YAML by its indentation, a table of rules from `*nat` to COMMIT.
import { codeFolding, foldGutter, foldKeymap, foldService } from '@codemirror/language';
import type { EditorState, Extension, Text } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { perObject } from '../../base/lazy.ts';

function indentOf(text: string): number {
  return text.search(/\S/);
}

/** By number of its first line, the last line of a block: it is indented more than the first, as all between them are. */
const blockEnds = perObject((doc: Text): ReadonlyMap<number, number> => {
  const ends = new Map<number, number>();
  const open: { readonly n: number; readonly indent: number }[] = [];
  let last = 0;
  function close(indent: number): void {
    for (let block = open.at(-1); block && block.indent >= indent; block = open.at(-1)) {
      if (block.n < last) ends.set(block.n, last);
      open.pop();
    }
  }
  let n = 0;
  for (const line of doc.iterLines()) {
    n += 1;
    const indent = indentOf(line);
    if (indent < 0) continue;
    close(indent);
    open.push({ n, indent });
    last = n;
  }
  close(0);
  return ends;
});

/** The line behind which a table of rules ends. */
function endOfTable({ doc }: EditorState, from: number): number | null {
  for (let n = from + 1; n <= doc.lines; n += 1) if (doc.line(n).text.startsWith('COMMIT')) return n;
  return null;
}

function foldAt(state: EditorState, start: number): { from: number; to: number } | null {
  const { number, text, to } = state.doc.lineAt(start);
  const isTable = /^\*\w+/.test(text);
  const end = isTable ? endOfTable(state, number) : blockEnds(state.doc).get(number);
  return end ? { from: to, to: state.doc.line(end).to } : null;
}

export const folding: Extension = [
  codeFolding(),
  foldGutter(),
  foldService.of(foldAt),
  keymap.of(foldKeymap),
];
