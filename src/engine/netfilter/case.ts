// The public format of `cli walk`: a ruleset and packets in, the passes of each packet out, a JSON line each.
import * as v from 'valibot';
import { parseAddress } from '../../base/ip.ts';
import type { Doubt, Pass } from './step.ts';
import type { Fate } from './walk.ts';

const Port = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff));
const Id = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff));

const Address = v.pipe(
  v.string(),
  v.check((text) => parseAddress(text) !== null, 'an IP address'),
);

const CasePacketSchema = v.object({
  id: v.string(),
  dir: v.picklist(['in', 'out']),
  family: v.picklist([4, 6]),
  proto: v.picklist(['tcp', 'udp', 'icmp']),
  src: v.optional(v.nullable(Address), null),
  sport: v.optional(Port),
  dst: Address,
  /** Of an ICMP packet, which is an echo request, none. */
  dport: v.optional(Port, 0),
  uid: v.optional(Id, 0),
  gid: v.optional(Id, 0),
});

const Shown = v.optional(v.string(), '');

/** What `ip -4 rule`, `ip -4 route show table all` and their IPv6 kin print in the pod, `ip addr`, and `sysctl`. */
const NetworkSchema = v.object({
  rules4: Shown,
  routes4: Shown,
  rules6: Shown,
  routes6: Shown,
  addresses: Shown,
  sysctl: Shown,
});

/**
 * Rules as iptables-restore, ip6tables-restore or nft load them, or a terminal session of iptables commands with their
 * output; and what is sent through them.
 */
export const CaseSchema = v.object({
  id: v.string(),
  v4: v.optional(v.nullable(v.string()), null),
  v6: v.optional(v.nullable(v.string()), null),
  nft: v.optional(v.nullable(v.string()), null),
  routing: v.optional(v.picklist(['default', 'tproxy']), 'default'),
  network: v.optional(v.nullable(NetworkSchema), null),
  packets: v.array(CasePacketSchema),
});

export type Case = v.InferOutput<typeof CaseSchema>;
export type CasePacket = v.InferOutput<typeof CasePacketSchema>;

export interface AnswerStep {
  readonly table: string;
  readonly chain: string;
  readonly rule: number | null;
  readonly verdict: string;
  readonly tuple: readonly [string, number | null, string, number | null];
  readonly iif: string | null;
  readonly oif: string | null;
  /** Known at a policy alone, as in the kernel's trace. */
  readonly mark: number | null;
}

export interface AnswerPass {
  readonly class: Pass['class'];
  readonly iif: string | null;
  readonly oif: string | null;
  readonly steps: readonly AnswerStep[];
}

/** The rule that could not be decided, and what becomes of the packet either way, as far as that is followed. */
export interface AnswerDoubt {
  readonly table: string;
  readonly chain: string;
  readonly rule: number | null;
  readonly reason: Doubt['reason'];
  readonly futures: { readonly matches: AnswerEnd; readonly doesNotMatch: AnswerEnd } | null;
}

export interface AnswerEnd {
  readonly fate: Fate;
  readonly tuple: AnswerStep['tuple'];
  readonly undecided?: AnswerDoubt;
}

export interface Answer {
  readonly id: string;
  readonly loaded: true;
  readonly error: null;
  readonly packets: readonly {
    readonly id: string;
    readonly sport: number;
    readonly passes: readonly AnswerPass[];
    /** Left out where everything is decided. */
    readonly undecided?: AnswerDoubt;
  }[];
}
