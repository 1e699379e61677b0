// The notation of the case tables: a filter chain and a connection as one line of words each.
//   chain       `name: port=8080 to=10.0.0.0/8 sni=*.example.com transport=tls alpn=h2 from=10.0.0.0/8 type=EXTERNAL`
//   connection  `10.0.0.1:8080 from 192.0.2.7:33204 via 192.0.2.9 tls sni=a.example.com alpn=h2,http/1.1`
import { address, parseEndpoint, parsePrefix } from '../../../base/ip.ts';
import type { JsonNode } from '../../../base/json.ts';
import { readJson } from '../../../base/json-reader.ts';
import { readListener, type Listener } from '../../../documents/envoy/listener.ts';
import type { Connection, ConnectionAddress } from '../connection.ts';

/** A value as the tree that a paste of it would give. */
export function pasted(value: unknown): JsonNode {
  const text = JSON.stringify(value, null, 2);
  return readJson({ name: 'test', text }, { from: 0, to: text.length }).value;
}

function words(line: string): ReadonlyMap<string, readonly string[]> {
  const pairs = line.split(/\s+/).filter((word) => word.includes('='));
  return new Map(
    pairs.map((word) => {
      const at = word.indexOf('=');
      return [word.slice(0, at), word.slice(at + 1).split(',')];
    }),
  );
}

function cidrs(texts: readonly string[] | undefined): unknown[] | undefined {
  return texts?.map((text) => {
    const prefix = parsePrefix(text);
    return { address_prefix: prefix?.address.text ?? text, prefix_len: prefix?.length };
  });
}

function chain(line: string): unknown {
  const [name = '', rest = ''] = line.split(/:(.*)/s);
  const want = words(rest);
  return {
    name: name.trim(),
    filter_chain_match: {
      destination_port: want.get('port')?.map(Number)[0],
      prefix_ranges: cidrs(want.get('to')),
      server_names: want.get('sni'),
      transport_protocol: want.get('transport')?.[0],
      application_protocols: want.get('alpn'),
      direct_source_prefix_ranges: cidrs(want.get('via')),
      source_type: want.get('type')?.[0],
      source_prefix_ranges: cidrs(want.get('from')),
      source_ports: want.get('sport')?.map(Number),
    },
  };
}

/** A listener on 0.0.0.0:15006 with these chains; one called `default` is the default chain. */
export function listener(...chains: readonly string[]): Listener {
  const byDefault = chains.find((line) => line.startsWith('default:'));
  return readListener(
    pasted({
      name: 'test',
      address: { socket_address: { address: '0.0.0.0', port_value: 15006 } },
      filter_chains: chains.filter((line) => line !== byDefault).map(chain),
      default_filter_chain: byDefault && chain(byDefault),
    }),
  );
}

function place(text: string): ConnectionAddress {
  if (text.startsWith('/')) return { address: null, port: null };
  const { address: ip, port } = parseEndpoint(text) ?? { address: address(text), port: null };
  return { address: ip, port };
}

/** What is not said is none: plain text, no SNI, no ALPN. `tls=?`, `sni=?` and `alpn=?` are unknown. */
export function connection(line: string): Connection {
  const [to = '', ...rest] = line.split(/\s+/);
  const said = words(line);
  const after = (word: string) => rest[rest.indexOf(word) + 1] ?? '';
  const remote = rest.includes('from') ? place(after('from')) : place('192.0.2.7:33204');
  const given = (name: string) => said.get(name) ?? [];
  return {
    local: place(to),
    restored: true,
    remote,
    directRemote: rest.includes('via') ? place(after('via')) : remote,
    transport: given('tls')[0] === '?' ? null : rest.includes('tls') ? 'tls' : 'raw_buffer',
    serverName: given('sni')[0] === '?' ? null : (given('sni')[0] ?? ''),
    alpn: given('alpn')[0] === '?' ? null : given('alpn'),
    filterState: {},
    originalSrc: null,
  };
}
