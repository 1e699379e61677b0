// `ip addr` output, long, `-br` or `-o` -> interfaces with their addresses.
// Format: ip-address(8); iproute2 ip/ipaddress.c, print_linkinfo and print_addrinfo.
import { append } from '../../base/append.ts';
import { diagnostic, type Diagnostic, type Parsed } from '../../base/diagnostic.ts';
import { parsePrefix } from '../../base/ip.ts';
import { linesOf, textAt, type Source, type Span } from '../../base/source.ts';
import { tokensOf, type Token } from '../iptables/tokens.ts';
import type { InterfaceAddress, NetworkInterface } from './network.ts';

const LINK_LINE = /^\s*\d+:\s+([^\s:@]+)(?:@\S+)?:\s+<([A-Z0-9_,-]*)>/;
const ONE_LINE = /^\s*\d+:\s+([^\s:@]+)(?:@\S+)?\s+inet6?\s+\S/;
const BRIEF_LINE =
  /^\s*([^\s:@]+)(?:@\S+)?\s+(UP|DOWN|UNKNOWN|LOWERLAYERDOWN|DORMANT)(?=\s|$)((?:\s+(?:[\da-fA-F.:]+(?:\/\d+)?|peer|metric \d+))*)\s*$/;
const ADDRESS_LINE = /^\s*inet6?\s+\S/;
const DETAIL_LINE = /^\s+(?:link\/|valid_lft\s|altname\s|alias\s|prot\w* )/;

/** Whether a line can open such a document: `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 …`. */
export function startsInterfaces(line: string): boolean {
  return LINK_LINE.test(line) || ONE_LINE.test(line) || (BRIEF_LINE.exec(line)?.[3] ?? '') !== '';
}

export function isInterfaceLine(line: string): boolean {
  return startsInterfaces(line) || ADDRESS_LINE.test(line) || DETAIL_LINE.test(line) || line.trim() === '';
}

interface PendingInterface extends NetworkInterface {
  readonly addresses: InterfaceAddress[];
}

/** Reads the lines of the span. An address whose line is broken costs only itself. */
export function parseInterfaces(source: Source, span: Span): Parsed<readonly NetworkInterface[]> {
  const diagnostics: Diagnostic[] = [];
  const interfaces: PendingInterface[] = [];
  for (const line of linesOf(source, span)) {
    const text = textAt(source, line);
    if (text.trim() === '' || DETAIL_LINE.test(text)) continue;
    const place = placeOf(interfaces, text, line);
    const addresses = place ? addressesOf(tokensOf(source, line), BRIEF_LINE.test(text)) : [];
    if (place) append(place.addresses, addresses);
    const bare = LINK_LINE.test(text) || BRIEF_LINE.test(text);
    if (!place || (!bare && addresses.length === 0))
      diagnostics.push(diagnostic('error', 'route.line', line));
  }
  return { value: interfaces, diagnostics };
}

/** The interface that a line names, or the last one for a line of addresses; undefined for a line that is neither. */
function placeOf(interfaces: PendingInterface[], text: string, line: Span): PendingInterface | undefined {
  const link = LINK_LINE.exec(text);
  if (link) return open(interfaces, link[1] ?? '', (link[2] ?? '').split(',').includes('UP'), line);
  const one = ONE_LINE.exec(text);
  if (one) {
    const known = interfaces.find(({ name }) => name === one[1]);
    return known ?? open(interfaces, one[1] ?? '', true, line);
  }
  const brief = BRIEF_LINE.exec(text);
  if (brief) return open(interfaces, brief[1] ?? '', brief[2] !== 'DOWN', line);
  return ADDRESS_LINE.test(text) ? interfaces.at(-1) : undefined;
}

function open(interfaces: PendingInterface[], name: string, up: boolean, span: Span): PendingInterface {
  const fresh: PendingInterface = { name, up, addresses: [], span };
  interfaces.push(fresh);
  return fresh;
}

/** `inet 10.0.0.2/24 … secondary`, `inet 10.0.0.2 peer 10.0.0.1/32`; brief lines hold several, without a word before. */
function addressesOf(words: readonly Token[], brief: boolean): InterfaceAddress[] {
  const found: InterfaceAddress[] = [];
  const secondary = words.some(({ text }) => text === 'secondary');
  for (const [at, { text }] of words.entries()) {
    const own = brief ? at > 1 && words[at - 1]?.text !== 'peer' : /^inet6?$/.test(words[at - 1]?.text ?? '');
    const read = own ? parsePrefix(text) : null;
    if (!read) continue;
    const peer = words[at + 1]?.text === 'peer' ? parsePrefix(words[at + 2]?.text ?? '') : null;
    const span = words[at]?.span ?? { from: 0, to: 0 };
    found.push({ address: read.address, prefix: peer ?? read, secondary, span });
  }
  return found;
}
