// Routes that were pasted without the listener that looks them up -> that listener by Istio's names, and where it leads.
import type { ProxyConfig } from '../../documents/envoy/config.ts';
import type { RouteConfiguration } from '../../documents/envoy/route-configuration.ts';
import { decide } from '../envoy/decide.ts';
import type { Decision } from '../envoy/outcome.ts';
import { defaultRoutedConfig } from '../mesh/default-config.ts';
import { observedIn } from './log-match.ts';
import { configIn, OUTBOUND_PORT, type Asked, type Part, type ProxyDecision } from './proxy-parts.ts';
import { suppliedPaste } from './supplied-paste.ts';

/** What is decided before the routes are looked up rests on the supplied listener. */
const OF_LISTENER = new Set<Decision['kind']>([
  'listener',
  'hand-over',
  'listener-filter',
  'filter-chain',
  'network-filter',
]);

/** Those of the port: called after it, or virtual hosts alone, each called `host:port`. */
function routesOf({ routeConfigurations }: ProxyConfig, port: number): RouteConfiguration | undefined {
  return routeConfigurations.find(
    (routes) =>
      routes.name === String(port) ||
      (routes.name === '' && routes.virtualHosts.every((host) => host.name.endsWith(`:${port}`))),
  );
}

/** The same routes by another name. Fields are read one by one: a spread would lose those that are read when asked for. */
function called(name: string, routes: RouteConfiguration): RouteConfiguration {
  const { virtualHosts, virtualHostGaps, ignorePortInHostMatching, ignorePathParameters } = routes;
  const { vhostHeader, span, nameSpan, node } = routes;
  return {
    name,
    virtualHosts,
    virtualHostGaps,
    ignorePortInHostMatching,
    ignorePathParameters,
    vhostHeader,
    span,
    nameSpan,
    node,
  };
}

function part(basis: Part['basis'], paste: Part['paste'], decisions: readonly Decision[]): Part {
  return { paste, basis, decisions, evidence: [] };
}

function isSource({ kind }: Decision): boolean {
  return kind === 'source';
}

/** Null when the request is no HTTP on its way out, or no routes of its port were pasted. */
export function throughPastedRoutes(asked: Asked): ProxyDecision | null {
  const { pod, downstream, request, entry } = asked;
  const { address, port } = downstream.originalDestination ?? downstream.local;
  const routes = pod.config && routesOf(pod.config, port);
  if (downstream.accepting !== OUTBOUND_PORT || !request || !pod.config || !routes) return null;
  const name = String(port);
  const text = defaultRoutedConfig(address.family, port, name);
  const listener = suppliedPaste(pod.name, 'istio-default-config', text);
  const config: ProxyConfig = {
    ...pod.config,
    listeners: configIn(listener).listeners,
    routeConfigurations: [called(name, routes)],
  };
  const { decisions, end } = decide(config, downstream, request, observedIn(entry));
  const own = decisions.filter(({ kind }) => !OF_LISTENER.has(kind) && kind !== 'route-configuration');
  return {
    parts: [
      part(
        'assumed',
        listener,
        decisions.filter(({ kind }) => OF_LISTENER.has(kind)),
      ),
      part(
        'derived',
        pod.paste,
        own.filter((each) => !isSource(each)),
      ),
      part('assumed', pod.paste, own.filter(isSource)),
    ],
    end,
  };
}
