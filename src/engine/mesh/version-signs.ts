// Rules, configuration and log of a sidecar -> which Istio releases make such ones. Each sign is an inference of its own.
// istio/istio: tools/istio-iptables/pkg/capture, pilot/pkg/networking/core, pilot/pkg/model/telemetry_logging.go; the
// release in which each changed stands beside it.
import type { Span } from '../../base/source.ts';
import type { LineFormat } from '../../documents/accesslog/format.ts';
import type { Cluster } from '../../documents/envoy/cluster.ts';
import type { ProxyConfig } from '../../documents/envoy/config.ts';
import type { MatchTest } from '../../documents/iptables/match.ts';
import type { Chain, Rule, Ruleset } from '../../documents/iptables/ruleset.ts';

/** Minor releases: `first` 10 is Istio 1.10. Null is open. */
export interface VersionSign {
  readonly first: number | null;
  readonly last: number | null;
  /** What was seen, in the words of the paste. */
  readonly sign: string;
  readonly span: Span;
  /** Something is not there: in an old release it was not made, or somebody removed it. */
  readonly absent?: true;
}

function chainOf({ tables }: Ruleset, table: string, name: string): Chain | undefined {
  return tables.find((each) => each.name === table)?.chains.find((chain) => chain.name === name);
}

function tests(rule: Rule, wanted: (test: MatchTest, negated: boolean) => boolean): boolean {
  return rule.matches.some(({ test, negated }) => wanted(test, negated));
}

function toPort(rule: Rule, port: number, negated = false): boolean {
  return tests(
    rule,
    (test, not) =>
      test.kind === 'ports' &&
      test.ranges.some(({ from, to }) => from <= port && port <= to) &&
      not === negated,
  );
}

function fromAddress(rule: Rule, address: string): boolean {
  return tests(
    rule,
    (test) => test.kind === 'source' && test.prefixes.some((prefix) => prefix.address.text === address),
  );
}

function jumpsTo(rule: Rule, chain: string): boolean {
  return rule.targets.some(({ action }) => action.kind === 'jump' && action.chain === chain);
}

/** The default set of rules for inbound connections: with `-b *` it returns pilot-agent's ports. */
function inboundSigns(chain: Chain | undefined): VersionSign[] {
  const agent = chain?.rules.find((rule) => toPort(rule, 15020));
  if (!chain || !agent) return [];
  const tunnel = chain.rules.find((rule) => toPort(rule, 15008));
  const ssh = chain.rules.find((rule) => toPort(rule, 22));
  const probes = chain.rules.find((rule) => toPort(rule, 15021));
  return [
    probes
      ? { first: 6, last: null, sign: '--dport 15021', span: probes.span }
      : { first: null, last: 5, sign: '--dport 15020', span: agent.span },
    ...(tunnel ? [{ first: 7, last: null, sign: '--dport 15008', span: tunnel.span }] : []),
    ...(ssh ? [{ first: 3, last: 12, sign: '--dport 22', span: ssh.span }] : []),
    ...(tunnel && !ssh
      ? [{ first: 13, last: null, sign: '--dport 15008, no --dport 22', span: tunnel.span }]
      : []),
  ];
}

function outboundSigns(chain: Chain | undefined, tunnelled: boolean): VersionSign[] {
  const [first] = chain?.rules ?? [];
  if (!chain || !first) return [];
  const released = chain.rules.find((rule) => fromAddress(rule, '127.0.0.6') || fromAddress(rule, '::6'));
  const back = chain.rules.find((rule) => jumpsTo(rule, 'ISTIO_IN_REDIRECT'));
  const owned = back && tests(back, ({ kind }) => kind === 'uid' || kind === 'gid');
  const signs: VersionSign[] = [
    released
      ? { first: 3, last: null, sign: '-s 127.0.0.6', span: released.span }
      : { first: null, last: 2, sign: 'no -s 127.0.0.6', span: first.span, absent: true },
  ];
  if (back) {
    if (owned)
      signs.push({ first: 5, last: null, sign: '--uid-owner, -j ISTIO_IN_REDIRECT', span: back.span });
    else signs.push({ first: 3, last: 4, sign: '-j ISTIO_IN_REDIRECT', span: back.span });
    if (toPort(back, 15008, true))
      signs.push({ first: 18, last: null, sign: '! --dport 15008', span: back.span });
    else if (owned && tunnelled)
      signs.push({ first: null, last: 17, sign: 'no ! --dport 15008', span: back.span });
  }
  return signs;
}

/** Under TPROXY the chain stands in two tables; the one that lets the agent's ports go tells more. */
function inboundChain(ruleset: Ruleset): Chain | undefined {
  const chains = [chainOf(ruleset, 'mangle', 'ISTIO_INBOUND'), chainOf(ruleset, 'nat', 'ISTIO_INBOUND')];
  return chains.find((chain) => chain?.rules.some((rule) => toPort(rule, 15020))) ?? chains[1];
}

function rulesSigns(ruleset: Ruleset): VersionSign[] {
  // ambient's rules have names of their own beside these
  if (!chainOf(ruleset, 'nat', 'ISTIO_REDIRECT')) return [];
  const inbound = inboundChain(ruleset);
  const tunnelled = inbound?.rules.some((rule) => toPort(rule, 15008)) ?? false;
  const entry = chainOf(ruleset, 'nat', 'OUTPUT')?.rules.find((rule) => jumpsTo(rule, 'ISTIO_OUTPUT'));
  const onlyTcp = entry && tests(entry, ({ kind }) => kind === 'protocol');
  return [
    ...inboundSigns(inbound),
    ...outboundSigns(chainOf(ruleset, 'nat', 'ISTIO_OUTPUT'), tunnelled),
    ...(entry
      ? [
          onlyTcp
            ? { first: null, last: 24, sign: 'OUTPUT -p tcp -j ISTIO_OUTPUT', span: entry.span }
            : { first: 25, last: null, sign: 'OUTPUT -j ISTIO_OUTPUT', span: entry.span },
        ]
      : []),
  ];
}

function clusterSign(cluster: Cluster, partial: boolean): VersionSign[] {
  const { name, nameSpan: span } = cluster;
  if (/^InboundPassthroughClusterIpv[46]$/.test(name)) return [{ first: 3, last: 22, sign: name, span }];
  if (name === 'InboundPassthroughCluster') return [{ first: 23, last: null, sign: name, span }];
  if (/^inbound\|\d+\|[^|]*\|[^|]+$/.test(name)) return [{ first: null, last: 7, sign: name, span }];
  if (!/^inbound\|\d+\|\|$/.test(name)) return [];
  if (!partial && cluster.bindConfig)
    return [{ first: 10, last: null, sign: `${name} upstreamBindConfig`, span }];
  return [{ first: 8, last: null, sign: name, span }];
}

/** One of each sign: a configuration holds many clusters of a form. */
function distinct(signs: readonly VersionSign[]): VersionSign[] {
  return [...new Map(signs.map((sign) => [`${sign.first} ${sign.last}`, sign])).values()];
}

function configSigns({ clusters, listeners, partial }: ProxyConfig): VersionSign[] {
  const inbound = listeners.filter(({ name }) => name === '' || name === 'virtualInbound');
  const chains = inbound.flatMap(({ filterChains }) => filterChains);
  const blackhole = chains.find(({ name }) => name === 'virtualInbound-blackhole');
  return distinct([
    ...clusters.flatMap((cluster) => clusterSign(cluster, partial)),
    ...(blackhole ? [{ first: 8, last: null, sign: blackhole.name, span: blackhole.span }] : []),
  ]);
}

/** What each default log format has that the one before it had not. */
const LOG_FORMATS: Readonly<Record<string, Omit<VersionSign, 'span'>>> = {
  'istio-9': { first: 9, last: null, sign: '%CONNECTION_TERMINATION_DETAILS%' },
  'istio-8': { first: 8, last: 8, sign: '%ROUTE_NAME%, no %DYNAMIC_METADATA(istio.mixer:status)%' },
  'istio-3': { first: 3, last: 7, sign: '%DYNAMIC_METADATA(istio.mixer:status)%, %ROUTE_NAME%' },
  'istio-2': { first: 2, last: 2, sign: '%UPSTREAM_TRANSPORT_FAILURE_REASON%, no %ROUTE_NAME%' },
  'istio-1': { first: 1, last: 1, sign: '%DYNAMIC_METADATA(istio.mixer:status)%, no %ROUTE_NAME%' },
};

/** What tells of a release in a pod's pastes; `formats` with the first line of each. */
export function versionSigns(
  ruleset: Ruleset | null,
  config: ProxyConfig | null,
  formats: readonly (readonly [LineFormat, Span])[],
): VersionSign[] {
  const logged = formats.flatMap(([{ name }, span]): VersionSign[] => {
    const sign = Object.hasOwn(LOG_FORMATS, name) ? LOG_FORMATS[name] : undefined;
    return sign ? [{ ...sign, span }] : [];
  });
  return [...(ruleset ? rulesSigns(ruleset) : []), ...(config ? configSigns(config) : []), ...logged];
}
