// Which release of Istio made a pod's rules: the newest whose istio-init makes the like of them, among those that its
// configuration and log allow. Rules that were changed by hand get the release that comes nearest.
import type { Family } from '../../base/ip.ts';
import { ruleMeaning } from '../../documents/iptables/meaning.ts';
import { mergeRulesets, sees, type Ruleset } from '../../documents/iptables/ruleset.ts';
import { KNOWN_MINORS, type InitArguments } from '../../documents/istio/init-arguments.ts';
import { parseDocuments } from '../../documents/parse.ts';
import { DEFAULT_INIT } from '../mesh/default-rules.ts';
import { initRules } from '../mesh/istio-init.ts';
import { versionRange } from '../trace/observed/version.ts';
import type { Pod } from '../trace/pod.ts';
import { argumentsOfRules } from './init-of-rules.ts';

/** Declared ports had an inbound cluster with the endpoint 127.0.0.1 up to this release. */
const LAST_WITHOUT_BIND = 9;

/** The arguments that were pasted, else those that the rules tell, pasted or supplied. */
export function argumentsOf(pod: Pod): InitArguments {
  const { paste, rules, addresses } = pod;
  const asked = paste.documents.findLast(({ content }) => content.kind === 'istio-init')?.content;
  if (asked?.kind === 'istio-init') return asked.asked;
  const told = argumentsOfRules(rules.ruleset);
  if (told === null) return DEFAULT_INIT;
  return { ...told, minor: releaseOf(pod, told, addresses[0]?.family ?? 4) };
}

function releaseOf(pod: Pod, told: InitArguments, family: Family): number {
  const { first, last } = versionRange(pod);
  const newest = isUnbound(pod) ? Math.min(last ?? LAST_WITHOUT_BIND, LAST_WITHOUT_BIND) : last;
  const from = first ?? KNOWN_MINORS.first;
  const to = Math.max(from, newest ?? KNOWN_MINORS.last);
  const releases = Array.from({ length: to - from + 1 }, (_, i) => to - i);
  const pasted = meaningsOf(pod.rules.ruleset, family);
  let nearest = { minor: to, distance: Infinity };
  for (const minor of releases) {
    const found = { minor, distance: distance(pasted, { ...told, minor }, family) };
    if (found.distance === 0) return minor;
    if (found.distance < nearest.distance) nearest = found;
  }
  return nearest.minor;
}

/** How many rules stand on one side only. */
function distance(pasted: ReadonlySet<string>, asked: InitArguments, family: Family): number {
  const text = initRules(asked, family);
  if (text === null) return Infinity;
  const documents = parseDocuments({ name: 'istio-init', text });
  const rulesets = documents.flatMap(({ content }) => (content.kind === 'ruleset' ? [content.ruleset] : []));
  const made = meaningsOf(mergeRulesets(rulesets), family);
  const common = [...made].filter((meaning) => pasted.has(meaning)).length;
  return pasted.size + made.size - 2 * common;
}

/** Each rule with its chain. */
function meaningsOf({ tables }: Ruleset, family: Family): ReadonlySet<string> {
  return new Set(
    tables
      .filter((table) => sees(table.family, family))
      .flatMap(({ chains }) =>
        chains.flatMap(({ name, rules }) => rules.map((rule) => `${name} ${ruleMeaning(rule)}`)),
      ),
  );
}

/** An inbound cluster of a declared port leads to loopback and has no source of its own. */
function isUnbound({ config }: Pod): boolean {
  return (config?.clusters ?? []).some(
    ({ name, discovery, bindConfig }) =>
      /^inbound\|\d+\|/.test(name) && discovery?.value === 'STATIC' && bindConfig === null,
  );
}
