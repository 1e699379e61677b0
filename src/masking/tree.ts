// A JSON tree -> JSON text that holds only known fields, with renamed values. What the paste leaves out stays marked
// as left out, so that the copy is as undecided as the original.
import type { JsonMember, JsonNode, JsonObject } from '../base/json.ts';
import type { Mask } from './mask.ts';
import { isVocabulary } from './words.ts';

/** Their values are keys, certificates, passwords: not one character of them leaves. */
const SECRET =
  /passw|secret|token|private|certificate|cert_chain|credential|api_?key|jwks|inline_?(?:string|bytes|code)|authorization|cookie/i;

/** Objects whose keys are names or types, not fields. */
const NAMED_KEYS =
  /^(?:labels|matchLabels|selector|annotations|headers|filter_?metadata|metadata|cookies|typed_?per_?filter_?config)$/i;

/** Keys that may stand in such an object and tell Istio something. */
const ISTIO_KEY = /^[\w.-]*istio\.io\/[\w.-]+$/;

export interface Layout {
  /** What each level is indented by; '' writes one line. */
  readonly indent: string;
}

function keyOf({ key, value }: JsonMember, parent: string, mask: Mask): string | null {
  if (SECRET.test(key) && value.kind !== 'boolean') {
    mask.ledger.leftOut('secrets', '');
    return null;
  }
  if (key.startsWith('@') || isVocabulary(key) || ISTIO_KEY.test(key)) return key;
  if (NAMED_KEYS.test(parent) && parent !== 'annotations') return mask.rename(key);
  mask.ledger.leftOut('fields', mask.rename(key));
  return null;
}

function bracketed(
  open: string,
  parts: readonly string[],
  close: string,
  layout: Layout,
  depth: number,
): string {
  if (parts.length === 0) return open + close;
  const line = layout.indent === '' ? '' : `\n${layout.indent.repeat(depth + 1)}`;
  const end = layout.indent === '' ? '' : `\n${layout.indent.repeat(depth)}`;
  return `${open}${line}${parts.join(`,${line}`)}${end}${close}`;
}

/** A gap takes no comma; one mark stands for all gaps of a container. */
function withGap(text: string, { gaps }: { readonly gaps: readonly unknown[] }): string {
  return gaps.length === 0 ? text : `${text.slice(0, -1)} ...\n${text.slice(-1)}`;
}

function objectText(node: JsonObject, mask: Mask, layout: Layout, depth: number, parent: string): string {
  const members = node.members.flatMap((member) => {
    const key = keyOf(member, parent, mask);
    if (key === null) return [];
    const value = treeText(member.value, mask, layout, depth + 1, member.key);
    return [`${JSON.stringify(key)}:${layout.indent === '' ? '' : ' '}${value}`];
  });
  return withGap(bracketed('{', members, '}', layout, depth), node);
}

/** The text of a tree. Deeper than the reader reads it cannot be. */
export function treeText(node: JsonNode, mask: Mask, layout: Layout, depth = 0, parent = ''): string {
  switch (node.kind) {
    case 'object':
      return objectText(node, mask, layout, depth, parent);
    case 'array': {
      const items = node.items.map((item) => treeText(item, mask, layout, depth + 1, parent));
      return withGap(bracketed('[', items, ']', layout, depth), node);
    }
    case 'string':
      return JSON.stringify(mask.rename(node.value));
    case 'number':
      return node.text;
    case 'boolean':
      return String(node.value);
    case 'null':
      return 'null';
    case 'unparsed':
      return '...';
  }
}
