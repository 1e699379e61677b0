// The two ways a source address can change. A rewrite translates packets of one connection;
// a reconnect ends one connection and opens another. A rewrite that changes nothing cannot be built.
import { sameTuple, type Tuple } from './packet.ts';

/** netfilter changed addresses of a packet of the same connection: REDIRECT, DNAT, SNAT, MASQUERADE. */
export interface Rewrite {
  readonly kind: 'rewrite';
  readonly before: Tuple;
  readonly after: Tuple;
  /** The target that did it, in lower case: `redirect`, `snat`. */
  readonly cause: string;
}

/**
 * Who chose the source of a proxy's upstream connection, in order of precedence
 * (Envoy source/common/network/connection_impl.cc, ClientConnectionImpl).
 */
export type SourceChoice = 'original-src' | 'upstream-bind-config' | 'bootstrap-bind-config' | 'kernel';

/** One connection ended and another was opened, whose source was chosen anew: by a proxy, its agent or an application. */
export interface Reconnect {
  readonly kind: 'reconnect';
  readonly cause: SourceChoice | 'application' | 'pilot-agent';
}

/** Null when the target left every address and port as it was. */
export function rewrite(before: Tuple, after: Tuple, cause: string): Rewrite | null {
  return sameTuple(before, after) ? null : { kind: 'rewrite', before, after, cause };
}

export function reconnect(cause: Reconnect['cause']): Reconnect {
  return { kind: 'reconnect', cause };
}
