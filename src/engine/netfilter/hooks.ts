// A hook: its base chains by priority, with connection tracking and NAT at their places between them.
// Kernel: include/uapi/linux/netfilter_ipv4.h (enum nf_ip_hook_priorities), net/netfilter/nf_nat_core.c, nf_nat_inet_fn.
import type { Family } from '../../base/ip.ts';
import { chainsByName } from '../../documents/iptables/contents.ts';
import { sees, type Hook, type Ruleset } from '../../documents/iptables/ruleset.ts';
import { familyOf, sameTuple, type Packet } from '../packet/packet.ts';
import { tracksConnections } from './activation.ts';
import { walkChain, type Hooked, type Journal } from './chain.ts';
import { DEFAULT_ZONES, track } from './conntrack.ts';
import type { Flight } from './flight.ts';
import { avoidClash, manipulationAt, translate } from './nat.ts';
import { routeAgain, type RoutingError } from './routing.ts';
import type { Translation } from './step.ts';

const CONNTRACK_PRIORITY = -200;
const DESTINATION_NAT_PRIORITY = -100;
const SOURCE_NAT_PRIORITY = 100;

/** An error: a route chain or NAT made the kernel route again, and it found no way. */
export type HookOutcome = 'accept' | 'drop' | 'undecided' | { readonly error: RoutingError };

interface HookLog extends Journal {
  readonly translations: Translation[];
}

type Stage = { readonly priority: number } & (
  | { readonly kind: 'chain'; readonly hooked: Hooked }
  | { readonly kind: 'conntrack' }
  | { readonly kind: 'nat'; readonly chains: readonly Hooked[] }
);

const stagesOfRuleset = new WeakMap<Ruleset, Map<string, readonly Stage[]>>();

/** The stages of a hook in the order they run, remembered per ruleset. */
function stagesOf(ruleset: Ruleset, hook: Hook, family: Family): readonly Stage[] {
  const known = stagesOfRuleset.get(ruleset) ?? new Map<string, readonly Stage[]>();
  stagesOfRuleset.set(ruleset, known);
  const key = `${hook} ${family}`;
  const stages = known.get(key) ?? buildStages(ruleset, hook, family);
  known.set(key, stages);
  return stages;
}

function buildStages(ruleset: Ruleset, hook: Hook, family: Family): Stage[] {
  const hooked = hookedChains(ruleset, hook, family);
  const stages: Stage[] = [];
  // before a chain of its priority: its hooks are registered behind the chain's, by the first rule that needs them
  if ((hook === 'prerouting' || hook === 'output') && tracksConnections(ruleset, family))
    stages.push({ kind: 'conntrack', priority: CONNTRACK_PRIORITY });
  for (const chain of hooked)
    if (chain.base.type !== 'nat')
      stages.push({ kind: 'chain', priority: chain.base.priority, hooked: chain });
  if (hook !== 'forward') {
    const destination = manipulationAt(hook) === 'destination';
    const priority = destination ? DESTINATION_NAT_PRIORITY : SOURCE_NAT_PRIORITY;
    stages.push({ kind: 'nat', priority, chains: hooked.filter(({ base }) => base.type === 'nat') });
  }
  return stages.toSorted((a, b) => a.priority - b.priority);
}

function hookedChains(ruleset: Ruleset, hook: Hook, family: Family): Hooked[] {
  const found: Hooked[] = [];
  for (const table of ruleset.tables) {
    if (!sees(table.family, family)) continue;
    const chains = chainsByName(table);
    for (const chain of table.chains)
      if (chain.base?.hook === hook) found.push({ table: table.name, chain, base: chain.base, chains });
  }
  // of chains with the same priority the one registered last runs first (nf_hook_entries_grow)
  return found.toReversed().toSorted((a, b) => a.base.priority - b.base.priority);
}

/** Walks all stages of a hook. The packet is changed in place; steps and translations go to the log. */
export function runHook(hook: Hook, flight: Flight, log: HookLog): HookOutcome {
  flight.hook = hook;
  for (const stage of stagesOf(flight.host.ruleset, hook, familyOf(flight.packet.tuple))) {
    const outcome = runStage(stage, flight, log);
    if (outcome !== 'accept') return outcome;
  }
  return 'accept';
}

function runStage(stage: Stage, flight: Flight, log: HookLog): HookOutcome {
  switch (stage.kind) {
    case 'conntrack':
      attachEntry(flight);
      return 'accept';
    case 'nat':
      return runNat(stage.chains, flight, log);
    case 'chain':
      return runChain(stage.hooked, flight, log);
  }
}

/** nf_conntrack_in: a packet that came over lo, or that raw took off tracking, keeps what it has. */
function attachEntry(flight: Flight): void {
  const { tracking } = flight;
  if (tracking.kind === 'entry' || tracking.kind === 'untracked') return;
  const zones = tracking.kind === 'template' ? tracking.zones : DEFAULT_ZONES;
  flight.tracking = track(flight.conntrack, flight.packet, flight.segment, zones);
}

function runChain(hooked: Hooked, flight: Flight, log: HookLog): HookOutcome {
  const before = flight.packet;
  const outcome = walkChain(hooked, flight, log);
  if (outcome === 'accept' && hooked.base.type === 'route' && routesDiffer(before, flight.packet))
    return reroute(flight);
  return outcome;
}

/** What makes a route chain route again: the mark or an address changed (nf_route_table_hook4). */
function routesDiffer(a: Packet, b: Packet): boolean {
  return a.mark !== b.mark || !sameTuple(a.tuple, b.tuple);
}

/** ip_route_me_harder. The hook that runs still sees the old interface; POSTROUTING sees the new one. */
function reroute(flight: Flight): HookOutcome {
  const route = routeAgain(flight.host, flight.packet);
  if (route.choice) flight.routedBy.push(route.choice);
  if ('error' in route) return { error: route.error };
  flight.route = route;
  return 'accept';
}

function runNat(chains: readonly Hooked[], flight: Flight, log: HookLog): HookOutcome {
  const { tracking } = flight;
  if (tracking.kind !== 'entry') return 'accept';
  const before = flight.packet;
  const consulted = tracking.state === 'NEW' && !tracking.entry.setUp[manipulationAt(flight.hook)];
  if (consulted) {
    const outcome = consultChains(chains, flight, log);
    if (outcome !== 'accept') return outcome;
    tracking.entry.setUp[manipulationAt(flight.hook)] = true;
    if (manipulationAt(flight.hook) === 'source') avoidClash(tracking.entry, flight);
  }
  translate(flight);
  const changed = !sameTuple(before.tuple, flight.packet.tuple);
  if (changed && consulted) showOnLastStep(log, flight.packet);
  else if (changed)
    log.translations.push({ hook: flight.hook, before: before.tuple, after: flight.packet.tuple });
  if (flight.hook === 'output' && before.tuple.dst.text !== flight.packet.tuple.dst.text)
    return reroute(flight);
  return 'accept';
}

/** The nat chains of a hook run one after another until one of them has set the manipulation up. */
function consultChains(chains: readonly Hooked[], flight: Flight, log: HookLog): HookOutcome {
  for (const hooked of chains) {
    const outcome = walkChain(hooked, flight, log);
    if (outcome !== 'accept') return outcome;
    if (flight.tracking.kind === 'entry' && flight.tracking.entry.setUp[manipulationAt(flight.hook)]) break;
  }
  return 'accept';
}

/** The step that set NAT up is the one that changed the packet. */
function showOnLastStep(log: HookLog, after: Packet): void {
  const step = log.steps.pop();
  if (step) log.steps.push({ ...step, after });
}
