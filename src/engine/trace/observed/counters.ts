// Rule counters laid over the hops: which rules fired, and which must have fired but count nothing. nat chains are asked
// once a connection, so that their counters count connections (iptables-save -c, iptables -L -v, nft list ruleset).
import type { Span } from '../../../base/source.ts';
import { fieldText } from '../../../documents/accesslog/entry.ts';
import { lastEntry } from '../../../documents/accesslog/find.ts';
import { chainsByName } from '../../../documents/iptables/contents.ts';
import {
  kindsOf,
  sees,
  type Counters,
  type Rule,
  type Ruleset,
  type Table,
} from '../../../documents/iptables/ruleset.ts';
import { evidenceAt } from '../evidence.ts';
import type { Pod } from '../pod.ts';
import type { Evidence, Finding, Hop } from '../trace.ts';
import { endsIn } from './ends.ts';

interface Counted {
  readonly counters: Counters;
  readonly span: Span;
}

function ruleIn(ruleset: Ruleset, hop: Hop, among: number): Rule | undefined {
  const family = endsIn(hop.before)?.to.address.family ?? 4;
  const tables = ruleset.tables.filter(({ name, family: own }) => name === hop.table && sees(own, family));
  const chains = tables
    .flatMap((table) => chainsByName(table).get(hop.chain ?? '') ?? [])
    .filter(({ rules }) => rules.length === among);
  return chains[0]?.rules.find(({ number }) => number === hop.rule);
}

function lengthOfChain({ rules: { ruleset } }: Pod, hop: Hop): number {
  const tables = ruleset.tables.filter(({ name }) => name === hop.table);
  return tables.flatMap((table) => chainsByName(table).get(hop.chain ?? '') ?? [])[0]?.rules.length ?? 0;
}

/** The counters of the hop's rule, in every listing of it that was pasted. */
function countersOf(pod: Pod, hop: Hop): Counted[] {
  if (hop.rule === null || pod.rules.paste.supplied !== null) return [];
  const length = lengthOfChain(pod, hop);
  return pod.paste.documents.flatMap(({ content }) => {
    const rule = content.kind === 'ruleset' ? ruleIn(content.ruleset, hop, length) : undefined;
    return rule?.counters ? [{ counters: rule.counters, span: rule.span }] : [];
  });
}

export interface CounterCheck {
  /** For each hop whose rule fired, the lines that count it. */
  readonly fired: ReadonlyMap<Hop, readonly Evidence[]>;
  readonly findings: readonly Finding[];
}

/** The chains that packets from outside can come to, by jumps from the prerouting hook. */
function inboundChains(table: Table): Set<string> {
  const chains = chainsByName(table);
  const reached = new Set(
    table.chains.filter(({ base }) => base?.hook === 'prerouting').map(({ name }) => name),
  );
  for (const name of reached)
    for (const rule of chains.get(name)?.rules ?? [])
      for (const { action } of rule.targets)
        if (action.kind === 'jump' || action.kind === 'goto') reached.add(action.chain);
  return reached;
}

/** Rules of a listing that redirect what comes from outside. */
function redirectsInbound(table: Table): { readonly chain: string; readonly rule: Rule }[] {
  const chains = inboundChains(table);
  return table.chains
    .filter(({ name }) => chains.has(name))
    .flatMap(({ name, rules }) => rules.map((rule) => ({ chain: name, rule })))
    .filter(({ rule }) => kindsOf(rule).targets.some(({ action }) => action.kind === 'redirect'));
}

/** A listing that counts connections but none that was redirected, beside a log full of requests that must have been. */
export function nothingCaptured(pod: Pod): Finding[] {
  const logged = lastEntry(
    pod.log,
    (entry) => fieldText(entry, 'upstreamCluster')?.startsWith('inbound|') ?? false,
  );
  if (!logged) return [];
  const tables = pod.paste.documents.flatMap(({ content }) =>
    content.kind === 'ruleset' ? content.ruleset.tables.filter(({ name }) => name === 'nat') : [],
  );
  for (const table of tables) {
    const redirects = redirectsInbound(table);
    const [first] = redirects;
    const counted = table.chains.some(({ rules }) =>
      rules.some(({ counters }) => (counters?.packets ?? 0) > 0),
    );
    if (!first || !counted || redirects.some(({ rule }) => rule.counters?.packets !== 0)) continue;
    const parameters = { chain: first.chain, rule: first.rule.number, requests: pod.log.length };
    const evidence = [first.rule.span, logged.span].map((span) => evidenceAt(pod.paste, span));
    return [{ code: 'finding.nothing-captured', severity: 'warning', hop: null, parameters, evidence }];
  }
  return [];
}

/** Whether any rule of the pod's listings counts anything: counters are set to zero with the rules. */
function countsAnything({ paste }: Pod): boolean {
  const rulesets = paste.documents.flatMap(({ content }) =>
    content.kind === 'ruleset' ? [content.ruleset] : [],
  );
  const rules = rulesets.flatMap(({ tables }) =>
    tables.flatMap(({ chains }) => chains.flatMap((chain) => chain.rules)),
  );
  return rules.some(({ counters }) => counters && counters.packets > 0);
}

/** `shown` is a line that shows that the request, or one like it, was really made. */
export function checkCounters(pod: Pod, hops: readonly Hop[], shown: Evidence | null): CounterCheck {
  const fired = new Map<Hop, readonly Evidence[]>();
  const silent: { readonly hop: Hop; readonly span: Span }[] = [];
  for (const hop of hops) {
    const counted = hop.basis === 'undecided' ? [] : countersOf(pod, hop);
    const firing = counted.filter(({ counters }) => counters.packets > 0);
    const still = counted.find(({ counters }) => counters.packets === 0);
    if (firing.length > 0)
      fired.set(
        hop,
        firing.map(({ span }) => evidenceAt(pod.paste, span)),
      );
    if (still) silent.push({ hop, span: still.span });
  }
  const [first] = silent;
  if (!first || !shown) return { fired, findings: [] };
  const { hop, span } = first;
  const finding: Finding = {
    code: countsAnything(pod) ? 'finding.rule-never-fired' : 'finding.counters-all-zero',
    severity: countsAnything(pod) ? 'warning' : 'info',
    hop: hop.n,
    parameters: { table: hop.table ?? '', chain: hop.chain ?? '', rule: hop.rule ?? 0, rules: silent.length },
    evidence: [evidenceAt(pod.paste, span), shown],
  };
  return { fired, findings: [finding] };
}
