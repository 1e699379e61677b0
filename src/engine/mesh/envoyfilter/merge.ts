// How a patch is merged into a message: as protobuf merges, on the tree, so that every value keeps its own line.
// https://protobuf.dev/reference/cpp/api-docs/google.protobuf.message/#Message.MergeFrom
import {
  plainValue,
  type JsonArray,
  type JsonMember,
  type JsonNode,
  type JsonObject,
} from '../../../base/json.ts';
import { field, stringOf } from '../../../documents/envoy/proto.ts';

/** Maps, of which a patch replaces whole entries. */
const MAPS = new Set([
  'filter_metadata',
  'typed_filter_metadata',
  'typed_extension_protocol_options',
  'typed_per_filter_config',
]);

/** `listenerFilters` and `listener_filters` are one field. */
function fieldName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Scalars are replaced, messages merged field by field, lists appended to; packed messages of another type replaced. */
export function mergeNode(into: JsonNode | undefined, patch: JsonNode): JsonNode {
  if (into?.kind === 'object' && patch.kind === 'object' && isSameType(into, patch))
    return mergeObject(into, patch);
  return into?.kind === 'array' && patch.kind === 'array' ? appendList(into, patch) : patch;
}

function isSameType(into: JsonObject, patch: JsonObject): boolean {
  return stringOf(field(into, '@type')) === stringOf(field(patch, '@type'));
}

function mergeObject(into: JsonObject, patch: JsonObject): JsonObject {
  return patch.members.reduce<JsonObject>(
    (merged, member) => withMember(merged, member, MAPS.has(fieldName(member.key)) ? mergeMap : mergeNode),
    into,
  );
}

function mergeMap(into: JsonNode | undefined, patch: JsonNode): JsonNode {
  if (into?.kind !== 'object' || patch.kind !== 'object') return patch;
  return patch.members.reduce<JsonObject>(
    (merged, member) => withMember(merged, member, (_, value) => value),
    into,
  );
}

function withMember(
  node: JsonObject,
  { key, keySpan, value }: JsonMember,
  merge: (into: JsonNode | undefined, patch: JsonNode) => JsonNode,
): JsonObject {
  const name = fieldName(key);
  const at = node.members.findLastIndex((member) => member.key === key || fieldName(member.key) === name);
  const held = node.members[at];
  const merged = { key: held?.key ?? key, keySpan, value: merge(held?.value, value) };
  if (merged.value === held?.value) return node;
  return { ...node, members: held ? node.members.with(at, merged) : [...node.members, merged] };
}

/** A dump of the patched proxy holds the items already: then they are not added again. */
function appendList(into: JsonArray, patch: JsonArray): JsonArray {
  return holdsAll(into.items, patch.items) ? into : { ...into, items: [...into.items, ...patch.items] };
}

function identity(node: JsonNode): string {
  return stringOf(field(node, 'name')) || JSON.stringify(plainValue(node));
}

/** Whether all of them are there, in this order. */
export function holdsAll(items: readonly JsonNode[], wanted: readonly JsonNode[]): boolean {
  const names = items.map(identity);
  let from = 0;
  for (const name of wanted.map(identity)) {
    from = names.indexOf(name, from) + 1;
    if (from === 0) return false;
  }
  return true;
}

/** The tree with that field set, under the name it has there. */
export function withField(node: JsonObject, name: string, value: JsonNode): JsonObject {
  const key = { key: name, keySpan: value.span, value };
  return withMember(node, key, (_, given) => given);
}
