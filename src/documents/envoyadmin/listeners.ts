// Envoy's admin /listeners as text: `virtualInbound::0.0.0.0:15006`. That there is such a listener, and no more.
// https://www.envoyproxy.io/docs/envoy/latest/operations/admin#get--listeners
import { linesOf, textAt, type Source, type Span } from '../../base/source.ts';
import { EMPTY_CONFIG, type ProxyConfig } from '../envoy/config.ts';
import { readListener } from '../envoy/listener.ts';
import { cellsOf, hiddenNode, numberNode, objectNode, textNode } from '../envoy/tables/node.ts';

const ROW = /^\s*(\S+?)::((?:\d+\.){3}\d+|\[[\da-f:]+\]):(\d{1,5})\s*$/;

export function isAdminListenerLine(line: string): boolean {
  return ROW.test(line);
}

export function readAdminListeners(source: Source, within: Span): ProxyConfig {
  const listeners = Array.from(linesOf(source, within)).flatMap((span) => {
    const [name, host, port] = cellsOf(textAt(source, span), span.from, ROW) ?? [];
    if (!name || !host || !port) return [];
    const bare = { text: host.text.replace(/^\[|\]$/g, ''), span: host.span };
    const place = objectNode(host.span, { address: textNode(bare), port_value: numberNode(port) });
    const address = objectNode(host.span, { socket_address: place });
    return [
      readListener(
        objectNode(span, { name: textNode(name), address, filter_chains: hiddenNode(span) }, [span]),
      ),
    ];
  });
  return { ...EMPTY_CONFIG, listeners, partial: true };
}
