// What was observed, laid over what was predicted: hops that something pasted shows are observed and say by what;
// what shows otherwise is a finding that quotes both sides.
import type { Pod } from '../pod.ts';
import type { AppView, Evidence, Finding, Hop } from '../trace.ts';
import type { AccessLogEntry } from '../../../documents/accesslog/entry.ts';
import { checkConnections } from './connections.ts';
import {
  bindUnexplained,
  interceptionDiffers,
  logOfSeveral,
  ownerDiffers,
  peerFromHeader,
} from './consistency.ts';
import { checkCounters, nothingCaptured } from './counters.ts';
import { checkTrace } from './kernel-trace.ts';
import { checkPeers } from './peers.ts';
import { mixedPods } from './pod-names.ts';
import { appliedTwice, countersDiverge, otherBackend, repeatedTables } from './repeated-rules.ts';
import { versionFinding } from './version.ts';

export interface Overlay {
  readonly hops: readonly Hop[];
  readonly findings: readonly Finding[];
}

/** What one pod's paste adds: lines that show a hop, and lines that only agree with it. */
interface Check {
  readonly shown: ReadonlyMap<Hop, readonly Evidence[]>;
  readonly agreeing: ReadonlyMap<Hop, readonly Evidence[]>;
  readonly findings: readonly Finding[];
}

/** A line that shows that the request was really made: what the pod's log says of it, else any capture. */
function proofOf(pod: Pod, hops: readonly Hop[], captured: readonly Evidence[]): Evidence | null {
  const logged = hops.flatMap(({ pod: name, evidence }) => (name === pod.name ? evidence : []));
  return logged.find(({ document }) => document === 'access-log') ?? captured[0] ?? null;
}

function listed(single: ReadonlyMap<Hop, Evidence>): [Hop, readonly Evidence[]][] {
  return [...single].map(([hop, evidence]) => [hop, [evidence]]);
}

function joinMaps(pairs: readonly (readonly [Hop, readonly Evidence[]])[]): Map<Hop, readonly Evidence[]> {
  const joined = new Map<Hop, readonly Evidence[]>();
  for (const [hop, evidence] of pairs) joined.set(hop, [...(joined.get(hop) ?? []), ...evidence]);
  return joined;
}

function checkPod(pod: Pod, hops: readonly Hop[], app: AppView, request: Evidence | null): Check {
  const requests = hops.filter(({ packet }) => packet === 'request');
  const kernel = hops.filter(({ place, pod: name }) => place === 'kernel' && name === pod.name);
  const connections = checkConnections(pod, requests, request);
  const trace = checkTrace(pod, kernel);
  const captured = [
    ...connections.confirmed.values(),
    ...[...trace.confirmed.values()].map((each) => [each]),
  ].flat();
  const counters = checkCounters(
    pod,
    kernel.filter(({ packet }) => packet === 'request'),
    proofOf(pod, requests, captured),
  );
  const source = requests.findLast((hop) => hop.source !== 'kept')?.evidence ?? [];
  const peers = checkPeers(pod, requests, app, source);
  return {
    shown: joinMaps([...connections.confirmed, ...listed(trace.confirmed), ...listed(peers.confirmed)]),
    agreeing: counters.fired,
    findings: [...connections.findings, ...trace.findings, ...counters.findings, ...peers.findings],
  };
}

function confirmed(hop: Hop, checks: readonly Check[]): Hop {
  const shown = checks.flatMap((check) => check.shown.get(hop) ?? []);
  const agreeing = checks.flatMap((check) => check.agreeing.get(hop) ?? []);
  if (shown.length + agreeing.length === 0) return hop;
  const basis = shown.length > 0 && hop.basis !== 'undecided' ? 'observed' : hop.basis;
  return { ...hop, basis, confirmedBy: [...shown, ...agreeing] };
}

/** `request` is the line that tells of the request, when the paste holds one. */
export function overlay(
  pods: readonly Pod[],
  hops: readonly Hop[],
  app: AppView,
  request: Evidence | null,
): Overlay {
  const checks = pods.map((pod) => checkPod(pod, hops, app, request));
  return {
    hops: hops.map((hop) => confirmed(hop, checks)),
    findings: checks.flatMap(({ findings }) => findings),
  };
}

/** What contradicts itself in the pastes, whichever way the request goes; `entry` is the log line it was taken from. */
export function contradictionsIn(
  pods: readonly Pod[],
  server: Pod,
  entry: AccessLogEntry | null,
): readonly Finding[] {
  const checks = [
    mixedPods,
    nothingCaptured,
    interceptionDiffers,
    ownerDiffers,
    repeatedTables,
    countersDiverge,
    appliedTwice,
    otherBackend,
    logOfSeveral,
    versionFinding,
  ];
  return [
    ...peerFromHeader(server, entry),
    ...bindUnexplained(server, entry),
    ...pods.flatMap((pod) => checks.flatMap((check) => check(pod))),
  ];
}
