// Two pods' Envoy configurations -> resources that only one of them has, and fields that differ. Objects are compared by
// their names, not by where they stand; fields by value, whatever their spelling.
import { plainValue, type JsonNode } from '../../base/json.ts';
import type { Span } from '../../base/source.ts';
import { evidenceAt } from '../trace/evidence.ts';
import type { Pod } from '../trace/pod.ts';
import type { Evidence } from '../trace/trace.ts';

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

/** Values that change without meaning anything for a path. */
const VOLATILE = /(?:^|\.)(?:lastUpdated|versionInfo|statPrefix|metadata)(?:\.|\[|$)/;

export function configsDiffer(a: Pod, b: Pod): ConfigDifference[] {
  const [x, y] = [resourcesOf(a), resourcesOf(b)];
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
    const values = valuesDiffer(plainValue(left.node), plainValue(right.node), '');
    return values.filter(({ path }) => !VOLATILE.test(path)).map((each) => ({ ...at, ...each }));
  });
}

function resourcesOf({ config }: Pod): ReadonlyMap<string, Resource> {
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
    [...listeners, ...clusters, ...routes].map((each) => [`${each.resource} ${each.name}`, each]),
  );
}

interface ValueDifference {
  readonly path: string;
  readonly a: string | null;
  readonly b: string | null;
}

function valuesDiffer(a: unknown, b: unknown, path: string): ValueDifference[] {
  if (isObject(a) && isObject(b)) {
    const [x, y] = [camelKeys(a), camelKeys(b)];
    const keys = new Set([...x.keys(), ...y.keys()]);
    return [...keys].flatMap((key) =>
      valuesDiffer(x.get(key), y.get(key), path === '' ? key : `${path}.${key}`),
    );
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    const length = Math.max(a.length, b.length);
    return Array.from({ length }, (_, i) => valuesDiffer(a[i], b[i], `${path}[${i}]`)).flat();
  }
  const [x, y] = [textOf(a), textOf(b)];
  return x === y ? [] : [{ path, a: x, b: y }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function camel(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** config_dump prints snake_case, istioctl lowerCamelCase. */
function camelKeys(value: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(value).map(([key, each]) => [camel(key), each]));
}

function textOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
