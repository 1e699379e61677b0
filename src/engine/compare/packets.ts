// Two scenarios -> packets that fare differently: the requests of both, and probes of every port and range that rules or
// configuration of either name. Each is walked through both by the same engine.
import { endpointText, type IpAddress } from '../../base/ip.ts';
import { PLAIN_REQUEST, type Scenario, type ScenarioRequest } from '../scenario.ts';
import type { Pod } from '../trace/pod.ts';
import { hostOf } from '../trace/recorder.ts';
import { simulate } from '../trace/simulate.ts';
import type { Hop, Outcome, Trace } from '../trace/trace.ts';
import { translation, type Translate } from './own-addresses.ts';

export interface Fate {
  readonly outcome: Outcome;
  readonly remoteAddress: string | null;
  readonly xForwardedFor: string | null;
  /** How many connections a proxy opened on the way. */
  readonly proxies: number;
}

export interface PacketDifference {
  readonly request: ScenarioRequest;
  /** The same in the second scenario, whose pods have addresses of their own. */
  readonly other: ScenarioRequest;
  /** Whether neither scenario tells of it: it is tried to find what differs. */
  readonly isProbe: boolean;
  readonly a: Fate;
  readonly b: Fate;
  /** The first hops that differ; null where one way simply ends. */
  readonly firstA: number | null;
  readonly firstB: number | null;
}

/** More would only repeat what these show. */
const PROBES = 24;

const ELSEWHERE: Readonly<Record<4 | 6, string>> = { 4: '198.51.100.80', 6: '2001:db8:80::1' };
const UNNAMED_PORT = 7;

export function packetsDiffer(
  a: Scenario,
  b: Scenario,
  pods: readonly (readonly [Pod, Pod])[],
): PacketDifference[] {
  const there = translation(pods);
  const here = translation(pods.map(([x, y]) => [y, x]));
  const asked = [
    ...requestOf(a),
    ...requestOf(b).map((each) => ({ ...each, request: readdressed(each.request, here) })),
  ];
  const told = new Set(asked.filter(({ isTold }) => isTold).map(({ request }) => JSON.stringify(request)));
  const probes = pods.flatMap(([x, y]) => probesOf(x, y));
  const requests = distinct([...asked.map(({ request }) => request), ...probes]);
  return requests.slice(0, PROBES + asked.length).flatMap((request) => {
    const other = readdressed(request, there);
    const [left, right] = [simulate({ ...a, request }).trace, simulate({ ...b, request: other }).trace];
    const [x, y] = [fateOf(left), fateOf(right)];
    if (JSON.stringify(x) === here(JSON.stringify(y))) return [];
    const [firstA, firstB] = firstDifference(left, right, here);
    return [{ request, other, isProbe: !told.has(JSON.stringify(request)), a: x, b: y, firstA, firstB }];
  });
}

function distinct(requests: readonly ScenarioRequest[]): ScenarioRequest[] {
  return [...new Map(requests.map((request) => [JSON.stringify(request), request])).values()];
}

/** What a scenario is about, and whether it says so itself. */
function requestOf(scenario: Scenario): { readonly request: ScenarioRequest; readonly isTold: boolean }[] {
  const { request, requestFrom } = simulate(scenario);
  return request ? [{ request, isTold: requestFrom.code !== 'request.likeliest' }] : [];
}

function readdressed(request: ScenarioRequest, translate: Translate): ScenarioRequest {
  const from = request.from === null ? null : translate(request.from);
  return { ...request, from, to: translate(request.to) };
}

function fateOf({ outcome, app, hops }: Trace): Fate {
  const opened = hops.filter(
    ({ packet, place, event }) =>
      packet === 'request' &&
      place === 'proxy' &&
      /^(?:envoy\.source\.|ztunnel\.(?!accepts)|proxy\.connects)/.test(event.code),
  );
  return {
    outcome,
    remoteAddress: app.remoteAddress,
    xForwardedFor: app.xForwardedFor,
    proxies: opened.length,
  };
}

/** What a hop is, whatever its addresses' unknown ports, its lines and the pod's name. */
function nameOf({ packet, place, hook, table, chain, verdict, event, after }: Hop): string {
  return JSON.stringify([
    packet,
    place,
    hook,
    table,
    chain,
    verdict,
    event.code,
    hostOf(after.src),
    after.dst,
    after.mark,
  ]);
}

/** Where two traces part: the numbers of the first hops that are not the same. Null: that trace ends there, or never parts. */
function firstDifference(
  a: Trace,
  b: Trace,
  translate: Translate = (text) => text,
): readonly [number | null, number | null] {
  const length = Math.max(a.hops.length, b.hops.length);
  for (let i = 0; i < length; i += 1) {
    const [x, y] = [a.hops[i], b.hops[i]];
    if (!x || !y || nameOf(x) !== translate(nameOf(y))) return [x?.n ?? null, y?.n ?? null];
  }
  return [null, null];
}

/** In to every port that is named, and to one that is not; out to elsewhere, to itself, to localhost; and UDP. */
function probesOf(a: Pod, b: Pod): ScenarioRequest[] {
  const [own] = a.addresses;
  if (!own) return [];
  const client = ELSEWHERE[own.family];
  const inbound = [...portsOf(a), ...portsOf(b), UNNAMED_PORT].map((port) => probe(client, own, port));
  const itself = own.text;
  return [
    ...inbound,
    {
      ...PLAIN_REQUEST,
      protocol: 'tcp',
      from: itself,
      to: own.family === 4 ? `${client}:443` : `[${client}]:443`,
    },
    probe(itself, own, 8080),
    {
      ...PLAIN_REQUEST,
      protocol: 'tcp',
      from: own.family === 4 ? '127.0.0.1' : '::1',
      to: own.family === 4 ? '127.0.0.1:8080' : '[::1]:8080',
    },
    { ...probe(client, own, 53), protocol: 'udp' },
  ];
}

function probe(from: string, to: IpAddress, port: number): ScenarioRequest {
  return { ...PLAIN_REQUEST, protocol: 'tcp', from, to: endpointText(to, port) };
}

function portsOf({ rules, config }: Pod): number[] {
  const tests = rules.ruleset.tables.flatMap(({ chains }) =>
    chains.flatMap(({ rules }) => rules.flatMap(({ matches }) => matches.map(({ test }) => test))),
  );
  const named = tests.flatMap((test) =>
    test.kind === 'ports' && test.side === 'destination' ? test.ranges.map(({ from }) => from) : [],
  );
  const served = (config?.listeners ?? []).flatMap(({ filterChains }) =>
    filterChains.flatMap(({ match }) => match.destinationPort?.value ?? []),
  );
  return [...new Set([...served, ...named])];
}
