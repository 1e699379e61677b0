// What can be folded in a paste: a block of JSON or YAML by its indentation, a table of rules from `*nat` to COMMIT.
import { codeFolding, foldGutter, foldKeymap, foldService } from '@codemirror/language';
import type { EditorState, Extension } from '@codemirror/state';
import { keymap } from '@codemirror/view';

/** Lines looked at for the end of a block; longer blocks fold no further. */
const REACH = 20_000;

function indentOf(text: string): number {
  return text.search(/\S/);
}

function endOfTable(state: EditorState, from: number): number | null {
  for (let n = from + 1; n <= Math.min(state.doc.lines, from + REACH); n += 1)
    if (state.doc.line(n).text.startsWith('COMMIT')) return state.doc.line(n).to;
  return null;
}

/** The end of the last line that is indented more than the first; a closing bracket stays in sight. */
function endOfBlock(state: EditorState, from: number): number | null {
  const indent = indentOf(state.doc.line(from).text);
  let end: number | null = null;
  for (let n = from + 1; n <= Math.min(state.doc.lines, from + REACH); n += 1) {
    const line = state.doc.line(n);
    const deeper = indentOf(line.text);
    if (deeper >= 0 && deeper <= indent) break;
    if (deeper >= 0) end = line.to;
  }
  return end;
}

function foldAt(state: EditorState, start: number): { from: number; to: number } | null {
  const line = state.doc.lineAt(start);
  if (indentOf(line.text) < 0) return null;
  const isTable = /^\*\w+/.test(line.text);
  const to = isTable ? endOfTable(state, line.number) : endOfBlock(state, line.number);
  return to === null ? null : { from: line.to, to };
}

export const folding: Extension = [
  codeFolding(),
  foldGutter(),
  foldService.of(foldAt),
  keymap.of(foldKeymap),
];
