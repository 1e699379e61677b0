// The elements of a map or of a set of concatenations, and the subjects that they are compared with -> tests an element.
// The kernel looks an element up: net/netfilter/nft_lookup.c.
import type { MatchTest } from '../iptables/match.ts';
import { protocolNumber } from '../iptables/names.ts';
import type { TableFamily } from '../iptables/ruleset.ts';
import type { MapEntry, TargetAction } from '../iptables/target.ts';
import type { Token } from '../iptables/tokens.ts';
import { readTest } from './comparison.ts';
import type { Element } from './elements.ts';

/** What stands left of `vmap`, `map` or a set: the parts of the key. */
export interface Subject {
  readonly subject: string;
  readonly mask: string | null;
}

/** Elements as tests. `needs` is what the kernel checks before it looks an element up. */
export interface ReadKeys {
  readonly needs: readonly MatchTest[];
  readonly keys: readonly (readonly MatchTest[])[];
}

/** Null when a key is not understood, or when no element but that of every other key tells what the subjects need. */
export function readKeys(
  subjects: readonly Subject[],
  elements: readonly Element[],
  family: TableFamily,
): ReadKeys | null {
  if (elements.length === 0) return { needs: [], keys: [] };
  const keys: (readonly MatchTest[])[] = [];
  let needs: readonly MatchTest[] | null = null;
  for (const { key } of elements) {
    const read = isCatchAll(key) ? EVERY_KEY : readKey(subjects, key, family);
    if (!read) return null;
    if (!isCatchAll(key)) needs ??= read.needs;
    keys.push(read.tests);
  }
  return needs && { needs, keys };
}

interface ReadKey {
  readonly needs: readonly MatchTest[];
  readonly tests: readonly MatchTest[];
}

const EVERY_KEY: ReadKey = { needs: [], tests: [] };

function isCatchAll(key: readonly string[]): boolean {
  return key.length === 1 && key[0] === '*';
}

function readKey(subjects: readonly Subject[], key: readonly string[], family: TableFamily): ReadKey | null {
  if (key.length !== subjects.length) return null;
  const needs: MatchTest[] = [];
  const tests: MatchTest[] = [];
  for (const [i, part] of subjects.entries()) {
    const read = readTest({ ...part, operator: '==', values: [key[i] ?? ''], lookup: true }, family);
    if (!read) return null;
    needs.push(...read.needs, ...presence(read.test));
    tests.push(read.test);
  }
  return { needs, tests };
}

/** A packet without the subject breaks the rule off, whatever the map says of other keys. */
function presence(test: MatchTest): MatchTest[] {
  if (test.kind === 'connmark') return [{ kind: 'ct-exists' }];
  if (test.kind !== 'ports') return [];
  const any = [protocolNumber('tcp') ?? 6, protocolNumber('udp') ?? 17];
  return [{ kind: 'protocol', protocols: test.protocols.length > 0 ? test.protocols : any }];
}

/** The entries of a map, that of every other key last. Null when an element is not understood. */
export function readEntries(
  subjects: readonly Subject[],
  elements: readonly Element[],
  family: TableFamily,
  actionOf: (data: readonly Token[]) => TargetAction | null,
): { needs: readonly MatchTest[]; entries: readonly MapEntry[] } | null {
  const sorted = elements.toSorted((a, b) => Number(isCatchAll(a.key)) - Number(isCatchAll(b.key)));
  const read = readKeys(subjects, sorted, family);
  if (!read) return null;
  const entries: MapEntry[] = [];
  const last = isEveryNumber(subjects, sorted.length) ? sorted.length - 1 : -1;
  for (const [i, { data }] of sorted.entries()) {
    const action = actionOf(data);
    if (!action) return null;
    entries.push({ tests: i === last ? [] : (read.keys[i] ?? []), action });
  }
  return { needs: read.needs, entries };
}

/** Whether the map holds all numbers that `numgen random mod 2` can come to: if it is none of the others it is the last. */
function isEveryNumber([subject, ...more]: readonly Subject[], count: number): boolean {
  const [, modulus] = /^(?:numgen|jhash|symhash)\b.* mod (\d+)/.exec(subject?.subject ?? '') ?? [];
  return more.length === 0 && Number(modulus) === count;
}

/** The words of a map's data as a statement takes them: `10.0.0.1 . 80` is `10.0.0.1:80`. */
export function joinedData(statement: string, data: readonly Token[]): readonly Token[] {
  const [first, , port] = data;
  if (!first) return data;
  if (statement === 'redirect') return [{ ...first, text: `:${first.text}` }];
  if (!port) return data;
  const address = first.text.includes(':') ? `[${first.text}]` : first.text;
  return [{ ...first, text: `${address}:${port.text}` }];
}
