// Whom the proxy's process runs as. No paste of rules or configuration says it outright; the rules that let the
// proxy's own packets go name it, and Istio's injection template fixes it (manifests/…/injection-template.yaml).
import { canDo, rulesWhere } from '../../documents/iptables/contents.ts';
import type { Range } from '../../documents/iptables/match.ts';
import type { Deed, Ruleset } from '../../documents/iptables/ruleset.ts';
import type { Container } from '../../documents/kube/resource.ts';
import type { SocketOwner } from '../packet/packet.ts';

const ISTIO_PROXY = 1337;

function releases({ targets }: Deed): boolean {
  return targets.some(({ action }) => action.kind === 'return' || action.kind === 'accept');
}

/** The ids that rules of the form `--uid-owner N -j RETURN` or `-j ACCEPT` let pass: the proxy's. */
function releasedIds(ruleset: Ruleset, kind: 'uid' | 'gid'): number[] {
  const asksIt = ({ matches }: Deed) => matches.some(({ test }) => test.kind === kind);
  const ranges = rulesWhere(ruleset, (like) => releases(like) && asksIt(like))
    .flatMap((rule) => rule.matches)
    .flatMap(({ test, negated }): readonly Range[] => (test.kind === kind && !negated ? test.ranges : []));
  return [...new Set(ranges.filter(({ from, to }) => from === to).map(({ from }) => from))];
}

function only(ids: readonly number[]): number {
  const [id, ...others] = ids;
  return id === undefined || others.length > 0 ? ISTIO_PROXY : id;
}

/**
 * The proxy's uid and gid: those that its container's spec says. Else, under TPROXY Istio runs it as root with gid 1337
 * (it needs CAP_NET_ADMIN); otherwise they are what the rules release, when they release one id, else Istio's 1337.
 */
export function proxyOwner(ruleset: Ruleset, container: Container | null = null): SocketOwner {
  const [uids, gids] = [releasedIds(ruleset, 'uid'), releasedIds(ruleset, 'gid')];
  const uid = canDo(ruleset, 'tproxy') ? 0 : only(uids);
  return { uid: container?.uid?.value ?? uid, gid: container?.gid?.value ?? only(gids) };
}
