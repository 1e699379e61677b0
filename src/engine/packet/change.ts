// The two ways a source address can change. A rewrite translates packets of one connection;
// a reconnect ends one connection and opens another. Neither can be built without a change.
import { sameTuple, type Tuple } from './packet.ts';

/** netfilter changed addresses of a packet of the same connection: REDIRECT, DNAT, SNAT, MASQUERADE. */
export interface Rewrite {
  readonly kind: 'rewrite';
  readonly before: Tuple;
  readonly after: Tuple;
}

/**
 * Who chose the source of a proxy's upstream connection, in order of precedence
 * (Envoy source/common/network/connection_impl.cc, ClientConnectionImpl).
 */
export type SourceChoice = 'original-src' | 'upstream-bind-config' | 'bootstrap-bind-config' | 'kernel';

/** A proxy ended one connection and opened another, whose source was chosen anew. */
export interface Reconnect {
  readonly kind: 'reconnect';
  readonly ended: Tuple;
  readonly opened: Tuple;
  readonly choice: SourceChoice;
}

/** Throws when nothing changed: such a rewrite is a defect of the caller. */
export function rewrite(before: Tuple, after: Tuple): Rewrite {
  if (sameTuple(before, after)) throw new Error('a rewrite must change an address or a port');
  return { kind: 'rewrite', before, after };
}

export function reconnect(ended: Tuple, opened: Tuple, choice: SourceChoice): Reconnect {
  return { kind: 'reconnect', ended, opened, choice };
}
