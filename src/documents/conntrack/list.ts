// `conntrack -L` and `-E`, and /proc/net/nf_conntrack -> entries with both tuples.
// net/netfilter/nf_conntrack_standalone.c, libnetfilter_conntrack src/conntrack/snprintf_default.c
import { parseAddress } from '../../base/ip.ts';
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

function tupleOf(fields: ReadonlyMap<string, string>): ConntrackTuple | null {
  const source = parseAddress(fields.get('src') ?? '');
  const destination = parseAddress(fields.get('dst') ?? '');
  const numberOf = (name: string) => (fields.has(name) ? Number(fields.get(name)) : null);
  if (!source || !destination) return null;
  return {
    source,
    destination,
    sourcePort: numberOf('sport'),
    destinationPort: numberOf('dport'),
    packets: numberOf('packets'),
  };
}

function fieldsOf(text: string): Map<string, string> {
  return new Map(Array.from(text.matchAll(/([\w-]+)=(\S+)/g), ([, name = '', value = '']) => [name, value]));
}

/** Each tuple begins with `src=`; what concerns the whole entry stands behind the second. */
function readRow(text: string, span: Span): ConntrackEntry | null {
  const head = ROW.exec(text);
  const first = text.indexOf('src=');
  const second = text.indexOf('src=', first + 1);
  if (!head || second < 0) return null;
  const rest = fieldsOf(text.slice(second));
  const original = tupleOf(fieldsOf(text.slice(first, second)));
  const reply = tupleOf(rest);
  if (!original || !reply) return null;
  const numberOf = (name: string) => (rest.has(name) ? Number(rest.get(name)) : null);
  return {
    protocol: head[1] ?? '',
    state: head[2] ?? null,
    original,
    reply,
    unreplied: text.includes('[UNREPLIED]'),
    assured: text.includes('[ASSURED]'),
    mark: numberOf('mark'),
    zone: numberOf('zone'),
    span,
  };
}

/** Null when no entry could be read. */
export function readConntrack(source: Source, within: Span): ConntrackEntry[] | null {
  const entries = Array.from(linesOf(source, within)).flatMap(
    (line) => readRow(textAt(source, line), line) ?? [],
  );
  return entries.length > 0 ? entries : null;
}
