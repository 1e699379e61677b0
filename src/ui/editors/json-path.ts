// An offset in pasted JSON -> the path that leads there, as a person names it: `inbound|80|| › upstreamBindConfig`.
import type { JsonNode } from '../../base/json.ts';
import { readJson } from '../../base/json-reader.ts';

/** Texts beyond this are not read again for a path: the caret must stay quick. */
const LARGEST = 4_000_000;

function holds(node: { readonly span: { readonly from: number; readonly to: number } }, at: number): boolean {
  return node.span.from <= at && at <= node.span.to;
}

/** An item of a list goes by its name, where it has one. */
function nameOf(item: JsonNode, index: number): string {
  if (item.kind !== 'object') return `[${index}]`;
  const named = item.members.find(({ key, value }) => key === 'name' && value.kind === 'string');
  return named?.value.kind === 'string' && named.value.value !== '' ? named.value.value : `[${index}]`;
}

function pathIn(node: JsonNode, at: number): readonly string[] {
  if (node.kind === 'object') {
    const member = node.members.find(
      ({ keySpan, value }) => keySpan.from <= at && at <= Math.max(keySpan.to, value.span.to),
    );
    return member ? [member.key, ...pathIn(member.value, at)] : [];
  }
  if (node.kind !== 'array') return [];
  const index = node.items.findIndex((item) => holds(item, at));
  const item = node.items[index];
  return item ? [nameOf(item, index), ...pathIn(item, at)] : [];
}

let last: { text: string; from: number; tree: JsonNode } | null = null;

function treeOf(text: string, from: number, to: number): JsonNode | null {
  if (to - from > LARGEST) return null;
  const start = from + text.slice(from, to).search(/[{[]/);
  if (start < from) return null;
  if (last?.text !== text || last.from !== start) {
    last = { text, from: start, tree: readJson({ name: '', text }, { from: start, to }).value };
  }
  return last.tree;
}

/** The path to the value at `at` of the JSON that stands between `from` and `to`; empty where there is none. */
export function jsonPath(text: string, from: number, to: number, at: number): readonly string[] {
  const tree = treeOf(text, from, to);
  return tree && holds(tree, at) ? pathIn(tree, at) : [];
}
