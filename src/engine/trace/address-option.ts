// TOA: a load balancer writes the client's address into an option of the SYN, and a kernel module of the server gives it
// to the application in place of the packet's source. Told by a capture of the SYN, and by lsmod.
// https://github.com/alibaba/LVS (toa.c): kind 254 or 200, eight bytes: kind, length, port, IPv4 address
import { endpointText } from '../../base/ip.ts';
import { textAt, type Span } from '../../base/source.ts';
import type { Endpoint } from '../../documents/endpoint.ts';
import type { Packet } from '../packet/packet.ts';
import { evidenceAt } from './evidence.ts';
import type { Pod } from './pod.ts';
import type { Evidence, Message } from './trace.ts';

export interface AddressOption {
  readonly client: Endpoint;
  /** Whether the server's kernel has the module that reads it. */
  readonly isRead: boolean;
  readonly event: Message;
  readonly evidence: readonly Evidence[];
}

/** The option that the packet's SYN was seen with at this pod; null when no capture shows one. */
export function addressOptionOf({ paste }: Pod, { tuple }: Packet): AddressOption | null {
  const captured = paste.documents.flatMap(({ content }) =>
    content.kind === 'packet-capture' ? content.packets : [],
  );
  const syn = captured.find(
    ({ flags, addressOption, source, destination }) =>
      addressOption !== null &&
      flags === 'S' &&
      source.address.text === tuple.src.text &&
      endpointText(destination.address, destination.port) === endpointText(tuple.dst, tuple.dport),
  );
  if (!syn?.addressOption) return null;
  const module = moduleSpan(paste);
  const parameters = {
    client: endpointText(syn.addressOption.address, syn.addressOption.port),
    source: tuple.src.text,
  };
  return {
    client: syn.addressOption,
    isRead: module !== null,
    event: { code: module ? 'kernel.toa' : 'kernel.toa-unread', parameters },
    evidence: [syn.span, ...(module ? [module] : [])].map((span) => evidenceAt(paste, span)),
  };
}

/** The line of lsmod's output that names the module. */
function moduleSpan({ source, documents }: Pod['paste']): Span | null {
  for (const { command, span } of documents) {
    if (!command || !/\blsmod\b/.test(textAt(source, command))) continue;
    const line = /^toa\s+\d+.*$/m.exec(textAt(source, span));
    if (line) return { from: span.from + line.index, to: span.from + line.index + line[0].length };
  }
  return null;
}
