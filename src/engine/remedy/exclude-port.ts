// excludeInboundPorts: the port is returned before it is captured.
// https://istio.io/latest/docs/reference/config/annotations/#TrafficExcludeInboundPorts
import type { Chain } from '../../documents/iptables/ruleset.ts';
import type { Pod } from '../trace/pod.ts';
import { patchAt, type Patch } from './edit.ts';
import { argumentsOf } from './release-of-rules.ts';
import { capturingChains, changedRules, withoutObservations } from './rules-patch.ts';

/** The injector excludes these by itself. */
const OF_THE_PROXY = new Set(['15090', '15021', '15020']);

/** What the annotation has to say: the ports that are excluded already, and this one. */
export function excludedPorts(pod: Pod, port: number): readonly string[] {
  const own = argumentsOf(pod).excludedInboundPorts.filter((each) => !OF_THE_PROXY.has(each));
  return [...new Set([...own, String(port)])];
}

/** One line more in rules that were dumped as commands, else the rules anew; null when the port is excluded already. */
export function excludePortPatches(pod: Pod, port: number): Patch[] | null {
  const asked = argumentsOf(pod);
  if (port === 0 || asked.excludedInboundPorts.includes(String(port))) return null;
  const lines = linesInFront(pod, port);
  if (lines) return [...withoutObservations(pod), ...lines];
  const excludedInboundPorts = [...asked.excludedInboundPorts, String(port)];
  const change = {
    flags: { '-d': excludedInboundPorts.join(',') },
    asked: { ...asked, excludedInboundPorts },
  };
  const changed = changedRules(pod, change);
  return changed && [...withoutObservations(pod), ...changed];
}

/** Null where not every capturing chain is written as commands. */
function linesInFront(pod: Pod, port: number): Patch[] | null {
  if (pod.rules.paste.supplied !== null) return null;
  const chains = capturingChains(pod.rules.ruleset);
  const lines = chains.flatMap((chain) => lineInFront(pod, chain, port) ?? []);
  return lines.length > 0 && lines.length === chains.length ? lines : null;
}

function lineInFront(
  { name, paste }: Pod,
  { name: chain, rules: [first] }: Chain,
  port: number,
): Patch | null {
  if (!first || !paste.source.text.startsWith('-A ', first.span.from)) return null;
  const at = { from: first.span.from, to: first.span.from };
  const line = `-A ${chain} -p tcp -m tcp --dport ${port} -j RETURN\n`;
  return patchAt(name, 'iptables-save', paste.source, at, line);
}
