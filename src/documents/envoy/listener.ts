// envoy.config.listener.v3.Listener: addresses, listener filters, filter chains and what each wants to match.
// https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener.proto
import type { JsonNode } from '../../base/json.ts';
import { lazy } from '../../base/lazy.ts';
import type { Span } from '../../base/source.ts';
import { readAddress, readCidrRange, type CidrRange, type EnvoyAddress } from './address.ts';
import { readExtension, type Extension } from './extension.ts';
import { readMatcher, type Matcher } from './matcher-tree.ts';
import { readNetworkFilter, type NetworkFilter } from './network-filter.ts';
import { Pasted } from './pasted.ts';
import {
  enumOf,
  field,
  fieldAt,
  flagOf,
  gapsOf,
  isSet,
  itemsOf,
  numberOf,
  stringOf,
  textOf,
  textsOf,
  type Spanned,
} from './proto.ts';

export type SourceType = 'any' | 'local' | 'external';

/** An empty list, and null, match everything. */
export interface FilterChainMatch {
  readonly destinationPort: Spanned<number> | null;
  readonly prefixRanges: readonly CidrRange[];
  readonly serverNames: readonly Spanned<string>[];
  readonly transportProtocol: Spanned<string> | null;
  readonly applicationProtocols: readonly Spanned<string>[];
  readonly directSourcePrefixRanges: readonly CidrRange[];
  readonly sourceType: Spanned<SourceType> | null;
  readonly sourcePrefixRanges: readonly CidrRange[];
  readonly sourcePorts: readonly Spanned<number>[];
  /** Fields that Envoy knows and refuses: address_suffix, suffix_len. */
  readonly unimplemented: readonly Spanned<string>[];
  readonly span: Span;
}

export interface FilterChain {
  /** '' when it has none; names need not be unique. */
  readonly name: string;
  readonly match: FilterChainMatch;
  /** Set when the paste leaves something out that may be, or belong to, the match. */
  readonly matchGap: Span | null;
  readonly filters: readonly NetworkFilter[];
  readonly filterGaps: readonly Span[];
  readonly transportSocket: Extension | null;
  /** Whether the chain ends TLS: what its filters see is decrypted. */
  readonly endsTls: boolean;
  readonly useProxyProtocol: boolean;
  readonly span: Span;
}

export interface ListenerFilter extends Extension {
  /** The predicate that switches it off, as pasted. */
  readonly disabled: JsonNode | undefined;
}

export interface Listener {
  readonly name: string;
  readonly addresses: readonly EnvoyAddress[];
  /** Without `bind_to_port: false` it has a socket of its own in the kernel. */
  readonly bindToPort: Spanned<boolean> | null;
  readonly useOriginalDst: Spanned<boolean> | null;
  readonly transparent: boolean;
  /** An internal listener is reached by name, never by an address. */
  readonly internal: boolean;
  /** Null when the paste has no such field: Envoy prints none when there are none. */
  readonly listenerFilters: readonly ListenerFilter[] | null;
  readonly listenerFilterGaps: readonly Span[];
  readonly filterChains: readonly FilterChain[];
  readonly filterChainGaps: readonly Span[];
  readonly filterChainMatcher: Matcher | null;
  readonly defaultFilterChain: FilterChain | null;
  readonly span: Span;
  /** The line that names it: its name, else its address. */
  readonly nameSpan: Span;
  /** Where members of the listener itself are left out. */
  readonly gaps: readonly Span[];
  readonly node: JsonNode;
}

const SOURCE_TYPES = ['ANY', 'SAME_IP_OR_LOOPBACK', 'EXTERNAL', 'LOCAL'] as const;
const SOURCE_TYPE: Readonly<Record<(typeof SOURCE_TYPES)[number], SourceType>> = {
  ANY: 'any',
  SAME_IP_OR_LOOPBACK: 'local',
  LOCAL: 'local', // its name in the v2 API
  EXTERNAL: 'external',
};

function portsOf(node: JsonNode | undefined): readonly Spanned<number>[] {
  return itemsOf(node).flatMap((item) => numberOf(item) ?? []);
}

function readFilterChainMatch(node: JsonNode | undefined, fallback: Span): FilterChainMatch {
  const sourceType = enumOf(field(node, 'source_type'), SOURCE_TYPES);
  const unimplemented = ['address_suffix', 'suffix_len'].flatMap((name) => {
    const value = field(node, name);
    return value ? [{ value: name, span: value.span }] : [];
  });
  return {
    destinationPort: numberOf(field(node, 'destination_port')),
    prefixRanges: itemsOf(field(node, 'prefix_ranges')).map(readCidrRange),
    serverNames: textsOf(field(node, 'server_names')),
    transportProtocol: textOf(field(node, 'transport_protocol')),
    applicationProtocols: textsOf(field(node, 'application_protocols')),
    directSourcePrefixRanges: itemsOf(field(node, 'direct_source_prefix_ranges')).map(readCidrRange),
    sourceType: sourceType && { value: SOURCE_TYPE[sourceType.value], span: sourceType.span },
    sourcePrefixRanges: itemsOf(field(node, 'source_prefix_ranges')).map(readCidrRange),
    sourcePorts: portsOf(field(node, 'source_ports')),
    unimplemented,
    span: node?.span ?? fallback,
  };
}

/** Gaps in a match, in its lists, or in a chain that shows no match at all. */
function findMatchGap(chain: JsonNode): Span | null {
  const match = field(chain, 'filter_chain_match');
  if (!match) return gapsOf(chain)[0] ?? null;
  const inLists = match.kind === 'object' ? match.members.flatMap((member) => gapsOf(member.value)) : [];
  return [...gapsOf(match), ...inLists][0] ?? null;
}

/** By type, and by name where a dump shows no type; `tls_context` is the field of the v2 API. */
const TLS_SOCKETS = new Set(['downstream_tls_context', 'tls']);

function readFilterChain(node: JsonNode): FilterChain {
  const given = field(node, 'filters');
  const filters = lazy(() => itemsOf(given).map(readNetworkFilter));
  const socket = field(node, 'transport_socket');
  const transportSocket = socket ? readExtension(socket) : null;
  return {
    name: stringOf(field(node, 'name')),
    match: readFilterChainMatch(field(node, 'filter_chain_match'), node.span),
    matchGap: findMatchGap(node),
    get filters() {
      return filters.value;
    },
    filterGaps: [...gapsOf(given), ...(given ? [] : gapsOf(node))],
    transportSocket,
    endsTls: TLS_SOCKETS.has(transportSocket?.kind ?? '') || field(node, 'tls_context') !== undefined,
    useProxyProtocol: isSet(field(node, 'use_proxy_proto')),
    span: node.span,
  };
}

function readListenerFilter(node: JsonNode): ListenerFilter {
  return { ...readExtension(node), disabled: field(node, 'filter_disabled') };
}

function readAddresses(node: JsonNode): readonly EnvoyAddress[] {
  const further = itemsOf(field(node, 'additional_addresses')).map((item) => field(item, 'address'));
  return [field(node, 'address'), ...further].flatMap((address) => readAddress(address) ?? []);
}

type Chains = Pick<
  Listener,
  'filterChains' | 'filterChainGaps' | 'filterChainMatcher' | 'defaultFilterChain'
>;
type Filters = Pick<Listener, 'listenerFilters' | 'listenerFilterGaps'>;
type Rest = Omit<
  Listener,
  keyof Chains | keyof Filters | 'internal' | 'name' | 'nameSpan' | 'gaps' | 'span' | 'node'
>;

/** Every listener is asked where it listens, and only those on the path for their filters and chains. */
class PastedListener extends Pasted<Rest> implements Listener {
  private madeFilters: Filters | null = null;
  private madeChains: Chains | null = null;

  private get filters(): Filters {
    return (this.madeFilters ??= readListenerFilters(this.node));
  }

  private get chains(): Chains {
    return (this.madeChains ??= readChains(this.node));
  }

  protected override read(): Rest {
    return readRest(this.node);
  }

  get addresses(): Listener['addresses'] {
    return this.rest.addresses;
  }

  get bindToPort(): Listener['bindToPort'] {
    return this.rest.bindToPort;
  }

  get useOriginalDst(): Listener['useOriginalDst'] {
    return this.rest.useOriginalDst;
  }

  get transparent(): Listener['transparent'] {
    return this.rest.transparent;
  }

  get internal(): Listener['internal'] {
    return field(this.node, 'internal_listener') !== undefined;
  }

  get listenerFilters(): Listener['listenerFilters'] {
    return this.filters.listenerFilters;
  }

  get listenerFilterGaps(): Listener['listenerFilterGaps'] {
    return this.filters.listenerFilterGaps;
  }

  get filterChains(): Listener['filterChains'] {
    return this.chains.filterChains;
  }

  get filterChainGaps(): Listener['filterChainGaps'] {
    return this.chains.filterChainGaps;
  }

  get filterChainMatcher(): Listener['filterChainMatcher'] {
    return this.chains.filterChainMatcher;
  }

  get defaultFilterChain(): Listener['defaultFilterChain'] {
    return this.chains.defaultFilterChain;
  }

  override get nameSpan(): Span {
    return this.named ?? this.addresses[0]?.span ?? this.span;
  }
}

export function readListener(node: JsonNode): Listener {
  return new PastedListener(node);
}

function readRest(node: JsonNode): Rest {
  return {
    addresses: readAddresses(node),
    bindToPort: flagOf(field(node, 'bind_to_port') ?? fieldAt(node, 'deprecated_v1', 'bind_to_port')),
    useOriginalDst: flagOf(
      field(node, 'use_original_dst') ?? field(node, 'hidden_envoy_deprecated_use_original_dst'),
    ),
    transparent: isSet(field(node, 'transparent')),
  };
}

function readListenerFilters(node: JsonNode): Filters {
  const filters = field(node, 'listener_filters');
  return {
    listenerFilters: filters ? itemsOf(filters).map(readListenerFilter) : null,
    listenerFilterGaps: gapsOf(filters),
  };
}

function readChains(node: JsonNode): Chains {
  const chains = field(node, 'filter_chains');
  const byDefault = field(node, 'default_filter_chain');
  const matcher = field(node, 'filter_chain_matcher');
  return {
    filterChains: itemsOf(chains).map(readFilterChain),
    filterChainGaps: gapsOf(chains),
    filterChainMatcher: matcher ? readMatcher(matcher) : null,
    defaultFilterChain: byDefault ? readFilterChain(byDefault) : null,
  };
}
