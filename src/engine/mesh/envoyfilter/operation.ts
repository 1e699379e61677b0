// One operation of a patch on a list of messages: filters, filter chains, virtual hosts, routes.
// istio.io/istio pilot/pkg/networking/core/envoyfilter
import type { JsonNode } from '../../../base/json.ts';
import type { ConfigPatch } from '../../../documents/envoy/envoy-filter.ts';
import { holdsAll, mergeNode } from './merge.ts';

/** The list after the patch; the same list when the patch changes nothing. `named`: the match names an item. */
export function patchList(
  items: readonly JsonNode[],
  { operation, value }: ConfigPatch,
  matches: (item: JsonNode) => boolean,
  named: boolean,
): readonly JsonNode[] {
  const at = items.findIndex(matches);
  switch (operation) {
    case 'REMOVE':
      return at < 0 ? items : items.filter((item) => !matches(item));
    case 'MERGE':
      return at < 0 || !value ? items : items.map((item) => (matches(item) ? mergeNode(item, value) : item));
    case 'REPLACE':
      return at < 0 || !value ? items : items.with(at, value);
    case 'ADD':
      return inserted(items, value, items.length);
    case 'INSERT_FIRST':
      return inserted(items, value, 0);
    case 'INSERT_BEFORE':
      return named ? inserted(items, value, at) : inserted(items, value, 0);
    case 'INSERT_AFTER':
      return named ? inserted(items, value, at < 0 ? at : at + 1) : inserted(items, value, items.length);
    case 'INVALID':
      return items;
  }
}

/** -1 is nowhere. What a dump of the patched proxy shows already is not put in again. */
function inserted(items: readonly JsonNode[], value: JsonNode | undefined, at: number): readonly JsonNode[] {
  return !value || at < 0 || holdsAll(items, [value]) ? items : items.toSpliced(at, 0, value);
}
