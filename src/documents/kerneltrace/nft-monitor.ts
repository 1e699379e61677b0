// `nft monitor trace` -> traced steps: `trace id 5e2c8f9a ip nat PREROUTING packet: iif "eth0" …`, then its rules.
// nftables src/netlink.c, trace_print_*
import { parseAddress } from '../../base/ip.ts';
import type { Span } from '../../base/source.ts';
import type { TracedPacket, TracedStep } from './traced.ts';

const STEP =
  /^\s*trace id ([0-9a-f]+) (\w+) (\S+) (\S+) (packet:|rule|verdict|policy|return|unknown)\s*(.*)$/;
const VERDICT = /\(verdict ([^()]+)\)\s*$/;

export function isMonitorLine(line: string): boolean {
  return STEP.test(line);
}

function packetOf(text: string): TracedPacket {
  const word = (pattern: RegExp) => pattern.exec(text)?.[1] ?? null;
  const numberOf = (pattern: RegExp) => {
    const found = word(pattern);
    return found === null ? null : Number(found);
  };
  const flags = word(/tcp flags (?:== )?([\w, |]+?)(?: tcp | udp | meta |$)/) ?? '';
  return {
    iif: word(/\biif(?:name)? "?([\w.@-]+)/),
    oif: word(/\boif(?:name)? "?([\w.@-]+)/),
    source: parseAddress(word(/\bip6? saddr (\S+)/) ?? ''),
    destination: parseAddress(word(/\bip6? daddr (\S+)/) ?? ''),
    sourcePort: numberOf(/\b(?:tcp|udp) sport (\d+)/),
    destinationPort: numberOf(/\b(?:tcp|udp) dport (\d+)/),
    flags: flags
      .split(/[^a-z]+/)
      .filter((flag) => flag !== '')
      .map((flag) => flag.toUpperCase()),
    mark: numberOf(/\bmeta mark (0x[0-9a-f]+|\d+)/),
  };
}

/** Reads lines one after the other; a packet holds for the steps with its id, until the next one. */
export function monitorReader(): (line: string, span: Span) => TracedStep | null {
  const packets = new Map<string, TracedPacket>();
  return (line, span) => {
    const found = STEP.exec(line);
    if (!found) return null;
    const [, id = '', family = '', table = '', chain = '', word = '', rest = ''] = found;
    if (word === 'packet:') packets.set(id, packetOf(rest));
    const step = {
      id,
      family,
      table,
      chain,
      number: null,
      handle: null,
      packet: packets.get(id) ?? null,
      span,
    };
    switch (word) {
      case 'packet:':
        return { ...step, event: 'packet', rule: null, verdict: null };
      case 'rule':
        return {
          ...step,
          event: 'rule',
          rule: rest.replace(VERDICT, '').trim(),
          verdict: VERDICT.exec(rest)?.[1] ?? null,
        };
      case 'policy':
        return { ...step, event: 'policy', rule: null, verdict: rest.trim() };
      default:
        return {
          ...step,
          event: 'return',
          rule: null,
          verdict: rest.replace(/^verdict /, '').trim() || null,
        };
    }
  };
}
