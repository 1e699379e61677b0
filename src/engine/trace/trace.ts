// The answer: every hop of a request, what decided it, and the line of the paste that proves it.
// The names are a public format (version 1): `cli trace --json` prints this and outside checks read it.
import type { Parameters, Severity } from '../../base/diagnostic.ts';

export type Place = 'kernel' | 'proxy' | 'app' | 'network';

/**
 * How sure a hop is. `observed`: a log or counter in the paste shows it. `derived`: computed from pasted rules and
 * configuration. `assumed`: rests on defaults that were not pasted. `undecided`: the paste does not tell.
 */
export type Basis = 'observed' | 'derived' | 'assumed' | 'undecided';

/** How an address compares with the one the previous hop left; `restored` is the client's own, back after it was lost. */
export type Change = 'kept' | 'port' | 'rewritten' | 'restored';

/** A piece of the paste. `line` and `column` start at 1; `from` and `to` are offsets into the pod's paste. */
export interface Evidence {
  readonly pod: string | null;
  /** What kind of document it stands in, for example `iptables-save` or `access-log`. */
  readonly document: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Set when the text was not pasted but supplied: Istio's defaults. Then the offsets are into that text. */
  readonly supplied: boolean;
}

/** Where a packet is bound from and to. An unknown port prints as `*`. */
export interface Addresses {
  readonly src: string;
  readonly dst: string;
  readonly iif: string | null;
  readonly oif: string | null;
  readonly mark: number;
}

/** A sentence to be: i18n owns the words for each code. */
export interface Message {
  readonly code: string;
  readonly parameters: Parameters;
}

/** Something that was considered before the winner and did not match, and the condition that failed. */
export interface Passed {
  readonly name: string;
  readonly why: Message;
  readonly evidence: Evidence | null;
}

/** One of the two ways on from a match that cannot be decided. */
export interface Future {
  readonly assumption: 'matches' | 'does-not-match';
  /** Where it ends and what decided last, in the kernel's words. */
  readonly verdict: string;
  /** The same, for the sentence on the screen. */
  readonly event: Message;
  readonly after: Addresses;
}

export interface Hop {
  /** 1, 2, 3 … along the path. */
  readonly n: number;
  /** Which of the 16 numbered steps of a sidecar pod this is, or null. */
  readonly step: number | null;
  readonly direction: 'inbound' | 'outbound' | null;
  /** 1, 2, 3 …: a proxy ends one connection and opens the next. */
  readonly connection: number;
  readonly packet: 'request' | 'reply';
  readonly pod: string | null;
  readonly place: Place;

  readonly hook: string | null;
  readonly table: string | null;
  readonly chain: string | null;
  /** Counts from 1 in its chain; null is a base chain's policy. */
  readonly rule: number | null;
  readonly verdict: string | null;

  readonly listener: string | null;
  readonly filterChain: string | null;
  readonly virtualHost: string | null;
  readonly route: string | null;
  readonly cluster: string | null;
  readonly endpoint: string | null;

  readonly before: Addresses;
  readonly after: Addresses;
  readonly source: Change;
  readonly destination: Change;
  readonly basis: Basis;
  readonly evidence: readonly Evidence[];
  /** What was seen on the running system and agrees: captures, connection tables, counters, the application's log. */
  readonly confirmedBy: readonly Evidence[];

  /** What happened here, for the sentence on the screen. */
  readonly event: Message;
  /** What was considered before and did not match; at most the nearest 30. */
  readonly passed: readonly Passed[];
  /** How many were considered before and did not match, listed or not. */
  readonly passedCount: number;
  /** Both ways on, when this hop is undecided. */
  readonly futures: readonly Future[];
}

/** One change of the source address (a changed port alone is none). */
export interface SourceChange {
  readonly hop: number;
  readonly from: string;
  readonly to: string;
  readonly kind: 'reconnect' | 'rewrite';
  /** `upstream-bind-config`, `original-src`, `bootstrap-bind-config`, `kernel`, or the target in lower case: `snat`. */
  readonly cause: string;
}

/** What the application that answers the request sees. Null when the request never reaches it. */
export interface AppView {
  readonly remoteAddress: string | null;
  readonly remotePort: number | null;
  readonly xForwardedFor: string | null;
  readonly proxyHeader: string | null;
}

/** Of a loop: the hops of one round. Behind hop `to` the way goes on at hop `from`, again and again. */
export interface Lap {
  readonly from: number;
  readonly to: number;
}

export type Outcome = 'delivered' | 'dropped' | 'refused' | 'loop' | 'undecided';

export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly hop: number | null;
  readonly parameters: Parameters;
  readonly evidence: readonly Evidence[];
}

export interface Trace {
  readonly version: 1;
  readonly hops: readonly Hop[];
  readonly sourceChanges: readonly SourceChange[];
  readonly app: AppView;
  readonly outcome: Outcome;
  /** Null unless the outcome is `loop`. */
  readonly lap: Lap | null;
  readonly findings: readonly Finding[];
}
