// A proxy's decisions -> hops, up to where the connection ends. The new connection is a hop of its own: journey.ts adds it.
import type { Span } from '../../base/source.ts';
import type { Decision, ProxyEnd } from '../envoy/outcome.ts';
import type { Stage } from '../mesh/step-labels.ts';
import type { Packet } from '../packet/packet.ts';
import { evidenceAt, evidenceOf, type Paste } from './evidence.ts';
import type { Part, ProxyDecision } from './proxy-parts.ts';
import type { HopDraft, ProxyPart, Recorder } from './recorder.ts';
import type { Basis, Evidence, Message, Passed } from './trace.ts';

export interface ProxyLeg {
  readonly pod: string;
  readonly stage: Stage;
  readonly connection: number;
  /** The packet as it was delivered to the proxy. */
  readonly packet: Packet;
  /** The log line that tells of this request; it confirms what it holds. */
  readonly entry: Evidence | null;
}

/** The name a decision settles. Those without one tell how the way to it was found. */
const NAMED: Readonly<Partial<Record<Decision['kind'], keyof ProxyPart>>> = {
  listener: 'listener',
  'hand-over': 'listener',
  'filter-chain': 'filterChain',
  'virtual-host': 'virtualHost',
  route: 'route',
  cluster: 'cluster',
  endpoint: 'endpoint',
};

/** What an access log line holds: cluster and endpoint. */
const CONFIRMED = new Set<Decision['kind']>(['cluster', 'endpoint', 'source']);

/** Inspectors change no address, and the network filter and the route table are told by what they lead to. */
const QUIET = /^envoy\.(?:listener-filter\.(?:tls|http|other|disabled)|network-filter|hand-over\.none)/;

function isQuiet({ kind, why }: Decision): boolean {
  return kind === 'route-configuration' || kind === 'source' || QUIET.test(why.code);
}

function passedOf(decision: Decision, paste: Paste): Passed[] {
  return decision.passed.map(({ name, why, span }) => ({ name, why, evidence: evidenceAt(paste, span) }));
}

/** A decision that something left out of the paste could have changed rests on an assumption. */
export function basisOf(decision: Decision, part: Part, entry: Evidence | null): Basis {
  if (entry && CONFIRMED.has(decision.kind) && part.basis !== 'assumed') return 'observed';
  return decision.gap && part.basis === 'derived' ? 'assumed' : part.basis;
}

/** The evidence of a decision, then that of its part, then the log line that confirms it. */
export function evidenceFor(
  decision: Decision,
  part: Part,
  entry: Evidence | null,
  further: readonly Span[] = [],
): Evidence[] {
  const gap = decision.gap?.span ? [decision.gap.span] : [];
  const own = evidenceOf(part.paste, [...decision.spans, ...further, ...gap]);
  const log = entry && CONFIRMED.has(decision.kind) ? [entry] : part.evidence;
  return [...own, ...log];
}

export interface ProxyEnding {
  /** All names that were settled on the way. */
  readonly names: ProxyPart;
  /** The decision about the source, and the part it stands in. */
  readonly source: { readonly decision: Decision; readonly part: Part } | null;
}

/** Adds a hop for each decision that names something or touches an address. */
export function addProxyHops(recorder: Recorder, { parts, end }: ProxyDecision, leg: ProxyLeg): ProxyEnding {
  let names: ProxyPart = {
    listener: null,
    filterChain: null,
    virtualHost: null,
    route: null,
    cluster: null,
    endpoint: null,
  };
  let source: ProxyEnding['source'] = null;
  let quiet: readonly Span[] = [];
  let quietIn: Paste | null = null;
  for (const part of parts) {
    // Spans mean nothing in another text.
    if (part.paste !== quietIn) quiet = [];
    quietIn = part.paste;
    for (const decision of part.decisions) {
      if (decision.kind === 'source') source = { decision, part };
      if (isQuiet(decision)) {
        quiet = decision.kind === 'source' ? [] : [...quiet, ...decision.spans];
        continue;
      }
      const field = NAMED[decision.kind];
      if (field) names = { ...names, [field]: decision.name };
      recorder.add({
        ...placeOf(leg),
        proxy: names,
        basis: basisOf(decision, part, leg.entry),
        evidence: evidenceFor(decision, part, leg.entry, quiet),
        event: decision.why,
        passed: passedOf(decision, part.paste),
      });
      quiet = [];
    }
  }
  addEnd(recorder, end, parts, leg, names);
  return { names, source };
}

function placeOf({
  pod,
  connection,
  packet,
  stage,
}: ProxyLeg): Pick<HopDraft, 'stage' | 'connection' | 'pod' | 'place' | 'before' | 'after'> {
  // Only the new connection carries the stage's number.
  const before: Stage = stage === 'proxied-inbound' ? 'caught-inbound' : 'caught-outbound';
  return { stage: before, connection, pod, place: 'proxy', before: packet, after: packet };
}

/** An end without a new connection is a hop too: what was closed, answered or could not be decided. */
function addEnd(
  recorder: Recorder,
  end: ProxyEnd,
  parts: readonly Part[],
  leg: ProxyLeg,
  names: ProxyPart,
): void {
  if (end.kind === 'connect') return;
  const part = parts.at(-1);
  const event: Message = end.why;
  recorder.add({
    ...placeOf(leg),
    proxy: names,
    basis: end.kind === 'undecided' ? 'undecided' : (part?.basis ?? 'undecided'),
    evidence: part ? evidenceOf(part.paste, end.spans) : [],
    event,
  });
}
