// envoy.config.route.v3.RouteConfiguration: virtual hosts and their routes, in order.
// https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route.proto
import type { JsonNode } from '../../base/json.ts';
import type { Span } from '../../base/source.ts';
import { readMatcher, type Matcher } from './matcher-tree.ts';
import { Pasted } from './pasted.ts';
import { enumOf, field, gapsOf, isSet, itemsOf, stringOf, textsOf, type Spanned } from './proto.ts';
import { readRoute, type Route } from './route.ts';

export type TlsRequirement = 'NONE' | 'EXTERNAL_ONLY' | 'ALL';

export interface VirtualHost {
  readonly name: string;
  readonly domains: readonly Spanned<string>[];
  readonly routes: readonly Route[];
  /** A match tree in place of routes. */
  readonly matcher: Matcher | null;
  readonly requireTls: Spanned<TlsRequirement> | null;
  /** Where domains, routes or other members are left out. */
  readonly gaps: readonly Span[];
  readonly domainGap: Span | null;
  readonly span: Span;
}

export interface RouteConfiguration {
  readonly name: string;
  readonly virtualHosts: readonly VirtualHost[];
  readonly virtualHostGaps: readonly Span[];
  readonly ignorePortInHostMatching: boolean;
  readonly ignorePathParameters: boolean;
  /** A header that replaces :authority. */
  readonly vhostHeader: string;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly node: JsonNode;
}

const TLS_REQUIREMENTS = ['NONE', 'EXTERNAL_ONLY', 'ALL'] as const;

function readVirtualHost(node: JsonNode): VirtualHost {
  const domains = field(node, 'domains');
  const routes = field(node, 'routes');
  const matcher = field(node, 'matcher');
  return {
    name: stringOf(field(node, 'name')),
    domains: textsOf(domains),
    routes: itemsOf(routes).map(readRoute),
    matcher: matcher ? readMatcher(matcher) : null,
    requireTls: enumOf(field(node, 'require_tls'), TLS_REQUIREMENTS),
    gaps: [...gapsOf(routes), ...(routes ? [] : gapsOf(node))],
    domainGap: gapsOf(domains)[0] ?? (domains ? null : (gapsOf(node)[0] ?? null)),
    span: node.span,
  };
}

type Rest = Omit<RouteConfiguration, 'name' | 'nameSpan' | 'span' | 'node'>;

class PastedRoutes extends Pasted<Rest> implements RouteConfiguration {
  protected override read(): Rest {
    return readRest(this.node);
  }

  get virtualHosts(): RouteConfiguration['virtualHosts'] {
    return this.rest.virtualHosts;
  }

  get virtualHostGaps(): RouteConfiguration['virtualHostGaps'] {
    return this.rest.virtualHostGaps;
  }

  get ignorePortInHostMatching(): RouteConfiguration['ignorePortInHostMatching'] {
    return this.rest.ignorePortInHostMatching;
  }

  get ignorePathParameters(): RouteConfiguration['ignorePathParameters'] {
    return this.rest.ignorePathParameters;
  }

  get vhostHeader(): RouteConfiguration['vhostHeader'] {
    return this.rest.vhostHeader;
  }
}

export function readRouteConfiguration(node: JsonNode): RouteConfiguration {
  return new PastedRoutes(node);
}

function readRest(node: JsonNode): Rest {
  const hosts = field(node, 'virtual_hosts');
  return {
    virtualHosts: itemsOf(hosts).map(readVirtualHost),
    virtualHostGaps: [...gapsOf(hosts), ...(hosts ? [] : gapsOf(node))],
    ignorePortInHostMatching: isSet(field(node, 'ignore_port_in_host_matching')),
    ignorePathParameters: isSet(field(node, 'ignore_path_parameters_in_path_matching')),
    vhostHeader: stringOf(field(node, 'vhost_header')).toLowerCase(),
  };
}
