// Addresses for documentation (RFC 5737, RFC 3849). They stand in where no paste tells one.
import { address } from '../../base/ip.ts';

export const UNKNOWN_CLIENT = { 4: address('198.51.100.7'), 6: address('2001:db8:1::7') } as const;
/** For who connected, where a log tells a client that a header names: that one may bear the address above itself. */
export const UNKNOWN_PEER = { 4: address('203.0.113.254'), 6: address('2001:db8:1::fe') } as const;
export const UNKNOWN_POD = { 4: address('192.0.2.10'), 6: address('2001:db8::10') } as const;
