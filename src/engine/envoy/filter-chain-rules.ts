// Why Envoy refuses a listener because of its filter chains. A refused listener never carries a connection.
// Rules: Envoy source/common/listener_manager/filter_chain_manager_impl.cc 114-300.
import type { Span } from '../../base/source.ts';
import type { CidrRange } from '../../documents/envoy/address.ts';
import type { FilterChain, Listener } from '../../documents/envoy/listener.ts';
import type { MatchTree, Matcher, OnMatch } from '../../documents/envoy/matcher-tree.ts';
import { filedUnder } from './filter-chain-match.ts';
import { reason, type Reason } from './outcome.ts';

export interface Rejection {
  readonly why: Reason;
  readonly spans: readonly Span[];
}

/** The first reason to refuse the listener, or null. Chains of which the paste leaves parts out are not judged. */
export function findRejection(listener: Listener): Rejection | null {
  const whole = listener.filterChains.filter((chain) => !chain.matchGap);
  const matcher = listener.filterChainMatcher;
  if (matcher)
    return (
      firstProblem(whole, [unimplementedField, missingName]) ??
      sharedName(whole) ??
      malformedInMatcher(matcher)
    );
  return firstProblem(whole, [unimplementedField, malformedRange, partialWildcard]) ?? sharedRules(whole);
}

type Check = (chain: FilterChain) => Rejection | null;

function firstProblem(chains: readonly FilterChain[], checks: readonly Check[]): Rejection | null {
  for (const chain of chains)
    for (const check of checks) {
      const problem = check(chain);
      if (problem) return problem;
    }
  return null;
}

function malformed(ranges: readonly CidrRange[]): Rejection | null {
  const bad = ranges.find((range) => !range.prefix);
  return bad ? { why: reason('rejected.malformed-address', { range: bad.text }), spans: [bad.span] } : null;
}

function malformedRange({ match }: FilterChain): Rejection | null {
  return malformed([...match.prefixRanges, ...match.directSourcePrefixRanges, ...match.sourcePrefixRanges]);
}

function unimplementedField({ match, name }: FilterChain): Rejection | null {
  const [bad] = match.unimplemented;
  return bad
    ? { why: reason('rejected.unimplemented-field', { chain: name, field: bad.value }), spans: [bad.span] }
    : null;
}

function partialWildcard({ match }: FilterChain): Rejection | null {
  const bad = match.serverNames.find(({ value }) => /\*/.test(value.replace(/^\*\./, '')));
  return bad
    ? { why: reason('rejected.partial-wildcard', { serverName: bad.value }), spans: [bad.span] }
    : null;
}

/** Two chains that would be filed under one key: the same match, or lists that overlap. */
function sharedRules(chains: readonly FilterChain[]): Rejection | null {
  const owners = new Map<string, FilterChain>();
  for (const chain of chains)
    for (const key of filedUnder(chain.match)) {
      const owner = owners.get(key);
      if (owner)
        return {
          why: reason('rejected.overlapping-match', { chain: chain.name, other: owner.name }),
          spans: [chain.match.span, owner.match.span],
        };
      owners.set(key, chain);
    }
  return null;
}

/** A matcher names chains, so every chain needs a name of its own. */
function missingName({ name, span }: FilterChain): Rejection | null {
  return name === '' ? { why: reason('rejected.no-name'), spans: [span] } : null;
}

function sharedName(chains: readonly FilterChain[]): Rejection | null {
  const owners = new Map<string, FilterChain>();
  for (const chain of chains) {
    const owner = owners.get(chain.name);
    if (owner)
      return {
        why: reason('rejected.duplicate-name', { chain: chain.name }),
        spans: [chain.span, owner.span],
      };
    owners.set(chain.name, chain);
  }
  return null;
}

function malformedInMatcher({ tree, onNoMatch }: Matcher): Rejection | null {
  const here = tree.kind === 'ip' ? malformed(tree.branches.flatMap((branch) => branch.on)) : null;
  return here ?? malformedBelow(tree) ?? malformedThen(onNoMatch);
}

function malformedBelow(tree: MatchTree): Rejection | null {
  if (tree.kind === 'unknown') return null;
  for (const branch of tree.branches) {
    const problem = malformedThen(branch.onMatch);
    if (problem) return problem;
  }
  return null;
}

function malformedThen(then: OnMatch | null): Rejection | null {
  return then?.kind === 'matcher' ? malformedInMatcher(then.matcher) : null;
}
