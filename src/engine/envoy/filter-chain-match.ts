// filter_chain_match: nine levels in a fixed order, each narrowing the chains to those of one key. There is no way
// back: a miss further down is a miss. Rules: Envoy source/common/listener_manager/filter_chain_manager_impl.cc 543-762.
import { address, type Prefix } from '../../base/ip.ts';
import type { CidrRange } from '../../documents/envoy/address.ts';
import type { FilterChain, FilterChainMatch } from '../../documents/envoy/listener.ts';
import { ANY, Bucket, type Groups, type KeysOf } from './bucket.ts';
import type { Connection, ConnectionAddress } from './connection.ts';

export type LevelName =
  | 'destination_port'
  | 'prefix_ranges'
  | 'server_names'
  | 'transport_protocol'
  | 'application_protocols'
  | 'direct_source_prefix_ranges'
  | 'source_type'
  | 'source_prefix_ranges'
  | 'source_ports';

/** The bucket of a level that this connection takes, or none; `open` when that hangs on an input that is not known. */
type Choice = Bucket | null | 'open';

interface Level {
  readonly name: LevelName;
  readonly keysOf: KeysOf;
  readonly choose: (groups: Groups, connection: Connection) => Choice;
}

/** A key that was taken, null for none, among the chains that were left. */
interface Step {
  readonly bucket: Bucket;
  readonly level: Level;
  readonly taken: string | null;
}

export type Way = readonly Step[];

/** A chain that lost, at which level, what it wanted there ('' anything) and what was taken instead. */
export interface LostChain {
  readonly chain: FilterChain;
  readonly level: LevelName;
  readonly wanted: string;
  readonly taken: string;
}

export type ChainSearch =
  | { readonly kind: 'chain'; readonly chain: FilterChain; readonly way: Way }
  | { readonly kind: 'none'; readonly level: LevelName; readonly way: Way }
  /** It hangs on an unknown input; `miss` when no chain at all is one of the answers. */
  | {
      readonly kind: 'open';
      readonly level: LevelName;
      readonly chains: readonly FilterChain[];
      readonly miss: boolean;
    };

/** What Envoy looks up for a unix socket. */
const NO_ADDRESS = address('255.255.255.255');

function orAny(values: readonly string[]): readonly string[] {
  return values.length > 0 ? values : [ANY];
}

function atOrAny(groups: Groups, key: string | number): Bucket | null {
  return groups.at(String(key)) ?? groups.any;
}

/** An unknown input leaves every bucket open; when no chain asks for it, it does not matter. */
function openUnlessUnasked(groups: Groups): Choice {
  return groups.isUnasked ? groups.any : 'open';
}

function prefixText(prefix: Prefix): string {
  return `${prefix.address.text}/${prefix.length}`;
}

function rangeKeys(ranges: readonly CidrRange[]): readonly string[] {
  return orAny(ranges.flatMap((range) => (range.prefix ? [prefixText(range.prefix)] : [])));
}

/** The longest prefix that holds the address; no prefix at all is 0.0.0.0/0 and ::/0. */
function longestPrefix(groups: Groups, { address: ip }: ConnectionAddress): Bucket | null {
  return groups.longestPrefix(ip ?? NO_ADDRESS) ?? groups.any;
}

/** The name itself, then `.b.c`, then `.c`: what wildcards are filed under. */
function longestServerName(groups: Groups, name: string): Bucket | null {
  let bucket = groups.at(name);
  for (let dot = name.indexOf('.', 1); !bucket && dot >= 0 && dot < name.length - 1;) {
    bucket = groups.at(name.slice(dot));
    dot = name.indexOf('.', dot + 1);
  }
  return bucket ?? groups.any;
}

/** The first that some chain asks for, in the order of the client. */
function firstProtocol(groups: Groups, offered: readonly string[]): Bucket | null {
  const asked = offered.find((protocol) => groups.at(protocol));
  return atOrAny(groups, asked ?? ANY);
}

function storedServerName(name: string): string {
  const lower = name.toLowerCase();
  return lower.startsWith('*.') ? lower.slice(1) : lower;
}

/** Exactly these two: 127.0.0.6 is no loopback to Envoy (source/common/network/utility.cc, isLoopbackAddress). */
export function isSameIpOrLoopback({ remote, local }: Connection): boolean {
  if (!remote.address) return true;
  const { text } = remote.address;
  return text === '127.0.0.1' || text === '::1' || text === local.address?.text;
}

const LEVELS: readonly Level[] = [
  {
    name: 'destination_port',
    keysOf: (match) => [match.destinationPort?.value ? String(match.destinationPort.value) : ANY],
    choose: (groups, { local }) => (local.address ? atOrAny(groups, local.port ?? 0) : groups.any),
  },
  {
    name: 'prefix_ranges',
    keysOf: (match) => rangeKeys(match.prefixRanges),
    choose: (groups, { local }) => longestPrefix(groups, local),
  },
  {
    name: 'server_names',
    keysOf: (match) => orAny(match.serverNames.map((name) => storedServerName(name.value))),
    choose: (groups, { serverName }) =>
      serverName === null ? openUnlessUnasked(groups) : longestServerName(groups, serverName),
  },
  {
    name: 'transport_protocol',
    keysOf: (match) => [match.transportProtocol?.value ?? ANY],
    choose: (groups, { transport }) => atOrAny(groups, transport ?? 'raw_buffer'),
  },
  {
    name: 'application_protocols',
    keysOf: (match) => orAny(match.applicationProtocols.map((protocol) => protocol.value)),
    choose: (groups, { alpn }) => (alpn === null ? openUnlessUnasked(groups) : firstProtocol(groups, alpn)),
  },
  {
    name: 'direct_source_prefix_ranges',
    keysOf: (match) => rangeKeys(match.directSourcePrefixRanges),
    choose: (groups, { directRemote }) => longestPrefix(groups, directRemote),
  },
  {
    name: 'source_type',
    keysOf: (match) => [match.sourceType && match.sourceType.value !== 'any' ? match.sourceType.value : ANY],
    choose: (groups, connection) => atOrAny(groups, isSameIpOrLoopback(connection) ? 'local' : 'external'),
  },
  {
    name: 'source_prefix_ranges',
    keysOf: (match) => rangeKeys(match.sourcePrefixRanges),
    choose: (groups, { remote }) => longestPrefix(groups, remote),
  },
  {
    name: 'source_ports',
    keysOf: (match) => orAny(match.sourcePorts.map((port) => String(port.value))),
    choose: (groups, { remote }) =>
      remote.port === null && remote.address !== null
        ? openUnlessUnasked(groups)
        : atOrAny(groups, remote.port ?? 0),
  },
];

/** Every combination of keys that a chain is filed under: two chains may share none. */
export function filedUnder(match: FilterChainMatch): readonly string[] {
  return LEVELS.reduce<readonly string[]>(
    (paths, level) => paths.flatMap((path) => level.keysOf(match).map((key) => `${path}|${key}`)),
    [''],
  );
}

/** The filter chains of a listener, as connections are looked up among them. */
export interface ChainIndex {
  readonly bucket: Bucket;
  /** Those that some chain asks something at; at the others every connection goes on with all chains. */
  readonly levels: readonly Level[];
}

export function indexChains(chains: readonly FilterChain[]): ChainIndex {
  const asks = ({ keysOf }: Level) => chains.some(({ match }) => keysOf(match).some((key) => key !== ANY));
  const levels = LEVELS.filter(asks);
  const bucket = new Bucket(ANY, chains);
  group(bucket, levels);
  return { bucket, levels };
}

/** Makes the groups of all levels before the first connection asks. */
function group(bucket: Bucket, [level, ...below]: readonly Level[]): void {
  if (!level) return;
  for (const each of bucket.groupsBy(level.keysOf).all) group(each, below);
}

/** The chain this connection takes among these; the way there tells at which level each other one lost. */
export function searchFilterChains({ bucket, levels }: ChainIndex, connection: Connection): ChainSearch {
  if (connection.transport !== null) return descend(bucket, levels, connection, []);
  // It is one or the other, and plain text names no server.
  const plain = descend(bucket, levels, { ...connection, transport: 'raw_buffer', serverName: '' }, []);
  const tls = descend(bucket, levels, { ...connection, transport: 'tls' }, []);
  return settle([plain, tls], 'transport_protocol');
}

/** The chain, found without a note of the way; null when the search has to tell more than a chain. */
export function findFilterChain({ bucket, levels }: ChainIndex, connection: Connection): FilterChain | null {
  if (connection.transport === null) return null;
  let left = bucket;
  for (const level of levels) {
    const choice = level.choose(left.groupsBy(level.keysOf), connection);
    if (choice === null || choice === 'open') return null;
    left = choice;
  }
  return left.chains[0] ?? null;
}

/** Goes down from behind the last step of `above`, level by level. */
function descend(from: Bucket, levels: readonly Level[], connection: Connection, above: Way): ChainSearch {
  const way = [...above];
  let bucket = from;
  for (const level of levels.slice(above.length)) {
    if (bucket.chains.length === 0) break;
    const groups = bucket.groupsBy(level.keysOf);
    const choice = level.choose(groups, connection);
    if (choice === 'open') return weigh(groups, levels, connection, { bucket, level, way });
    way.push({ bucket, level, taken: choice?.key ?? null });
    if (choice === null) return { kind: 'none', level: level.name, way };
    bucket = choice;
  }
  const [first] = bucket.chains;
  if (!first) return { kind: 'none', level: way.at(-1)?.level.name ?? 'destination_port', way };
  return { kind: 'chain', chain: first, way };
}

/** Whether some of the chains that were left ask for something at this level. */
export function isAsked(bucket: Bucket, level: Level): boolean {
  return bucket.groupsBy(level.keysOf).all.length > 1;
}

/** The chains that were left behind on the way, level by level. */
export function lostChains(way: Way): readonly LostChain[] {
  return way.flatMap(({ bucket, level, taken }) =>
    bucket.chains.flatMap((chain) => {
      const keys = level.keysOf(chain.match);
      if (taken !== null && keys.includes(taken)) return [];
      return [{ chain, level: level.name, wanted: keys.join(', '), taken: taken ?? '' }];
    }),
  );
}

/** An unknown input: the result stands only if it is the same for every key, and for none of them. */
function weigh(
  groups: Groups,
  levels: readonly Level[],
  connection: Connection,
  { bucket, level, way }: Omit<Step, 'taken'> & { readonly way: Way },
): ChainSearch {
  const wayTo = (taken: string | null): Way => [...way, { bucket, level, taken }];
  const results = groups.all.map((each) => descend(each, levels, connection, wayTo(each.key)));
  if (!groups.any) results.push({ kind: 'none', level: level.name, way: wayTo(null) });
  return settle(results, level.name);
}

function settle(results: readonly ChainSearch[], level: LevelName): ChainSearch {
  const [first] = results;
  const same = results.every((result) => result.kind === first?.kind && chainOf(result) === chainOf(first));
  if (first && first.kind !== 'open' && same) return first;
  return {
    kind: 'open',
    level,
    chains: [...new Set(results.flatMap((result) => chainsOf(result)))],
    miss: results.some((result) => result.kind === 'none' || (result.kind === 'open' && result.miss)),
  };
}

function chainOf(result: ChainSearch): FilterChain | null {
  return result.kind === 'chain' ? result.chain : null;
}

function chainsOf(result: ChainSearch): readonly FilterChain[] {
  return result.kind === 'chain' ? [result.chain] : result.kind === 'open' ? result.chains : [];
}
