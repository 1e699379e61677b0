// Which filter chain of a listener a connection takes: by filter_chain_matcher if there is one, else by
// filter_chain_match, else the default chain. Envoy source/common/listener_manager/filter_chain_manager_impl.cc.
import { lazy, perObject } from '../../base/lazy.ts';
import type { Span } from '../../base/source.ts';
import type { Extension } from '../../documents/envoy/extension.ts';
import type { FilterChain, FilterChainMatch, Listener } from '../../documents/envoy/listener.ts';
import { field, stringOf } from '../../documents/envoy/proto.ts';
import type { Matcher } from '../../documents/envoy/matcher-tree.ts';
import type { Connection } from './connection.ts';
import {
  findFilterChain,
  indexChains,
  isAsked,
  isSameIpOrLoopback,
  lostChains,
  searchFilterChains,
  type ChainIndex,
  type ChainSearch,
  type LevelName,
  type Way,
} from './filter-chain-match.ts';
import { chainNameOf } from './chain-name.ts';
import { findRejection, type Rejection } from './filter-chain-rules.ts';
import { evaluate } from './match-tree.ts';
import {
  decision,
  finish,
  gapAt,
  next,
  quickDecision,
  reason,
  undecided,
  type Decision,
  type Gap,
  type PassedOver,
  type Stage,
  type Undecided,
} from './outcome.ts';

/** How a chain is called where it has no name. */
function chainName(listener: Listener, chain: FilterChain): string {
  if (chain.name) return chain.name;
  const index = placesOf(listener).get(chain);
  return index === undefined ? 'default_filter_chain' : `filter_chains[${index}]`;
}

const placesOf = perObject(
  ({ filterChains }: Listener): ReadonlyMap<FilterChain, number> =>
    new Map(filterChains.map((chain, i) => [chain, i])),
);

/** `one-of`: an unknown input decides among them, and `open` is the answer unless all lead to the same. */
export type ChainChoice =
  | { readonly kind: 'one'; readonly chain: FilterChain }
  | { readonly kind: 'one-of'; readonly chains: readonly FilterChain[]; readonly open: Undecided };

/** The chain that takes the connection; the end when none does, or when it cannot be told. */
export function chooseFilterChain(listener: Listener, connection: Connection): Stage<ChainChoice> {
  const index = indexOf(listener);
  const { rejection } = index;
  if (rejection) return finish(undecided(rejection.why, rejection.spans));
  return listener.filterChainMatcher
    ? chooseByMatcher(listener, listener.filterChainMatcher, connection)
    : chooseByMatch(listener, index, connection);
}

/** What the chains of a listener say of every connection alike. */
interface ListenerIndex {
  readonly rejection: Rejection | null;
  readonly chains: ChainIndex;
  /** Chains, or what one of them matches, that the paste leaves out. */
  readonly gap: Gap | null;
}

const indexOf = perObject((listener: Listener): ListenerIndex => {
  const { filterChains, filterChainGaps } = listener;
  const hidden = filterChains.find((chain) => chain.matchGap)?.matchGap;
  return {
    rejection: findRejection(listener),
    chains: indexChains(filterChains.filter((chain) => !chain.matchGap)),
    gap: gapAt('gap.filter-chains', filterChainGaps[0] ?? hidden ?? leftOut(listener)),
  };
});

function chooseByMatch(
  listener: Listener,
  { chains, gap }: ListenerIndex,
  connection: Connection,
): Stage<ChainChoice> {
  const chain = findFilterChain(chains, connection);
  if (chain) return next(only(chain), settled(listener, chains, connection, chain, gap));
  const search = searchFilterChains(chains, connection);
  switch (search.kind) {
    case 'chain':
      return next(only(search.chain), settled(listener, chains, connection, search.chain, gap));
    case 'none':
      return chooseDefault(listener, () => passedOver(listener, search.way), gap, search.level);
    case 'open':
      return leaveOpen(listener, search, gap);
  }
}

/** The decision for a chain that was found. */
function settled(
  listener: Listener,
  chains: ChainIndex,
  connection: Connection,
  chain: FilterChain,
  gap: Gap | null,
): Decision {
  return quickDecision({ kind: 'filter-chain', name: chainName(listener, chain), gap }, () => {
    const search = searchFilterChains(chains, connection);
    const way = search.kind === 'open' ? [] : search.way;
    return {
      why: reason('filter-chain.match', bucketsTaken(way)),
      spans: matchSpans(chain),
      passed: lazy(() => passedOver(listener, way)),
    };
  });
}

function only(chain: FilterChain): ChainChoice {
  return { kind: 'one', chain };
}

/** When missing them all is possible too, there is nothing that the chains could agree on. */
function leaveOpen(
  listener: Listener,
  { chains, level, miss }: Extract<ChainSearch, { readonly kind: 'open' }>,
  gap: Gap | null,
): Stage<ChainChoice> {
  const parameters = {
    input: level,
    chains: [...new Set(chains.map((chain) => chainName(listener, chain)))].join(', '),
  };
  const spans = chains.map((chain) => levelSpan(chain.match, level));
  const open = undecided(reason('undecided.filter-chain', parameters), spans);
  if (miss) return finish(open);
  const why = reason('filter-chain.any-of', parameters);
  return next(
    { kind: 'one-of', chains, open },
    decision('filter-chain', parameters.chains, why, spans, { gap }),
  );
}

/** A listener of which no chain is shown although members of it are left out. */
function leftOut(listener: Listener): Span | undefined {
  return listener.filterChains.length === 0 ? listener.gaps[0] : undefined;
}

function chooseDefault(
  listener: Listener,
  passed: () => readonly PassedOver[],
  gap: Gap | null,
  level: LevelName | 'filter_chain_matcher',
): Stage<ChainChoice> {
  const chain = listener.defaultFilterChain;
  if (chain)
    return next(
      only(chain),
      decision(
        'filter-chain',
        chainName(listener, chain),
        reason('filter-chain.default', { level }),
        [chain.span],
        {
          passed,
          gap,
        },
      ),
    );
  if (gap?.span) return finish(undecided(reason('undecided.filter-chain-left-out', { level }), [gap.span]));
  const missed = decision('filter-chain', '', reason('filter-chain.none', { level }), [listener.nameSpan], {
    passed,
  });
  return finish(
    { kind: 'close', why: reason('close.filter-chain-not-found', { level }), spans: [listener.nameSpan] },
    missed,
  );
}

function chooseByMatcher(listener: Listener, matcher: Matcher, connection: Connection): Stage<ChainChoice> {
  const result = evaluate(matcher, (input) => readInput(input, connection));
  const gap = gapAt('gap.matcher', matcher.gaps[0]);
  switch (result.kind) {
    case 'none':
      return chooseDefault(listener, () => [], gap, 'filter_chain_matcher');
    case 'open':
      return finish(undecided(reason('undecided.input', { input: result.input }), [result.span]));
    case 'action': {
      const name = chainNameOf(result.action, connection);
      if (name === null)
        return finish(
          undecided(reason('undecided.input', { input: result.action.name }), [result.action.span]),
        );
      const chain = listener.filterChains.find((candidate) => candidate.name === name);
      if (!chain)
        return finish({
          kind: 'close',
          why: reason('close.filter-chain-unknown', { chain: name }),
          spans: [result.action.span],
        });
      const why = reason('filter-chain.matcher');
      return next(only(chain), decision('filter-chain', name, why, [...result.path, chain.span], { gap }));
    }
  }
}

/** https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/matching/common_inputs/network/v3/network_inputs.proto */
function readInput(input: Extension, connection: Connection): string | null | undefined {
  const { local, remote, directRemote } = connection;
  switch (input.kind) {
    case 'destination_ip_input':
      return local.address?.text ?? null;
    case 'destination_port_input':
      return local.address ? String(local.port) : null;
    case 'source_ip_input':
      return remote.address?.text ?? null;
    case 'source_port_input':
      if (!remote.address) return null;
      return remote.port === null ? undefined : String(remote.port);
    case 'direct_source_ip_input':
      return directRemote.address?.text ?? null;
    case 'source_type_input':
      return isSameIpOrLoopback(connection) ? 'local' : null;
    case 'server_name_input':
      return connection.serverName === null ? undefined : connection.serverName || null;
    case 'transport_protocol_input':
      return connection.transport ?? undefined;
    case 'application_protocol_input':
      if (connection.alpn === null) return undefined;
      return connection.alpn.map((protocol) => `'${protocol}'`).join(',') || null;
    case 'filter_state_input':
      return connection.filterState[stringOf(field(input.config, 'key'))] ?? null;
    default:
      return undefined;
  }
}

function passedOver(listener: Listener, way: Way): readonly PassedOver[] {
  const places = placesOf(listener);
  return lostChains(way).map(({ chain, level, wanted, taken }) => ({
    name: chain.name || `filter_chains[${places.get(chain) ?? 0}]`,
    why: reason('filter-chain.lost', { level, wanted: wanted || 'any', taken: taken || 'any' }),
    span: levelSpan(chain.match, level),
  }));
}

/** The line of a match that speaks of a level; the match itself when it says nothing about it. */
function levelSpan(match: FilterChainMatch, level: LevelName): Span {
  return spansOfLevel(match, level)[0] ?? match.span;
}

function spansOf(items: readonly { readonly span: Span }[]): readonly Span[] {
  return items.map((item) => item.span);
}

function spansOfLevel(match: FilterChainMatch, level: LevelName): readonly Span[] {
  switch (level) {
    case 'destination_port':
      return match.destinationPort ? [match.destinationPort.span] : [];
    case 'prefix_ranges':
      return spansOf(match.prefixRanges);
    case 'server_names':
      return spansOf(match.serverNames);
    case 'transport_protocol':
      return match.transportProtocol ? [match.transportProtocol.span] : [];
    case 'application_protocols':
      return spansOf(match.applicationProtocols);
    case 'direct_source_prefix_ranges':
      return spansOf(match.directSourcePrefixRanges);
    case 'source_type':
      return match.sourceType ? [match.sourceType.span] : [];
    case 'source_prefix_ranges':
      return spansOf(match.sourcePrefixRanges);
    case 'source_ports':
      return spansOf(match.sourcePorts);
  }
}

/** The bucket taken at each level, for the sentence; levels that no chain asks about are left out. */
function bucketsTaken(way: Way): Record<string, string> {
  const asked = way.filter(({ bucket, level, taken }) => taken !== '' || isAsked(bucket, level));
  return Object.fromEntries(asked.map(({ level, taken }) => [level.name, taken || 'any']));
}

const EVIDENCE: readonly LevelName[] = [
  'destination_port',
  'prefix_ranges',
  'server_names',
  'transport_protocol',
  'application_protocols',
];

/** The lines of the match that hold, then the chain. */
function matchSpans(chain: FilterChain): readonly Span[] {
  return [...EVIDENCE.flatMap((level) => spansOfLevel(chain.match, level)), chain.span];
}
