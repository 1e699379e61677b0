// What Sidetrace does with one input, timed inside a fresh process: `node subjects.mjs NAME FILE` prints milliseconds.
// Reading the file is counted, starting Node is not; each is measured cold, as a page meets it.
import { existsSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { deflate, inflate } from 'pako';
import { address } from '../src/base/ip.ts';
import type { JsonNode } from '../src/base/json.ts';
import { readJson } from '../src/base/json-reader.ts';
import { wholeOf } from '../src/base/source.ts';
import { rowsWith } from '../src/documents/accesslog/find.ts';
import { readListener, type FilterChain, type Listener } from '../src/documents/envoy/listener.ts';
import {
  readRouteConfiguration,
  type RouteConfiguration,
} from '../src/documents/envoy/route-configuration.ts';
import { parseDocuments } from '../src/documents/parse.ts';
import type { Ruleset } from '../src/documents/iptables/ruleset.ts';
import type { Connection } from '../src/engine/envoy/connection.ts';
import { chooseFilterChain } from '../src/engine/envoy/filter-chain.ts';
import { findVirtualHost } from '../src/engine/envoy/virtual-host.ts';
import { createConntrack } from '../src/engine/netfilter/conntrack.ts';
import { labHost } from '../src/engine/netfilter/lab.ts';
import { send } from '../src/engine/netfilter/walk.ts';
import type { Packet } from '../src/engine/packet/packet.ts';
import { readScenario, scenarioOfPaste, type Scenario } from '../src/engine/scenario.ts';
import { simulate } from '../src/engine/trace/simulate.ts';
import { plainClosestChain, plainFilterChain, plainVirtualHost } from './plain.ts';
import { decodeFragment, encodeScenario } from '../src/permalink/fragment.ts';
import { practiceOf } from '../src/session/practice.ts';

const LOADED = performance.now();

/** Milliseconds, and something of the answer so that a wrong one is seen. */
interface Measured {
  readonly ms: number;
  readonly answer: string;
  /** Characters of the link that was made. */
  readonly length?: number;
}

function timed(work: () => string): Measured {
  const start = performance.now();
  const answer = work();
  return { ms: performance.now() - start, answer };
}

function read(file: string) {
  return parseDocuments({ name: file, text: readFileSync(file, 'utf8') });
}

function rulesetOf(file: string): Ruleset {
  const found = read(file).find(({ content }) => content.kind === 'ruleset');
  if (found?.content.kind !== 'ruleset') throw new Error(`no ruleset in ${file}`);
  return found.content.ruleset;
}

function rules(file: string): Measured {
  return timed(() => {
    const { tables } = rulesetOf(file);
    const count = tables.flatMap(({ chains }) => chains).reduce((sum, { rules }) => sum + rules.length, 0);
    return `${count} rules`;
  });
}

const MISSED: Packet = {
  tuple: { protocol: 'udp', src: address('127.0.0.1'), sport: 40000, dst: address('127.0.0.1'), dport: 9 },
  iif: null,
  oif: 'lo',
  mark: 0,
  owner: { uid: 0, gid: 0 },
};

/** The first packet, which pays for whatever is indexed, is not counted: the kernel's rules are loaded then, too. */
function misses(file: string): Measured {
  const host = labHost(rulesetOf(file), 'default');
  send(host, createConntrack(), MISSED);
  const packets = 50;
  const { ms, answer } = timed(() => {
    let fate = '';
    for (let n = 0; n < packets; n++) fate = send(host, createConntrack(), MISSED).fate;
    return fate;
  });
  return { ms: ms / packets, answer };
}

function configDump(file: string): Measured {
  return timed(() => {
    const config = read(file).find(({ content }) => content.kind === 'proxy-config');
    if (config?.content.kind !== 'proxy-config') throw new Error(`no configuration in ${file}`);
    const { listeners, clusters } = config.content.config;
    return `${listeners.length} listeners, ${clusters.length} clusters`;
  });
}

function jsonParse(file: string): Measured {
  return timed(() => `${JSON.parse(readFileSync(file, 'utf8')).configs.length} sections`);
}

function workedExample(file: string): Measured {
  return timed(() => simulate(scenarioIn(file)).trace.app.remoteAddress ?? 'undecided');
}

/** Behind practice like that of the page's worker before it is asked. */
function practisedExample(file: string): Measured {
  const scenario = scenarioIn(file);
  for (const each of practiceOf(scenario)) simulate(each);
  return timed(() => simulate(scenario).trace.app.remoteAddress ?? 'undecided');
}

/** From when Node has started until everything in this module can be called. */
function loading(): Measured {
  return { ms: LOADED - performance.nodeTiming.bootstrapComplete, answer: 'loaded' };
}

function scenarioIn(file: string): Scenario {
  const read = readScenario(JSON.parse(readFileSync(file, 'utf8')));
  if (!('scenario' in read)) throw new Error(`${file} is no scenario`);
  return read.scenario;
}

/** How long small work warms up, and is measured. */
const ENOUGH_MS = 500;

/** Milliseconds of processors, of all threads: on a busy machine the clock would tell how long small work waited. */
function perRepetition(work: () => unknown): number {
  const start = process.cpuUsage();
  for (let times = 1; ; times += 1) {
    work();
    const { user, system } = process.cpuUsage(start);
    const spent = (user + system) / 1000;
    if (spent >= ENOUGH_MS) return spent / times;
  }
}

function warm(work: () => unknown): number {
  perRepetition(work);
  return perRepetition(work);
}

/** Warm: a page writes its link long after it has started. */
function roundTrips(write: () => string, open: (link: string) => unknown): Measured {
  const link = write();
  return { ms: warm(() => open(write())), answer: link.slice(0, 20), length: link.length };
}

function permalink(file: string): Measured {
  const scenario = scenarioIn(file);
  return roundTrips(() => encodeScenario(scenario), decodeFragment);
}

const PAKO = '#pako:';

/** https://github.com/mermaid-js/mermaid-live-editor/blob/develop/src/lib/util/serde.ts */
function writePako(scenario: Scenario): string {
  return PAKO + Buffer.from(deflate(JSON.stringify(scenario), { level: 9 })).toString('base64url');
}

function openPako(link: string): unknown {
  const packed = Buffer.from(link.slice(PAKO.length), 'base64url');
  return JSON.parse(new TextDecoder().decode(inflate(packed)));
}

function pakoLink(file: string): Measured {
  const scenario = scenarioIn(file);
  return roundTrips(() => writePako(scenario), openPako);
}

function nodeOf(file: string): JsonNode {
  const source = { name: file, text: readFileSync(file, 'utf8') };
  const { value } = readJson(source, wholeOf(source));
  if (!value) throw new Error(`no JSON in ${file}`);
  return value;
}

/** Questions that are asked in a row; how far apart, so that candidates of every kind are among them. */
const LOOKUPS = 200;
const STRIDE = 7919;

/** Milliseconds of a question, with the index that others before it built. */
function asked(count: number, ask: (n: number) => string): Measured {
  const places = Array.from({ length: LOOKUPS }, (_, k) => (k * STRIDE) % count);
  const row = () => {
    for (const place of places) ask(place);
  };
  return { ms: warm(row) / LOOKUPS, answer: places.map(ask).join(' ') };
}

function connectionTo({ match }: FilterChain): Connection {
  const place = match.prefixRanges[0]?.prefix?.address ?? address('127.0.0.1');
  const local = { address: place, port: match.destinationPort?.value ?? 0 };
  const remote = {
    address: match.sourcePrefixRanges[0]?.prefix?.address ?? address('10.200.0.1'),
    port: match.sourcePorts[0]?.value ?? 40000,
  };
  return {
    local,
    restored: true,
    remote,
    directRemote: remote,
    transport: 'tls',
    serverName: match.serverNames[0]?.value.replace('*', 'any') ?? '',
    alpn: [],
    filterState: {},
    originalSrc: null,
  };
}

function filterChains(
  file: string,
  choose: (listener: Listener, connection: Connection) => string,
): Measured {
  const listener = readListener(nodeOf(file));
  const connections = listener.filterChains.map(connectionTo);
  return asked(connections.length, (n) => {
    const connection = connections[n];
    return connection ? choose(listener, connection) : 'none';
  });
}

function virtualHosts(file: string, find: (routes: RouteConfiguration, host: string) => string): Measured {
  const routes = readRouteConfiguration(nodeOf(file));
  const names = routes.virtualHosts.map(({ domains }) => (domains[0]?.value ?? '').replace('*', 'any'));
  return asked(names.length, (n) => find(routes, names[n] ?? ''));
}

function indexedChain(listener: Listener, connection: Connection): string {
  const stage = chooseFilterChain(listener, connection);
  return stage.kind === 'end' || stage.value.kind === 'one-of' ? 'none' : stage.value.chain.name;
}

/** A node's rules, and a request from one of its pods to the service of that number. */
function requestOn(paste: string, service: number): Scenario {
  const read = readScenario({
    version: 1,
    title: '',
    request: { from: '10.244.3.4:33204', to: `10.100.0.${service}:80`, protocol: 'tcp' },
    pods: [{ name: 'node', role: 'server', addresses: ['192.0.2.10'], paste }],
  });
  if (!('scenario' in read)) throw new Error('no scenario');
  return read.scenario;
}

function answered(scenario: Scenario): Measured {
  return timed(() => simulate(scenario).trace.outcome);
}

function firstAnswer(file: string): Measured {
  return answered(requestOn(readFileSync(file, 'utf8'), 5));
}

/** Whatever a paste is, and whatever is asked of it: in processors' time, which tells growth on a busy machine, too. */
function answer(file: string): Measured {
  const start = process.cpuUsage();
  const { outcome } = simulate(scenarioOfPaste(readFileSync(file, 'utf8'))).trace;
  const { user, system } = process.cpuUsage(start);
  return { ms: (user + system) / 1000, answer: outcome };
}

function anotherRequest(file: string): Measured {
  const paste = readFileSync(file, 'utf8');
  simulate(requestOn(paste, 5));
  return answered(requestOn(paste, 6));
}

/** Another port in a line in the middle. */
function editedLine(file: string): Measured {
  const paste = readFileSync(file, 'utf8');
  simulate(requestOn(paste, 5));
  const at = paste.indexOf(':8080', paste.length / 2);
  return answered(requestOn(`${paste.slice(0, at)}:18080${paste.slice(at + 5)}`, 5));
}

function accessLog(file: string): Measured {
  return timed(() => {
    const log = read(file).find(({ content }) => content.kind === 'access-log');
    if (log?.content.kind !== 'access-log') throw new Error(`no log in ${file}`);
    const refused = [...rowsWith(log.content.log, 'responseCode', '503')].length;
    return `${log.content.log.length} lines, ${refused} of them 503`;
  });
}

const SUBJECTS: Readonly<Record<string, (file: string) => Measured>> = {
  rules,
  'first-answer': firstAnswer,
  answer,
  'another-request': anotherRequest,
  'edited-line': editedLine,
  misses,
  'config-dump': configDump,
  'json-parse': jsonParse,
  'worked-example': workedExample,
  'practised-example': practisedExample,
  loading,
  'filter-chains': (file) => filterChains(file, indexedChain),
  'plain-filter-chains': (file) =>
    filterChains(file, (listener, connection) => plainFilterChain(listener, connection)?.name ?? 'none'),
  'plain-closest-chains': (file) =>
    filterChains(file, (listener, connection) => plainClosestChain(listener, connection)?.name ?? 'none'),
  'virtual-hosts': (file) =>
    virtualHosts(file, (routes, host) => findVirtualHost(routes, host)?.host.name ?? 'none'),
  'plain-virtual-hosts': (file) =>
    virtualHosts(file, (routes, host) => plainVirtualHost(routes, host)?.name ?? 'none'),
  'access-log': accessLog,
  permalink,
  'pako-link': pakoLink,
};

const [name = '', file = ''] = process.argv.slice(2);
const subject = SUBJECTS[name];
if (!subject) throw new Error(`no subject ${name}; there are ${Object.keys(SUBJECTS).join(', ')}`);
const measured = subject(file);
/** Of this process alone: what getrusage tells counts the process that started it, too. */
function peakMegabytes(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const kilobytes = /VmHWM:\s*(\d+)/.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return Number(kilobytes) / 1024;
}

const megabytes = peakMegabytes();
console.log(JSON.stringify({ ...measured, megabytes }));
