// Two pods' Envoy configurations -> resources that only one of them has, and fields that differ. Objects are compared by
// their names, not by where they stand; fields by value, whatever their spelling.
import { plainValue, type JsonNode } from '../../base/json.ts';
import type { Span } from '../../base/source.ts';
import { evidenceAt } from '../trace/evidence.ts';
import type { Pod } from '../trace/pod.ts';
import type { Evidence } from '../trace/trace.ts';
import { translated, translation, type Translate } from './own-addresses.ts';
import { valuesDiffer } from './values.ts';

export interface ConfigDifference {
  readonly resource: 'listener' | 'cluster' | 'route';
  readonly name: string;
  /** `filterChains[0].filterChainMatch.destinationPort`; null when the whole resource is on one side only. */
  readonly path: string | null;
  /** The values as JSON; null on the side that lacks it. */
  readonly a: string | null;
  readonly b: string | null;
  readonly evidenceA: Evidence | null;
  readonly evidenceB: Evidence | null;
}

interface Resource {
  readonly resource: ConfigDifference['resource'];
  readonly name: string;
  readonly node: JsonNode;
  readonly span: Span;
}

export function configsDiffer(a: Pod, b: Pod): ConfigDifference[] {
  const translate = translation([[b, a]]);
  const [x, y] = [resourcesOf(a), resourcesOf(b, translate)];
  const keys = new Set([...x.keys(), ...y.keys()]);
  return [...keys].flatMap((key): ConfigDifference[] => {
    const [left, right] = [x.get(key), y.get(key)];
    const known = left ?? right;
    if (!known) return [];
    const at = {
      resource: known.resource,
      name: known.name,
      evidenceA: left ? evidenceAt(a.paste, left.span) : null,
      evidenceB: right ? evidenceAt(b.paste, right.span) : null,
    };
    if (!left || !right)
      return [{ ...at, path: null, a: left ? known.name : null, b: right ? known.name : null }];
    const values = valuesDiffer(plainValue(left.node), translated(plainValue(right.node), translate));
    return values.map((each) => ({ ...at, ...each }));
  });
}

/** By kind and name; names that hold a pod's address are those of the first pod. */
function resourcesOf({ config }: Pod, translate: Translate = (name) => name): ReadonlyMap<string, Resource> {
  const listeners = (config?.listeners ?? []).map(({ name, node, nameSpan }): Resource => ({
    resource: 'listener',
    name,
    node,
    span: nameSpan,
  }));
  const clusters = (config?.clusters ?? []).map(({ name, node, span }): Resource => ({
    resource: 'cluster',
    name,
    node,
    span,
  }));
  const routes = (config?.routeConfigurations ?? []).map(({ name, node, span }): Resource => ({
    resource: 'route',
    name,
    node,
    span,
  }));
  return new Map(
    [...listeners, ...clusters, ...routes].map((each) => [`${each.resource} ${translate(each.name)}`, each]),
  );
}
