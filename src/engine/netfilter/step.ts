// What a walk is made of: one step a rule that matched or a policy that decided, collected in passes.
import type { Match } from '../../documents/iptables/match.ts';
import type { Hook, Rule } from '../../documents/iptables/ruleset.ts';
import type { Packet, Tuple } from '../packet/packet.ts';
import type { View } from './flight.ts';
import type { Verdict } from './verdict.ts';

export interface Step {
  readonly hook: Hook;
  readonly table: string;
  readonly chain: string;
  /** Null is the base chain's policy. */
  readonly rule: Rule | null;
  readonly verdict: Verdict;
  /** The packet as the base chain of this table got it; the kernel's trace shows this one. */
  readonly entry: Packet;
  readonly before: Packet;
  readonly after: Packet;
  /** What the rules of this chain were tested against, as it was then: for `whyNot`. */
  readonly view: View;
  /** The rules of this chain from this number up to this step's rule were tested and did not match. */
  readonly first: number;
}

/** The connection's entry translated a packet at a hook without asking a nat chain: answers and later packets. */
export interface Translation {
  readonly hook: Hook;
  readonly before: Tuple;
  readonly after: Tuple;
}

/** One way of a packet through this host: in by an interface, or sent by a socket. Over lo there are two. */
export interface Pass {
  readonly class: 'new' | 'established' | 'reply';
  readonly iif: string | null;
  readonly oif: string | null;
  readonly steps: readonly Step[];
  readonly translations: readonly Translation[];
}

/** Why a step could not be decided. `match` is null when it is the target, or the chain it names, that is unknown. */
export interface Doubt {
  readonly step: Step;
  readonly match: Match | null;
  readonly reason: 'match' | 'target' | 'chain-missing' | 'chain-loop' | 'chain-cut';
}
