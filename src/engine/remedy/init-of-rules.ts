// Pasted rules of an Istio sidecar -> the arguments of istio-init that make them: for rules that have to be made anew.
// istio tools/istio-iptables/pkg/capture/run.go. Which release made them is told by making them: release-of-rules.ts.
import { isLoopback, prefixText } from '../../base/ip.ts';
import type { MatchTest } from '../../documents/iptables/match.ts';
import type { Rule, Ruleset } from '../../documents/iptables/ruleset.ts';
import type { DnsCapture, InitArguments } from '../../documents/istio/init-arguments.ts';
import { DEFAULT_INIT } from '../mesh/default-rules.ts';

/** SSH and HBONE are no arguments: versions let them pass by themselves. */
const BUILT_IN = new Set(['22', '15008']);
const AGENT_DNS = 15053;

/** What the pasted rules tell but for `minor`; null when they are not of Istio's making. */
export function argumentsOfRules(ruleset: Ruleset): InitArguments | null {
  const chains = chainsByName(ruleset);
  if (!chains.has('ISTIO_OUTPUT')) return null;
  const of = (name: string) => chains.get(name) ?? [];
  const [inbound, output, entry] = [of('ISTIO_INBOUND'), of('ISTIO_OUTPUT'), of('PREROUTING')];
  const caught = output.filter((rule) => jumpsTo(rule, 'ISTIO_REDIRECT'));
  const excluded = interfacesOf(of('OUTPUT').filter(returns), 'out-interface');
  const passed = output.filter((rule) => returns(rule) && !asks(rule, 'out-interface'));
  const gids = proxyGroups(output);
  return {
    ...DEFAULT_INIT,
    mode: [...chains.values()].flat().some((rule) => does(rule, 'tproxy')) ? 'TPROXY' : 'REDIRECT',
    envoyPort: redirectPort(of('ISTIO_REDIRECT')) ?? DEFAULT_INIT.envoyPort,
    inboundPort: redirectPort(of('ISTIO_IN_REDIRECT')) ?? DEFAULT_INIT.inboundPort,
    uids: someOf(idsOf(passed, 'uid'), DEFAULT_INIT.uids),
    gids: someOf(gids, DEFAULT_INIT.gids),
    inboundPorts: inboundPorts(inbound),
    excludedInboundPorts: portsOf(inbound.filter(returns)).filter((port) => !BUILT_IN.has(port)),
    excludedInterfaces: excluded,
    virtualInterfaces: interfacesOf(entry, 'in-interface')
      .filter((name) => !excluded.includes(name))
      .toReversed(),
    ranges: caught.some(isOfAll) ? ['*'] : rangesOf(caught),
    excludedRanges: rangesOf(passed),
    outboundPorts: portsOf(caught),
    excludedOutboundPorts: portsOf(passed),
    excludedOwnerGroups: idsOf(passed, 'gid').filter((id) => !gids.includes(id)),
    dns: dnsOf([...chains.values()].flat()),
    dropInvalid: of('ISTIO_DROP').length > 0,
    nativeNftables: ruleset.tables.some(({ name }) => name.startsWith('istio-proxy-')),
  };
}

/** The rules of all tables by their chain's name, spelled as iptables spells it. */
function chainsByName({ tables }: Ruleset): ReadonlyMap<string, readonly Rule[]> {
  const named = new Map<string, Rule[]>();
  for (const { name, rules } of tables.flatMap(({ chains }) => chains)) {
    const key = name.toUpperCase().replaceAll('-', '_');
    named.set(key, [...(named.get(key) ?? []), ...rules]);
  }
  return named;
}

function does({ targets }: Rule, kind: string): boolean {
  return targets.some(({ action }) => action.kind === kind);
}

function returns(rule: Rule): boolean {
  return does(rule, 'return');
}

function jumpsTo({ targets }: Rule, chain: string): boolean {
  return targets.some(
    ({ action }) => action.kind === 'jump' && action.chain.toUpperCase().replaceAll('-', '_') === chain,
  );
}

function asks({ matches }: Rule, kind: MatchTest['kind']): boolean {
  return matches.some(({ test }) => test.kind === kind);
}

/** Whatever the destination. */
function isOfAll(rule: Rule): boolean {
  return !asks(rule, 'ports') && !asks(rule, 'destination');
}

/** What rules ask for without a negation. */
function asked(rules: readonly Rule[]): MatchTest[] {
  return rules.flatMap(({ matches }) => matches.flatMap(({ test, negated }) => (negated ? [] : [test])));
}

function someOf(found: readonly string[], fallback: readonly string[]): readonly string[] {
  return found.length > 0 ? found : fallback;
}

function portsOf(rules: readonly Rule[]): string[] {
  const ports = asked(rules).flatMap((test) =>
    test.kind === 'ports' && test.side === 'destination' ? test.ranges.map(({ from }) => String(from)) : [],
  );
  return [...new Set(ports)].filter((port) => port !== '53');
}

/** Loopback is always among them, and no argument. */
function rangesOf(rules: readonly Rule[]): string[] {
  return asked(rules).flatMap((test) =>
    test.kind === 'destination'
      ? test.prefixes.filter(({ address }) => !isLoopback(address)).map(prefixText)
      : [],
  );
}

function idsOf(rules: readonly Rule[], kind: 'uid' | 'gid'): string[] {
  const ids = asked(rules).flatMap((test) =>
    test.kind === kind && 'ranges' in test ? test.ranges.map(({ from }) => String(from)) : [],
  );
  return [...new Set(ids)];
}

/** The proxy's groups are asked for on lo, too; others are let go and no more. */
function proxyGroups(output: readonly Rule[]): string[] {
  const own = idsOf(
    output.filter((rule) => jumpsTo(rule, 'ISTIO_IN_REDIRECT')),
    'gid',
  );
  return own.length > 0 ? own : idsOf(output.filter(returns), 'gid');
}

function interfacesOf(rules: readonly Rule[], kind: 'in-interface' | 'out-interface'): string[] {
  const names = asked(rules).flatMap((test) => (test.kind === kind && 'names' in test ? test.names : []));
  return [...new Set(names)].filter((name) => name !== 'lo');
}

function redirectPort(rules: readonly Rule[]): string | null {
  const ports = rules.flatMap(({ targets }) =>
    targets.flatMap(({ action }) => (action.kind === 'redirect' ? (action.to.ports?.from ?? []) : [])),
  );
  return ports[0] === undefined ? null : String(ports[0]);
}

/** The ports that are caught by name; all of them when one rule asks for none. */
function inboundPorts(inbound: readonly Rule[]): readonly string[] {
  const caught = inbound.filter(
    (rule) => jumpsTo(rule, 'ISTIO_IN_REDIRECT') || jumpsTo(rule, 'ISTIO_TPROXY'),
  );
  return caught.some((rule) => !asks(rule, 'ports')) ? ['*'] : portsOf(caught);
}

/** Queries go to pilot-agent: all of them, or those to some servers. */
function dnsOf(rules: readonly Rule[]): DnsCapture | null {
  const taken = rules.filter(({ targets }) =>
    targets.some(
      ({ action }) =>
        (action.kind === 'redirect' || action.kind === 'dnat') && action.to.ports?.from === AGENT_DNS,
    ),
  );
  if (taken.length === 0) return null;
  const servers = asked(taken).flatMap((test) =>
    test.kind === 'destination' ? test.prefixes.map(({ address }) => address.text) : [],
  );
  return servers.length === 0 ? { all: true, servers: null } : { all: false, servers: [...new Set(servers)] };
}
