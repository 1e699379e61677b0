import { expect, test } from 'vitest';
import { textAt, type Span } from '../../../base/source.ts';
import { mergeConfigs, type ProxyConfig } from '../config.ts';
import type { FilterChain } from '../listener.ts';
import { parseEnvoyConfig } from '../parse.ts';
import { parseIstioctlTable, startsIstioctlTable } from './table.ts';

function read(text: string) {
  const source = { name: 'test', text };
  const { value, diagnostics } = parseIstioctlTable(source, { from: 0, to: text.length });
  return { config: value, diagnostics, quote: (span: Span | undefined) => span && textAt(source, span) };
}

/** A chain in few words: what it asks for, and where it leads. */
function outline({ match, filters }: FilterChain): string {
  const [filter] = filters;
  const cluster =
    filter?.kind === 'cluster-alone' && filter.cluster.kind === 'cluster' && filter.cluster.name.value;
  const rds = filter?.kind === 'http-connection-manager' && (filter.rds?.value ?? 'inline');
  const wanted = [
    match.serverNames.map(({ value }) => value).join('|'),
    match.transportProtocol?.value,
    match.applicationProtocols.map(({ value }) => value).join('|'),
    match.prefixRanges.map(({ text }) => text).join('|'),
    match.destinationPort?.value,
  ];
  return `${wanted.filter(Boolean).join(' ')} -> ${cluster || rds || filter?.kind}`;
}

const LISTENERS = `ADDRESSES PORT  MATCH                                                      DESTINATION
0.0.0.0   15001 ALL                                                        PassthroughCluster
0.0.0.0   15001 Addr: *:15001                                              Non-HTTP/Non-TCP
0.0.0.0   15006 SNI: a.shop,b.shop; Trans: tls; App: TCP TLS; Addr: *:8080 Cluster: inbound|8080||
0.0.0.0   15006 Trans: raw_buffer; App: HTTP; Addr: 10.0.0.0/8,10.9.0.0/16 Route: 8080
0.0.0.0   15021 ALL                                                        Inline Route: /healthz/ready*
10.0.0.1,fd00::1 443 ALL                                                   Cluster: outbound|443||shop
`;

test.each([
  ['in columns', LISTENERS],
  ['with the blanks of a web page', LISTENERS.replace(/ +/g, ' ')],
])('the listener table, %s', (_, text) => {
  const { config, quote } = read(text);
  const places = config.listeners.map(({ addresses }) =>
    addresses.map((place) => (place.kind === 'ip' ? `${place.address.text} ${place.port}` : place.kind)),
  );
  expect(places).toEqual([
    ['0.0.0.0 15001'],
    ['0.0.0.0 15006'],
    ['0.0.0.0 15021'],
    ['10.0.0.1 443', 'fd00::1 443'],
  ]);
  expect(config.listeners.map(({ filterChains }) => filterChains.map(outline))).toEqual([
    ['15001 -> left-out'],
    [
      'a.shop|b.shop tls istio-peer-exchange|istio 8080 -> inbound|8080||',
      'raw_buffer http/1.0|http/1.1|h2c 10.0.0.0/8|10.9.0.0/16 -> 8080',
    ],
    [' -> inline'],
    [' -> outbound|443||shop'],
  ]);
  const [outbound, inbound] = config.listeners;
  expect(outbound?.defaultFilterChain && outline(outbound.defaultFilterChain)).toBe(' -> PassthroughCluster');
  expect(quote(inbound?.filterChains[0]?.match.destinationPort?.span)).toBe('8080');
  expect(quote(inbound?.filterChains[0]?.match.serverNames[1]?.span)).toBe('b.shop');
  expect(config.listeners.every(({ gaps }) => gaps.length === 1)).toBe(true);
});

test('the cluster table', () => {
  const { config, quote } =
    read(`SERVICE FQDN   PORT     SUBSET     DIRECTION     TYPE             DESTINATION RULE
               18080    -          inbound       ORIGINAL_DST
agent          -        -          -             STATIC
reviews.shop   9080     v1         outbound      EDS              reviews.shop
`);
  expect(config.clusters.map(({ name, discovery }) => [name, discovery?.value])).toEqual([
    ['inbound|18080||', 'ORIGINAL_DST'],
    ['agent', 'STATIC'],
    ['outbound|9080|v1|reviews.shop', 'EDS'],
  ]);
  expect(quote(config.clusters[0]?.discovery?.span)).toBe('ORIGINAL_DST');
  expect(config.clusters.every(({ gaps }) => gaps.length === 1)).toBe(true);
});

test.each([
  ['of before 1.21', 'ENDPOINT STATUS OUTLIER CHECK CLUSTER', 'OK'],
  ['of today', 'NAME STATUS LOCALITY CLUSTER', ''],
])('the endpoint table %s', (_, header, middle) => {
  const rows = [
    `10.0.0.9:80 HEALTHY ${middle} a`,
    `fd00::9:80 UNHEALTHY ${middle} a`,
    `envoy://connect_originate/10.0.0.7:80 HEALTHY ${middle} b`,
    `./run/x HEALTHY ${middle} c`,
  ];
  const { config } = read(`${[header, ...rows].join('\n')}\n`);
  expect(
    config.loadAssignments.map(({ clusterName, endpoints }) => [
      clusterName,
      endpoints.map(({ address, health }) => [address.kind, health?.value]),
    ]),
  ).toEqual([
    [
      'a',
      [
        ['ip', 'HEALTHY'],
        ['ip', 'UNHEALTHY'],
      ],
    ],
    ['b', [['internal', 'HEALTHY']]],
    ['c', [['pipe', 'HEALTHY']]],
  ]);
  expect(config.loadAssignments[0]?.endpoints[1]?.address).toMatchObject({
    address: { text: 'fd00::9' },
    port: 80,
  });
});

test('the older listener table tells only that a listener is there', () => {
  const { config } = read('ADDRESS     PORT      TYPE\n10.0.0.1    443       TCP\n');
  expect(config.listeners).toMatchObject([{ addresses: [{ port: 443 }], filterChains: [] }]);
  expect(config.listeners[0]?.filterChainGaps).toHaveLength(1);
});

test('prose and other tables are no header', () => {
  expect(startsIstioctlTable('ADDRESS PORT MATCH DESTINATION')).toBe(true);
  expect(startsIstioctlTable('NAME READY STATUS RESTARTS AGE')).toBe(false);
  expect(startsIstioctlTable('the ADDRESS PORT MATCH DESTINATION table')).toBe(false);
});

/** The discovery types of a cluster, once the documents are put together. */
function typesOf(...configs: readonly ProxyConfig[]) {
  const clusters = mergeConfigs(configs).clusters.filter(({ name }) => name === 'outbound|80||a');
  return clusters.map(({ discovery }) => discovery?.value);
}

test('what was pasted in full counts, before or behind the table', () => {
  const { config: table } = read(
    'SERVICE FQDN PORT SUBSET DIRECTION TYPE\n- 80 - inbound ORIGINAL_DST\na 80 - outbound EDS\n',
  );
  const text = '[{"name": "outbound|80||a", "type": "STATIC", "connect_timeout": "1s"}]';
  const full = parseEnvoyConfig({ name: 'full', text }, { from: 0, to: text.length }).value;
  expect(typesOf(full, table)).toEqual(['STATIC']);
  expect(typesOf(table, full)).toEqual(['STATIC']);
  expect(typesOf(table)).toEqual(['EDS']);
});

const ROUTES = `NAME          VHOST NAME                     DOMAINS                        MATCH                  VIRTUAL SERVICE
http.8080     shop.example.com:80            shop.example.com               /api*                  shop.default
http.8080     shop.example.com:80            shop.example.com               PathPrefix:/v2         shop.default
9080          reviews.shop:9080              reviews, reviews.shop + 1 more...     regex /a.+             
              backend                        *                              /healthz/ready*        
none          blackhole:80                   *                              /*                     404
`;

test('routes: a configuration for each name, and what the table hides is a gap', () => {
  expect(startsIstioctlTable(ROUTES.split('\n')[0] ?? '')).toBe(true);
  const { config, diagnostics } = read(ROUTES);
  expect(diagnostics.map(({ code }) => code)).toEqual(['istioctl.table']);
  const outlines = config.routeConfigurations.map(({ name, virtualHosts }) => [
    name,
    ...virtualHosts.map(
      ({ domains, routes }) =>
        `${domains.map(({ value }) => value).join('|')}: ${routes.map(({ match }) => match.path.kind).join(' ')}`,
    ),
  ]);
  expect(outlines).toEqual([
    ['http.8080', 'shop.example.com: prefix path-separated-prefix'],
    ['9080', 'reviews|reviews.shop: regex'],
    ['', '*: prefix'],
    ['none', '*: '],
  ]);
  expect(config.routeConfigurations.every(({ virtualHostGaps }) => virtualHostGaps.length > 0)).toBe(true);
  expect(config.routeConfigurations[0]?.virtualHosts[0]?.routes[0]?.match.gap).not.toBeNull();
});

test('the older table of routes has no names of virtual hosts', () => {
  const { config } = read(`NAME     DOMAINS          MATCH     VIRTUAL SERVICE
80       httpbin.foo      /*        
`);
  expect(config.routeConfigurations[0]?.virtualHosts[0]?.domains[0]?.value).toBe('httpbin.foo');
});
