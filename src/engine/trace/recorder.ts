// Collects the hops of a trace: numbers them, labels the 16 steps, and keeps the ledger of source addresses.
import { parseEndpoint } from '../../base/ip.ts';
import type { Reconnect, Rewrite } from '../packet/change.ts';
import { destinationText, sourceText, type Packet } from '../packet/packet.ts';
import { stepOf, type KernelAct, type Stage } from '../mesh/step-labels.ts';
import type {
  Addresses,
  Basis,
  Change,
  Evidence,
  Future,
  Hop,
  Message,
  Passed,
  Place,
  SourceChange,
} from './trace.ts';

/** What is decided in the kernel; null elsewhere. */
export interface KernelPart {
  readonly hook: string;
  /** Table and chain are null where no rule is asked: conntrack translates. */
  readonly table: string | null;
  readonly chain: string | null;
  readonly rule: number | null;
  readonly verdict: string;
  readonly act: KernelAct;
}

/** The names decided so far in the proxy; each hop of one proxy adds to them. */
export type ProxyPart = Pick<
  Hop,
  'listener' | 'filterChain' | 'virtualHost' | 'route' | 'cluster' | 'endpoint'
>;

/** A hop before it is numbered and compared with the one before it. */
export interface HopDraft {
  readonly stage: Stage;
  readonly connection: number;
  /** Absent: of the request. */
  readonly packet?: Hop['packet'];
  readonly pod: string | null;
  readonly place: Place;
  readonly kernel?: KernelPart;
  readonly proxy?: ProxyPart;
  readonly before: Packet;
  readonly after: Packet;
  readonly basis: Basis;
  readonly evidence: readonly Evidence[];
  readonly event: Message;
  readonly passed?: readonly Passed[];
  readonly passedCount?: number;
  readonly futures?: readonly Future[];
  /** What changed addresses here; null and absent: nothing did. */
  readonly change?: Rewrite | Reconnect | null;
}

const NO_PROXY: ProxyPart = {
  listener: null,
  filterChain: null,
  virtualHost: null,
  route: null,
  cluster: null,
  endpoint: null,
};

export function addressesOf(packet: Packet): Addresses {
  return {
    src: sourceText(packet.tuple),
    dst: destinationText(packet.tuple),
    iif: packet.iif,
    oif: packet.oif,
    mark: packet.mark,
  };
}

/** The address of `10.0.0.1:80` without its port. */
export function hostOf(endpoint: string): string {
  return parseEndpoint(endpoint)?.address.text ?? endpoint;
}

function directionOf(stage: Stage): Hop['direction'] {
  if (stage === 'arrives' || stage === 'app-receives' || stage.endsWith('-inbound')) return 'inbound';
  return 'outbound';
}

/** How an address compares with the one before it; `origin` is the one the request began with. */
function changeOf(previous: string, now: string, newPort: boolean, origin: string | undefined): Change {
  if (hostOf(previous) !== hostOf(now))
    return origin !== undefined && hostOf(origin) === hostOf(now) ? 'restored' : 'rewritten';
  return previous !== now || newPort ? 'port' : 'kept';
}

/** The ends that the request, or its answer, had at the client. */
function originOf(first: Hop | undefined, packet: Hop['packet']): Pick<Addresses, 'src' | 'dst'> | undefined {
  if (!first) return undefined;
  const { src, dst } = first.before;
  return packet === 'request' ? { src, dst } : { src: dst, dst: src };
}

export interface Recorder {
  readonly hops: readonly Hop[];
  readonly sourceChanges: readonly SourceChange[];
  /** Adds the hop and returns it. `newPort` says that the port is another one although both print as `*`. */
  readonly add: (draft: HopDraft, newPort?: boolean) => Hop;
}

/** Starts an empty trace. `unnumbered` names the pods that the drawing of the 16 steps does not show. */
export function createRecorder(unnumbered: ReadonlySet<string | null> = new Set()): Recorder {
  const hops: Hop[] = [];
  const sourceChanges: SourceChange[] = [];

  const add = (draft: HopDraft, newPort = false): Hop => {
    const before = addressesOf(draft.before);
    const after = addressesOf(draft.after);
    const packet = draft.packet ?? 'request';
    const last = hops.at(-1);
    const left = last?.packet === packet ? last.after : before;
    const origin = originOf(hops[0], packet);
    const hop: Hop = {
      n: hops.length + 1,
      step:
        packet === 'reply' || unnumbered.has(draft.pod)
          ? null
          : stepOf(draft.stage, draft.kernel?.act ?? null),
      direction: draft.place === 'network' && draft.pod === null ? null : directionOf(draft.stage),
      connection: draft.connection,
      packet,
      pod: draft.pod,
      place: draft.place,
      hook: draft.kernel?.hook ?? null,
      table: draft.kernel?.table ?? null,
      chain: draft.kernel?.chain ?? null,
      rule: draft.kernel?.rule ?? null,
      verdict: draft.kernel?.verdict ?? null,
      ...(draft.proxy ?? NO_PROXY),
      before,
      after,
      source: changeOf(left.src, after.src, newPort, origin?.src),
      destination: changeOf(left.dst, after.dst, false, origin?.dst),
      basis: draft.basis,
      evidence: draft.evidence,
      confirmedBy: [],
      event: draft.event,
      passed: draft.passed ?? [],
      passedCount: draft.passedCount ?? draft.passed?.length ?? 0,
      futures: draft.futures ?? [],
    };
    hops.push(hop);
    const [from, to] = [hostOf(left.src), hostOf(after.src)];
    if (from !== to && draft.change && packet === 'request')
      sourceChanges.push({ hop: hop.n, from, to, kind: draft.change.kind, cause: draft.change.cause });
    return hop;
  };
  return { hops, sourceChanges, add };
}
