// What a rule asks of a packet. One option is one match: `-m owner --uid-owner 0 --gid-owner 0` are two.
// Meanings: iptables-extensions(8); the kernel's net/netfilter/xt_*.c.
import type { Prefix } from '../../base/ip.ts';
import type { Span } from '../../base/source.ts';
import type { AddressRange } from './address-range.ts';

/** A range of numbers, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A value compared under a mask: `(x & mask) == value`. */
export interface Masked {
  readonly value: number;
  readonly mask: number;
}

export type ConnectionState = 'INVALID' | 'NEW' | 'ESTABLISHED' | 'RELATED' | 'UNTRACKED' | 'SNAT' | 'DNAT';

/** What happened to a connection so far (enum ip_conntrack_status). */
export type ConnectionStatus =
  'EXPECTED' | 'SEEN_REPLY' | 'ASSURED' | 'CONFIRMED' | 'SNAT' | 'DNAT' | 'DYING';

export type ConnectionSide = 'origsrc' | 'origdst' | 'replsrc' | 'repldst';

/**
 * Why a match cannot be decided: no engine rule for it, the listing hides it, a name nobody resolves; or it is understood
 * (`runtime`) and asks for what no paste tells: a clock, a counter, what is in the packet.
 */
export type UnknownReason = 'unsupported' | 'hidden' | 'unresolved' | 'malformed' | 'runtime';

/** `--limit 5/min`, `! --match-set blocked src`: an option of an extension, as it was written. */
export interface ExtensionOption {
  readonly name: string;
  readonly values: readonly string[];
  readonly negated: boolean;
}

/**
 * Asks about the connection's entry. `besideState`: an option of the same `-m conntrack` as `--ctstate`; a packet without
 * an entry is asked for its state alone then (conntrack_mt).
 */
type EntryTest = { readonly besideState?: true } & (
  | { readonly kind: 'ct-status'; readonly statuses: readonly ConnectionStatus[] }
  | { readonly kind: 'ct-direction'; readonly direction: 'original' | 'reply' }
  | { readonly kind: 'ct-protocol'; readonly protocol: number }
  | { readonly kind: 'ct-address'; readonly side: ConnectionSide; readonly prefix: Prefix }
  | { readonly kind: 'ct-port'; readonly side: ConnectionSide; readonly range: Range }
);

export type MatchTest =
  | { readonly kind: 'source' | 'destination'; readonly prefixes: readonly Prefix[] }
  | { readonly kind: 'source-range' | 'destination-range'; readonly ranges: readonly AddressRange[] }
  | { readonly kind: 'in-interface' | 'out-interface'; readonly names: readonly string[] }
  | { readonly kind: 'family'; readonly family: 4 | 6 }
  | { readonly kind: 'protocol'; readonly protocols: readonly number[] }
  | {
      readonly kind: 'ports';
      /** The protocols that the ports belong to; empty: whichever the packet has. */
      readonly protocols: readonly number[];
      readonly side: 'source' | 'destination' | 'either';
      readonly ranges: readonly Range[];
    }
  | { readonly kind: 'tcp-flags'; readonly mask: number; readonly set: number }
  | { readonly kind: 'icmp-type'; readonly type: number; readonly code: number | null }
  | { readonly kind: 'uid' | 'gid'; readonly ranges: readonly Range[] }
  | { readonly kind: 'socket-exists' }
  | { readonly kind: 'socket-file' } // the socket is a process's own: nft breaks off `meta skuid` otherwise
  | { readonly kind: 'mark'; readonly values: readonly Masked[] }
  | { readonly kind: 'connmark'; readonly values: readonly Masked[] }
  | { readonly kind: 'ct-exists' } // nft breaks off `ct mark` without an entry
  | { readonly kind: 'ct-state'; readonly states: readonly ConnectionState[] }
  | EntryTest
  | {
      readonly kind: 'address-type';
      readonly side: 'source' | 'destination';
      readonly types: readonly string[];
      /** nft's `fib … type` gives an address one type; for xt_addrtype a local IPv6 address is unicast too. */
      readonly exclusive: boolean;
    }
  | { readonly kind: 'socket'; readonly transparent: boolean; readonly nowildcard: boolean }
  | { readonly kind: 'fragment' }
  | { readonly kind: 'comment'; readonly text: string }
  /** One of the alternatives holds with all its tests: a set of concatenations. */
  | { readonly kind: 'any-of'; readonly alternatives: readonly (readonly MatchTest[])[] }
  | {
      readonly kind: 'unknown';
      readonly reason: UnknownReason;
      /** The module, the option or the value that is not decided. */
      readonly name: string;
      /** Of an extension that is understood. */
      readonly options?: readonly ExtensionOption[];
    };

/** A test, its negation, and the words of the paste that say it. */
export interface Match {
  readonly test: MatchTest;
  readonly negated: boolean;
  readonly span: Span;
}

const ENTRY_TESTS: ReadonlySet<string> = new Set<EntryTest['kind']>([
  'ct-status',
  'ct-direction',
  'ct-protocol',
  'ct-address',
  'ct-port',
]);

export function isEntryTest(test: MatchTest): test is EntryTest {
  return ENTRY_TESTS.has(test.kind);
}
