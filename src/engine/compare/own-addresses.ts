// Two pods of one application have addresses of their own: what is said of the one is said of the other under its
// addresses. Addresses are paired by family, in their order.
import type { IpAddress } from '../../base/ip.ts';
import type { Pod } from '../trace/pod.ts';

export type Translate = (text: string) => string;

/** Puts the addresses of the second pods in the place of the first ones', wherever a text names them whole. */
export function translation(pairs: readonly (readonly [Pod, Pod])[]): Translate {
  const names = new Map(pairs.flatMap(([from, to]) => paired(from.addresses, to.addresses)));
  if (names.size === 0) return (text) => text;
  const known = [...names.keys()].map((text) => text.replaceAll('.', '\\.')).join('|');
  const pattern = new RegExp(`(?<![\\da-zA-Z.:])(?:${known})(?![\\da-zA-Z.]|:[0-9a-f]*:)`, 'g');
  return (text) => text.replace(pattern, (found) => names.get(found) ?? found);
}

function paired(from: readonly IpAddress[], to: readonly IpAddress[]): [string, string][] {
  return ([4, 6] as const).flatMap((family) => {
    const own = to.filter((address) => address.family === family);
    return from
      .filter((address) => address.family === family)
      .flatMap(({ text }, i): [string, string][] => {
        const other = own[i]?.text;
        return other === undefined || other === text ? [] : [[text, other]];
      });
  });
}

/** Every text inside a plain value, keys left alone. */
export function translated(value: unknown, translate: Translate): unknown {
  if (typeof value === 'string') return translate(value);
  if (Array.isArray(value)) return value.map((each) => translated(each, translate));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, translated(each, translate)]));
}
