// Pasted rules of an Istio sidecar -> the arguments of istio-init that make the like: for rules that have to be made anew.
// istio tools/istio-iptables/pkg/capture/run.go, whose versions differ in the lines that are looked for here.
import { isLoopback, prefixText } from '../../base/ip.ts';
import type { Chain, Rule, Ruleset } from '../../documents/iptables/ruleset.ts';
import type { InitArguments } from '../../documents/istio/init-arguments.ts';
import { DEFAULT_INIT } from '../mesh/default-rules.ts';
import type { Pod } from '../trace/pod.ts';

/** SSH and HBONE are no arguments: versions let them pass by themselves. */
const BUILT_IN = new Set(['22', '15008']);

/** The arguments that were pasted, else those that the pasted rules tell, else Istio's defaults. */
export function argumentsOf({ paste, rules }: Pod): InitArguments {
  const asked = paste.documents.findLast(({ content }) => content.kind === 'istio-init')?.content;
  if (asked?.kind === 'istio-init') return asked.asked;
  return rules.paste.supplied === null ? told(rules.ruleset) : DEFAULT_INIT;
}

function told(ruleset: Ruleset): InitArguments {
  const inbound = chainOf(ruleset, 'ISTIO_INBOUND');
  const output = chainOf(ruleset, 'ISTIO_OUTPUT');
  const ports = returnedPorts(inbound);
  return {
    ...DEFAULT_INIT,
    minor: versionOf(ruleset, ports),
    excludedInboundPorts: ports.filter((port) => !BUILT_IN.has(port)),
    excludedRanges: returnedRanges(output),
    excludedOutboundPorts: returnedPorts(output),
    dns: capturesDns(ruleset) ? { all: true, servers: null } : null,
  };
}

/** Queries go to pilot-agent. */
function capturesDns({ tables }: Ruleset): boolean {
  const rules = tables.flatMap(({ chains }) => chains.flatMap(({ rules }) => rules));
  return rules.some(({ targets }) =>
    targets.some(({ action }) => action.kind === 'redirect' && action.to.ports?.from === 15053),
  );
}

function chainOf({ tables }: Ruleset, name: string): readonly Rule[] {
  return tables
    .flatMap(({ chains }) => chains.filter((chain: Chain) => chain.name === name))
    .flatMap(({ rules }) => rules);
}

function returns({ targets }: Rule): boolean {
  return targets.some(({ action }) => action.kind === 'return');
}

/** The ports of rules that let a port alone pass. */
function returnedPorts(rules: readonly Rule[]): string[] {
  const ports = rules
    .filter(returns)
    .flatMap(({ matches }) =>
      matches.flatMap(({ test, negated }) =>
        test.kind === 'ports' && test.side === 'destination' && !negated
          ? test.ranges.map(({ from }) => String(from))
          : [],
      ),
    );
  return [...new Set(ports)];
}

/** The destinations of rules that ask for nothing else; loopback is always among them. */
function returnedRanges(rules: readonly Rule[]): string[] {
  return rules.filter(returns).flatMap(({ matches: [only, ...others] }) => {
    if (only?.test.kind !== 'destination' || only.negated || others.length > 0) return [];
    return only.test.prefixes.filter(({ address }) => !isLoopback(address)).map(prefixText);
  });
}

/** The oldest version that writes such lines, but one that knows TPROXY as it is today. */
function versionOf({ tables }: Ruleset, ports: readonly string[]): number {
  const output = tables
    .flatMap(({ chains }) => chains)
    .filter(({ base }) => base?.hook === 'output' && base.type === 'nat');
  const jumps = output.flatMap(({ rules }) => rules);
  if (
    jumps.some(
      ({ matches, targets }) => matches.length === 0 && targets.some(({ action }) => action.kind === 'jump'),
    )
  )
    return 25;
  return ports.includes('22') ? 11 : 14;
}
