// A loop -> the rule that sends the proxy's own connection back to it, and the one before it that would let it pass:
// by the source that the proxy binds to where it goes over lo, else by whom the proxy runs as.
import { parseEndpoint, type Family } from '../../base/ip.ts';
import type { Pod } from './pod.ts';
import type { Hop, Outcome } from './trace.ts';

export interface MissingReturn {
  readonly pod: string;
  readonly family: Family;
  readonly table: string;
  readonly chain: string;
  /** What tells the proxy's connection from others, and its value: an address, or an id. */
  readonly by: 'source' | 'uid' | 'gid';
  readonly value: string;
}

/**
 * The rule that sends a packet round again. The redirect itself serves every connection alike; what chose this one
 * is the rule that jumped to it, unless only the hook's own chain did.
 */
export function sendingBack(requests: readonly Hop[]): Hop | null {
  const ruled = requests.filter((hop) => hop.place === 'kernel' && hop.rule !== null);
  const redirect = ruled.findLast(({ destination }) => destination !== 'kept') ?? ruled.at(-1);
  if (!redirect) return null;
  const jump = requests.findLast(
    (hop) => hop.n < redirect.n && hop.hook === redirect.hook && hop.event.code === 'kernel.jump',
  );
  const isOfPass = jump?.connection === redirect.connection && jump.chain !== jump.hook;
  return isOfPass && jump.event.parameters['to'] === redirect.chain ? jump : redirect;
}

/** That rule, where it caught a connection that the proxy opened. */
function catchOf(hops: readonly Hop[]): Hop | null {
  const caught = sendingBack(hops);
  const opener = hops.find(({ connection }) => connection === caught?.connection);
  const byProxy = opener?.event.code.startsWith('envoy.source.') === true;
  return caught?.hook === 'OUTPUT' && byProxy ? caught : null;
}

/** Root is more than the proxy: then its group tells. */
function ownerOf({ proxyOwner: { uid, gid } }: Pod): Pick<MissingReturn, 'by' | 'value'> | null {
  if (uid !== null && uid !== 0) return { by: 'uid', value: String(uid) };
  return gid === null || gid === 0 ? null : { by: 'gid', value: String(gid) };
}

/**
 * And the hop where the connection was caught. Null where the way is no loop, the rules were not pasted, or nothing tells
 * the proxy's connection from others.
 */
export function missingReturn(
  hops: readonly Hop[],
  outcome: Outcome,
  pods: readonly Pod[],
): { readonly missing: MissingReturn; readonly caught: Hop } | null {
  const caught = outcome === 'loop' ? catchOf(hops) : null;
  const source = parseEndpoint(caught?.before.src ?? '')?.address;
  const pod = pods.find(({ name }) => name === caught?.pod);
  if (!caught?.chain || !caught.table || !source || pod?.rules.paste.supplied !== null) return null;
  const passes = caught.before.oif === 'lo' ? ({ by: 'source', value: source.text } as const) : ownerOf(pod);
  const { table, chain } = caught;
  return passes && { missing: { pod: pod.name, family: source.family, table, chain, ...passes }, caught };
}

/** The rule in iptables' words, without its chain. */
export function returnRule({ by, value, family }: MissingReturn): string {
  const match =
    by === 'source' ? `-s ${value}/${family === 4 ? 32 : 128} -o lo` : `-m owner --${by}-owner ${value}`;
  return `${match} -j RETURN`;
}

/** The same in nft's. */
export function returnRuleOfNft({ by, value, family }: MissingReturn): string {
  const match =
    by === 'source' ? `oifname "lo" ${family === 4 ? 'ip' : 'ip6'} saddr ${value}` : `meta sk${by} ${value}`;
  return `${match} return`;
}

/** What puts it in front of its chain, run in the pod's network namespace: by the tool whose notation was pasted. */
export function returnCommand(missing: MissingReturn, { rules, paste }: Pod): string {
  const { table, chain, family } = missing;
  const found = rules.ruleset.tables.find((each) => each.name === table);
  const first = found?.chains.find(({ name }) => name === chain)?.rules[0]?.span.from ?? 0;
  const document = paste.documents.find(({ span }) => span.from <= first && first < span.to);
  if (document?.kind.startsWith('nft'))
    return `nft insert rule ${found?.family ?? 'ip'} ${table} ${chain} ${returnRuleOfNft(missing)}`;
  return `${family === 4 ? 'iptables' : 'ip6tables'} -t ${table} -I ${chain} 1 ${returnRule(missing)}`;
}
