// `xtables-monitor --trace` and the kernel's own TRACE log -> traced steps. The first prints a packet on a line of its
// own and the steps below it; the second prints both on one line. iptables/xtables-monitor.c, nf_log_syslog.c
import type { Span } from '../../base/source.ts';
import { loggedPacket } from './words.ts';
import type { TracedPacket, TracedStep } from './traced.ts';

const PACKET = /^\s*PACKET: \S+ (\S+) (.*)$/;
const STEP =
  /\bTRACE: (?:(\d+) ([0-9a-f]{8}) )?(\w+):([\w.-]+):(rule|return|policy)(?::(0x[0-9a-f]+|\d+))?(?::([A-Z_]+))?(?::([\w.-]+))?:?\s*(.*)$/;

export function isTraceLine(line: string): boolean {
  return PACKET.test(line) || STEP.test(line);
}

/** `CONTINUE`, `JUMP` with a chain, `ACCEPT` … in lower case, chains as they are called. */
function verdictOf(word: string | undefined, chain: string | undefined): string | null {
  if (word === undefined) return null;
  return chain === undefined ? word.toLowerCase() : `${word.toLowerCase()} ${chain}`;
}

/** Reads lines one after the other: a packet stands above its steps. */
export function traceLineReader(): (line: string, span: Span) => TracedStep | null {
  let packet: TracedPacket | null = null;
  return (line, span) => {
    const heading = PACKET.exec(line);
    if (heading) packet = loggedPacket(heading[2] ?? '');
    const found = heading ? null : STEP.exec(line);
    if (!found) return null;
    const [, family, id, table = '', chain = '', event, number, word, target, rest = ''] = found;
    const own = id === undefined;
    return {
      id: id ?? '',
      family: family === undefined ? null : family === '10' ? 'ip6' : 'ip',
      table,
      chain,
      event: event === 'rule' || event === 'return' ? event : 'policy',
      number: own && number !== undefined ? Number(number) : null,
      handle: own || number === undefined ? null : Number(number),
      rule: own ? null : rest.replace(/^-[46] /, '').trim() || null,
      verdict: verdictOf(word, target),
      packet: own ? loggedPacket(rest) : packet,
      span,
    };
  };
}
