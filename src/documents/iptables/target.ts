// What a rule does to a packet that it matches.
// Meanings: iptables-extensions(8); the kernel's net/netfilter/xt_*.c and nf_nat_*.c.
import type { Prefix } from '../../base/ip.ts';
import type { Span } from '../../base/source.ts';
import type { MatchTest, Range } from './match.ts';
import type { AddressRange } from './address-range.ts';

/** Where NAT maps to. Null keeps what the packet has; `random` ports cannot be told. */
export interface NatRange {
  readonly addresses: AddressRange | null;
  readonly ports: Range | null;
  readonly random: boolean;
}

export type TargetAction =
  | { readonly kind: 'accept' | 'drop' | 'return' }
  | { readonly kind: 'reject'; readonly with: string | null }
  | { readonly kind: 'jump' | 'goto'; readonly chain: string }
  | { readonly kind: 'redirect' | 'masquerade' | 'dnat' | 'snat'; readonly to: NatRange }
  | { readonly kind: 'netmap'; readonly to: Prefix }
  | {
      readonly kind: 'tproxy';
      /** 0 keeps the packet's own destination port. */
      readonly port: number;
      readonly address: AddressRange['from'] | null;
      readonly value: number;
      readonly mask: number;
      /** iptables' TPROXY ends with accept; nft's statement goes on. */
      readonly accepts: boolean;
    }
  /** mark = (mark & ~mask) ^ value, whichever of set, and, or, xor was written. */
  | { readonly kind: 'mark' | 'connmark-set'; readonly value: number; readonly mask: number }
  | { readonly kind: 'connmark-save' | 'connmark-restore'; readonly nfmask: number; readonly ctmask: number }
  | { readonly kind: 'notrack' }
  | { readonly kind: 'zone'; readonly zone: number; readonly direction: 'both' | 'original' | 'reply' }
  /** Notes or shapes the packet and goes on: LOG, NFLOG, TRACE, TCPMSS. */
  | { readonly kind: 'continue'; readonly name: string }
  /** Of the entries the one that the packet fits; without any the rule counts as not matched. */
  | { readonly kind: 'map'; readonly entries: readonly MapEntry[] }
  /** What it does no paste tells; `malformed` when its own words are not understood. */
  | { readonly kind: 'unknown'; readonly name: string; readonly malformed?: true };

/** An element of an nft map or verdict map. */
export interface MapEntry {
  readonly tests: readonly MatchTest[];
  readonly action: TargetAction;
}

/** The actions that an action can come to: those of a map's entries, else itself. */
export function possibleActions(action: TargetAction): readonly TargetAction[] {
  return action.kind === 'map' ? action.entries.map((entry) => entry.action) : [action];
}

/** An action, and the words of the paste that say it. */
export interface Target {
  readonly action: TargetAction;
  readonly span: Span;
}
