// Rules that stand in a paste more than once: the same table listed twice with other rules, a ruleset that was applied
// twice, and the half that iptables-save of one backend does not see of the other's.
import type { Span } from '../../../base/source.ts';
import {
  kindsOf,
  type Chain,
  type Counters,
  type Rule,
  type Table,
} from '../../../documents/iptables/ruleset.ts';
import { evidenceAt } from '../evidence.ts';
import type { Pod } from '../pod.ts';
import type { Finding } from '../trace.ts';

interface Listed {
  readonly table: Table;
  readonly span: Span;
}

function listedIn({ paste }: Pod): Listed[] {
  return paste.documents.flatMap(({ content, span }) =>
    content.kind === 'ruleset' ? content.ruleset.tables.map((table) => ({ table, span })) : [],
  );
}

/** What rules do, whatever notation they stand in: listings spell matches in other ways than commands. */
function deedsOf({ chains }: Table): string {
  const told = chains.filter(({ rules }) => rules.length > 0).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return JSON.stringify(
    told.map(({ name, rules }) => [name, rules.map(({ targets }) => targets.map(({ action }) => action))]),
  );
}

/** A table that was pasted more than once with other rules each time: only one was walked, and is quoted first. */
export function repeatedTables(pod: Pod): Finding[] {
  const places = new Map<string, Listed[]>();
  for (const listed of listedIn(pod)) {
    const key = `${listed.table.name} ${listed.table.family}`;
    places.set(key, [...(places.get(key) ?? []), listed]);
  }
  const repeated = [...places].filter(
    ([, all]) => all.length > 1 && new Set(all.map(({ table }) => deedsOf(table))).size > 1,
  );
  return repeated.map(([table, all]) => {
    const { tables } = pod.rules.ruleset;
    const walked = all.find((each) => tables.includes(each.table)) ?? all[0];
    const others = all.filter((each) => each !== walked);
    const evidence = [...(walked ? [walked] : []), ...others].map(({ span }) => evidenceAt(pod.paste, span));
    const parameters = { table, line: evidence[0]?.line ?? 0 };
    return { code: 'finding.table-repeated', severity: 'warning', hop: null, parameters, evidence };
  });
}

/** Everything a listing counts, by place; null where it rounds. */
function countsOf({ chains }: Table): Map<string, number> {
  const counts = new Map<string, number>();
  const note = (place: string, counters: Counters | null): void => {
    if (!counters?.exact) return;
    counts.set(`${place} packets`, counters.packets);
    counts.set(`${place} bytes`, counters.bytes);
  };
  for (const { name, counters, rules } of chains) {
    note(name, counters);
    for (const rule of rules) note(`${name} ${rule.number}`, rule.counters);
  }
  return counts;
}

/** Counters only grow: of two listings of the same rules one must count no less than the other everywhere. */
export function countersDiverge(pod: Pod): Finding[] {
  const listed = listedIn(pod);
  for (const first of listed) {
    const others = listed.slice(listed.indexOf(first) + 1);
    const other = others.find(({ table }) => diverge(first.table, table));
    if (!other) continue;
    const evidence = [first, other].map(({ span }) => evidenceAt(pod.paste, span));
    const parameters = { table: first.table.name };
    return [{ code: 'finding.counters-diverge', severity: 'warning', hop: null, parameters, evidence }];
  }
  return [];
}

function diverge(a: Table, b: Table): boolean {
  if (a.name !== b.name || a.family !== b.family || deedsOf(a) !== deedsOf(b)) return false;
  const [first, other] = [countsOf(a), countsOf(b)];
  const differences = [...first].map(([place, count]) => count - (other.get(place) ?? count));
  return differences.some((each) => each > 0) && differences.some((each) => each < 0);
}

/** The rule as it is written, without counters; null where it is no command. */
function written(pod: Pod, { span }: Rule): string {
  const text = pod.rules.paste.source.text.slice(span.from, span.to);
  return text.replace(/^\[\d+:\d+\]\s*/, '').replaceAll(/\s+/g, ' ');
}

/** Two jumps of a chain that nothing tells apart: the second asks the same chain again. */
function twin(pod: Pod, { rules }: Chain): readonly [Rule, Rule] | null {
  const jumps = new Map<string, Rule>();
  const pairs = rules.flatMap((rule): (readonly [Rule, Rule])[] => {
    if (!kindsOf(rule).targets.some(({ action }) => action.kind === 'jump')) return [];
    const text = written(pod, rule);
    const first = jumps.get(text);
    if (!first) jumps.set(text, rule);
    return first ? [[first, rule]] : [];
  });
  return pairs.toSorted(([a], [b]) => a.number - b.number)[0] ?? null;
}

/** A ruleset that was applied twice: a base chain jumps to the same chain by the same rule again. */
export function appliedTwice(pod: Pod): Finding[] {
  if (pod.rules.paste.supplied !== null) return [];
  const chains = pod.rules.ruleset.tables
    .flatMap(({ chains: all }) => all)
    .filter(({ base }) => base !== null);
  const twins = chains.flatMap((chain) => {
    const pair = twin(pod, chain);
    return pair ? [{ chain, pair }] : [];
  });
  return twins.slice(0, 1).map(({ chain, pair }) => ({
    code: 'finding.applied-twice',
    severity: 'warning',
    hop: null,
    parameters: { chain: chain.name, first: pair[0].number, second: pair[1].number },
    evidence: pair.map(({ span }) => evidenceAt(pod.rules.paste, span)),
  }));
}

const OTHER_BACKEND = /^.*(iptables-legacy|ip6tables-legacy|iptables-nft|ip6tables-nft) tables present.*$/m;
const LEGACY_SAVED = /Generated by ip6?tables-save v[\d.]+ \(legacy\)|^.*ip6?tables-legacy(?:-save)? /m;

/** iptables says itself that the other backend holds rules too: the kernel asks both. */
export function otherBackend({ paste }: Pod): Finding[] {
  const { text } = paste.source;
  const warning = text.includes(' tables present') ? OTHER_BACKEND.exec(text) : null;
  if (!warning || (warning[1]?.includes('legacy') && LEGACY_SAVED.test(text.replace(OTHER_BACKEND, ''))))
    return [];
  const parameters = { command: `${warning[1] ?? ''}-save` };
  const evidence = [evidenceAt(paste, { from: warning.index, to: warning.index + warning[0].length })];
  return [{ code: 'finding.other-backend', severity: 'warning', hop: null, parameters, evidence }];
}
