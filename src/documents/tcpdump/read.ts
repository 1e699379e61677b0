// tcpdump's text, with any of -n -e -q -v -t… -i any -> the packets it shows. Names in place of numbers (no -n) are not
// addresses: such packets are left out. tcpdump print.c, print-tcp.c
import { parseAddress } from '../../base/ip.ts';
import { linesOf, textAt, type Source, type Span } from '../../base/source.ts';
import type { Endpoint } from '../endpoint.ts';
import type { CapturedPacket } from './captured.ts';

const TIME = String.raw`(?:(?:\d{4}-\d\d-\d\d\s+)?(\d\d:\d\d:\d\d\.\d{3,9}|\d{10}\.\d+)\s+)?`;
const INTERFACE = String.raw`(?:([\w.@-]+)\s+(In|Out|B|M|P|Host)\s+)?`;
const LINK = String.raw`(?:(?:ifindex \d+ )?[0-9a-f]{2}(?::[0-9a-f]{2}){5}(?: > [0-9a-f:]{17},)? .*?length \d+: )?`;
const ENDS = String.raw`([0-9a-zA-Z][\w.:-]*) > ([0-9a-zA-Z][\w.:-]*):\s`;
const PACKET = new RegExp(
  `^\\s*(?:\\d+\\s+)?${TIME}${INTERFACE}${LINK}(?:IP6? )?(?:\\(.*?\\)\\s+)?${ENDS}(.*)$`,
);
/** With -v the addresses stand on a line below. */
const VERBOSE = new RegExp(
  `^\\s*${TIME}${INTERFACE}${LINK}IP6? \\((?:tos|flowlabel|class|hlim)\\b.*\\)\\s*$`,
);
const ENVELOPE =
  /^\s*(?:tcpdump: |dropped privs|listening on \S+, link-type|reading from file|\d+ packets? (?:captured|received|dropped)|\^C)/;
/** What tcpdump says before the first packet. */
const HEADING = /^\s*(?:tcpdump: (?:verbose|listening|data link)|listening on \S+, link-type)/;
const DUMP = /^\s+0x[0-9a-f]{4}:\s/;

/** What stands behind the addresses of a packet of TCP or UDP. */
const DETAILS = /^(?:Flags \[|tcp \d|UDP, length|\[)/;

function isPacket(line: string): boolean {
  const found = PACKET.exec(line);
  return found !== null && DETAILS.test(found[6] ?? '');
}

export function startsCapture(line: string): boolean {
  return isPacket(line) || VERBOSE.test(line) || HEADING.test(line);
}

export function isCaptureLine(line: string): boolean {
  return startsCapture(line) || ENVELOPE.test(line) || DUMP.test(line) || line.trim() === '';
}

/** `10.0.0.1.8080` or `fd00::1.8080`; null for names. */
function endOf(text: string): Endpoint | null {
  const dot = text.lastIndexOf('.');
  const address = parseAddress(text.slice(0, dot));
  const port = text.slice(dot + 1);
  return address && /^\d{1,5}$/.test(port) ? { address, port: Number(port) } : null;
}

function directionOf(word: string | undefined): CapturedPacket['direction'] {
  return word === 'In' ? 'in' : word === 'Out' ? 'out' : null;
}

function lengthIn(details: string): number | null {
  const found = /\blength:? (\d+)|^tcp (\d+)/.exec(details);
  const digits = found?.[1] ?? found?.[2];
  return digits === undefined ? null : Number(digits);
}

/** TOA's option, which tcpdump prints as bytes: port, IPv4 address. */
function addressOptionIn(details: string): Endpoint | null {
  const bytes = /\bunknown-(?:200|254) 0x([0-9a-f]{12})\b/.exec(details)?.[1];
  if (bytes === undefined) return null;
  const [high = 0, low = 0, ...parts] = (bytes.match(/../g) ?? []).map((byte) => parseInt(byte, 16));
  const address = parseAddress(parts.join('.'));
  return address && { address, port: high * 256 + low };
}

/** Null when no packet could be read. */
export function readCapture(source: Source, within: Span): CapturedPacket[] | null {
  const packets: CapturedPacket[] = [];
  let heading: RegExpExecArray | null = null;
  for (const line of linesOf(source, within)) {
    const text = textAt(source, line);
    const above: RegExpExecArray | null = heading;
    heading = VERBOSE.exec(text);
    const found = heading ? null : PACKET.exec(text);
    const [, time, networkInterface, way, from = '', to = '', rest = ''] = found ?? [];
    const [source_, destination] = [endOf(from), endOf(to)];
    if (!found || !source_ || !destination) continue;
    packets.push({
      time: time ?? above?.[1] ?? null,
      networkInterface: networkInterface ?? above?.[2] ?? null,
      direction: directionOf(way ?? above?.[3]),
      source: source_,
      destination,
      flags: /^Flags \[([^\]]*)\]/.exec(rest)?.[1] ?? null,
      addressOption: addressOptionIn(rest),
      length: lengthIn(rest),
      span: line,
    });
  }
  return packets.length > 0 ? packets : null;
}
