// The words that kernel logs print a packet with: `IN=eth0 SRC=10.0.0.1 DPT=80 SYN MARK=0x539` -> TracedPacket.
// net/ipv4/netfilter/nf_log_syslog.c; xtables-monitor writes SPORT and DPORT.
import { parseAddress } from '../../base/ip.ts';
import type { TracedPacket } from './traced.ts';

const FLAGS = ['CWR', 'ECE', 'URG', 'ACK', 'PSH', 'RST', 'SYN', 'FIN'];

/** The packet of a line that logs one. */
export function loggedPacket(text: string): TracedPacket {
  const words = new Map(
    Array.from(text.matchAll(/\b([A-Z]+)=(\S*)/g), ([, name = '', value = '']) => [name, value]),
  );
  const bare = new Set(text.split(/\s+/));
  const numberOf = (...names: readonly string[]) => {
    const value = names.flatMap((name) => words.get(name) ?? [])[0];
    return value === undefined || value === '' ? null : Number(value);
  };
  return {
    iif: words.get('IN') || null,
    oif: words.get('OUT') || null,
    source: parseAddress(words.get('SRC') ?? ''),
    destination: parseAddress(words.get('DST') ?? ''),
    sourcePort: numberOf('SPT', 'SPORT'),
    destinationPort: numberOf('DPT', 'DPORT'),
    flags: FLAGS.filter((flag) => bare.has(flag)),
    mark: numberOf('MARK'),
  };
}
