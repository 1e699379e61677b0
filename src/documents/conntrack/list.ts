// `conntrack -L` and `-E`, and /proc/net/nf_conntrack -> entries with both tuples.
// net/netfilter/nf_conntrack_standalone.c, libnetfilter_conntrack src/conntrack/snprintf_default.c
import { parseAddress, type IpAddress } from '../../base/ip.ts';
import { linesOf, textAt, type Source, type Span } from '../../base/source.ts';
import type { ConntrackEntry, ConntrackTuple } from './entry.ts';

const ROW =
  /^\s*(?:\[[\d.]+\s*\]\s*)?(?:\[(?:NEW|UPDATE|DESTROY)\]\s*)?(?:ipv[46]\s+\d+\s+)?(tcp|udp|udplite|icmp|icmpv6|sctp|dccp|gre|unknown)\s+\d+\s+(?:\d+\s+)?(?:([A-Z][A-Z_0-9]+)\s+)?src=/;
const FOOTER = /^\s*conntrack v[\d.]+ \(conntrack-tools\)/;

export function startsConntrack(line: string): boolean {
  return ROW.test(line) || FOOTER.test(line);
}

export function isConntrackLine(line: string): boolean {
  return startsConntrack(line) || line.trim() === '';
}

/** Reads an address; one that stands in many entries is made once. */
type ReadAddress = (text: string) => IpAddress | null;

function createAddresses(): ReadAddress {
  const known = new Map<string, IpAddress | null>();
  return (text) => {
    const address = known.get(text) ?? parseAddress(text);
    known.set(text, address);
    return address;
  };
}

/** The value behind ` name=`; null where there is none. */
function valueOf(text: string, name: string): string | null {
  const at = text.indexOf(` ${name}=`);
  if (at < 0) return null;
  const from = at + name.length + 2;
  const end = text.indexOf(' ', from);
  return end < 0 ? text.slice(from).trimEnd() : text.slice(from, end);
}

function numberOf(text: string, name: string): number | null {
  const value = valueOf(text, name);
  return value === null ? null : Number(value);
}

function tupleOf(text: string, addressOf: ReadAddress): ConntrackTuple | null {
  const source = addressOf(valueOf(text, 'src') ?? '');
  const destination = addressOf(valueOf(text, 'dst') ?? '');
  if (!source || !destination) return null;
  return {
    source,
    destination,
    sourcePort: numberOf(text, 'sport'),
    destinationPort: numberOf(text, 'dport'),
    packets: numberOf(text, 'packets'),
  };
}

/** Each tuple begins with `src=`; what concerns the whole entry stands behind the second. */
function readRow(text: string, span: Span, addressOf: ReadAddress): ConntrackEntry | null {
  const head = ROW.exec(text);
  const first = text.indexOf(' src=');
  const second = text.indexOf(' src=', first + 1);
  if (!head || second < 0) return null;
  const rest = text.slice(second);
  const original = tupleOf(text.slice(first, second), addressOf);
  const reply = tupleOf(rest, addressOf);
  if (!original || !reply) return null;
  return {
    protocol: head[1] ?? '',
    state: head[2] ?? null,
    original,
    reply,
    unreplied: text.includes('[UNREPLIED]'),
    assured: text.includes('[ASSURED]'),
    mark: numberOf(rest, 'mark'),
    zone: numberOf(rest, 'zone'),
    span,
  };
}

/** Null when no entry could be read. */
export function readConntrack(source: Source, within: Span): ConntrackEntry[] | null {
  const addressOf = createAddresses();
  const entries: ConntrackEntry[] = [];
  for (const line of linesOf(source, within)) {
    const entry = readRow(textAt(source, line), line, addressOf);
    if (entry) entries.push(entry);
  }
  return entries.length > 0 ? entries : null;
}
