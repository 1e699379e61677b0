// `ss` and `netstat`, with any of -t -u -l -n -p -e -a -> the sockets they list. Columns are told by their words:
// pastes lose blanks. https://man7.org/linux/man-pages/man8/ss.8.html, net-tools netstat.c
import { parseAddress } from '../../base/ip.ts';
import { linesOf, textAt, type Source, type Span } from '../../base/source.ts';
import type { Endpoint } from '../endpoint.ts';
import type { ListedSocket } from './socket.ts';

const HEADER =
  /^\s*(?:Active (?:Internet|UNIX) |Proto\s+Recv-Q\s+Send-Q\s|(?:Netid\s+)?State\s+Recv-Q\s+Send-Q\s)/;
const NETSTAT = /^\s*(tcp|udp)6?\s+\d+\s+\d+\s+(\S+:\S+)\s+(\S+:\S+)(?:\s+([A-Z][A-Z_0-9]+))?(?:\s+(.*))?$/;
const SS =
  /^\s*(?:(tcp|udp)6?\s+)?(ESTAB|LISTEN|UNCONN|TIME-WAIT|SYN-SENT|SYN-RECV|FIN-WAIT-[12]|CLOSE-WAIT|LAST-ACK|CLOSING|CLOSED)\s+\d+\s+\d+\s+(\S+:\S+)\s+(\S+:\S+)(?:\s+(.*))?$/;

/** What ss calls otherwise than the kernel. */
const STATES: Readonly<Record<string, string>> = { ESTAB: 'ESTABLISHED', UNCONN: '' };

export function startsSockets(line: string): boolean {
  return HEADER.test(line) || NETSTAT.test(line) || SS.test(line);
}

/** Further lines: rows, headers, and what `ss -i` and `-m` print below a row. */
export function isSocketLine(line: string): boolean {
  return (
    startsSockets(line) || line.trim() === '' || /^\s+(?:cubic|bbr|reno|skmem|ts sack|timer)\b/.test(line)
  );
}

/** `10.0.0.1:80`, `[::ffff:10.0.0.1]:80`, `:::80`, `127.0.0.1%lo:80`, `*:*`. A port that is a name is not told. */
function endOf(text: string): { readonly end: Endpoint | null; readonly port: number | null } {
  const colon = text.lastIndexOf(':');
  const digits = text.slice(colon + 1);
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : null;
  const host = text
    .slice(0, colon)
    .replace(/^\[|\]$|%[\w.-]+/g, '')
    .replace(/^::ffff:(?=[\d.]+$)/, '');
  const address = parseAddress(host);
  const any = !address || host === '0.0.0.0' || host === '::';
  return { end: any ? null : { address, port }, port };
}

/** `users:(("python3",pid=9,fd=4))` or `9/python3`. */
function processOf(rest: string): ListedSocket['process'] {
  const ss = /\(\("([^"]*)",(?:pid=)?(\d+)/.exec(rest);
  if (ss) return { name: ss[1] ?? '', pid: Number(ss[2]) };
  const netstat = /(?:^|\s)(\d+)\/(\S+)/.exec(rest);
  return netstat ? { name: netstat[2] ?? '', pid: Number(netstat[1]) } : null;
}

function uidOf(rest: string): number | null {
  const found = /\buid:(\d+)/.exec(rest) ?? /^(\d+)\s+\d+(?:\s|$)/.exec(rest);
  return found ? Number(found[1]) : null;
}

function readRow(text: string, span: Span): ListedSocket | null {
  const netstat = NETSTAT.exec(text);
  const ss = netstat ? null : SS.exec(text);
  const [protocol, state, local, peer, rest = ''] = netstat
    ? [netstat[1], netstat[4] ?? '', netstat[2], netstat[3], netstat[5]]
    : [ss?.[1] ?? 'tcp', ss?.[2], ss?.[3], ss?.[4], ss?.[5]];
  if (state === undefined || local === undefined || peer === undefined) return null;
  const own = endOf(local);
  return {
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
    state: STATES[state] ?? state.replaceAll('-', '_'),
    local: own.end,
    localPort: own.port,
    peer: endOf(peer).end,
    process: processOf(rest),
    uid: uidOf(rest),
    span,
  };
}

/** Null when no row could be read. */
export function readSockets(source: Source, within: Span): ListedSocket[] | null {
  const sockets = Array.from(linesOf(source, within)).flatMap(
    (line) => readRow(textAt(source, line), line) ?? [],
  );
  return sockets.length > 0 ? sockets : null;
}
