// Each finding by a paste that has it, with the line that decides, and by one next to it that has it not.
import { describe, expect, test } from 'vitest';
import { PLAIN_REQUEST, type ScenarioPod, type ScenarioRequest } from '../scenario.ts';
import { simulate } from './simulate.ts';

const RETURN_BIND = '-A OUT -s 127.0.0.6/32 -o lo -j RETURN';
const IN = '-A IN -p tcp -j TO_IN';

function nat(inbound: readonly string[], outbound: readonly string[]): string {
  return [
    '*nat',
    ...['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'].map((chain) => `:${chain} ACCEPT [0:0]`),
    ...['IN', 'OUT', 'TO_IN', 'TO_OUT'].map((chain) => `:${chain} - [0:0]`),
    '-A PREROUTING -p tcp -j IN',
    '-A OUTPUT -j OUT',
    ...inbound,
    ...outbound,
    '-A OUT ! -d 127.0.0.1/32 -o lo -m owner --uid-owner 1337 -j TO_IN',
    '-A OUT -o lo -m owner ! --uid-owner 1337 -j RETURN',
    '-A OUT -m owner --uid-owner 1337 -j RETURN',
    '-A OUT -p tcp -j TO_OUT',
    '-A TO_IN -p tcp -j REDIRECT --to-ports 15006',
    '-A TO_OUT -p tcp -j REDIRECT --to-ports 15001',
    'COMMIT\n',
  ].join('\n');
}
const RULES = nat([IN], [RETURN_BIND]);
const TPROXY = `*mangle
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A PREROUTING -i eth0 -p tcp -j TPROXY --on-port 15006 --on-ip 0.0.0.0 --tproxy-mark 0x539/0xffffffff
COMMIT
`;

type Json = Readonly<Record<string, unknown>>;

function at(address: string, portValue: number): Json {
  return { socketAddress: { address, portValue } };
}
function tcp(cluster: string): Json {
  const type = 'type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy';
  return { name: 'envoy.filters.network.tcp_proxy', typedConfig: { '@type': type, cluster } };
}
function filter(name: string): Json {
  return { name: `envoy.filters.listener.${name}` };
}
function listener(
  name: string,
  port: number,
  chain: Json,
  filters: readonly string[],
  more: Json = {},
): Json {
  const listenerFilters = filters.map(filter);
  return { name, address: at('0.0.0.0', port), listenerFilters, filterChains: [chain], ...more };
}
function chain(cluster: string, match: Json = {}): Json {
  return { filterChainMatch: match, filters: [tcp(cluster)] };
}
const INBOUND = 'inbound|8080||';
const BOUND: Json = {
  name: INBOUND,
  type: 'ORIGINAL_DST',
  upstreamBindConfig: { sourceAddress: { address: '127.0.0.6', portValue: 0 } },
};
function original(name: string): Json {
  return { name, type: 'ORIGINAL_DST', lbPolicy: 'CLUSTER_PROVIDED' };
}
function fixed(name: string, endpoints: readonly Json[], more: Json = {}): Json {
  return { name, type: 'STATIC', loadAssignment: { endpoints: [{ lbEndpoints: endpoints }] }, ...more };
}
function config(...resources: readonly Json[]): string {
  return `${JSON.stringify(resources, null, 1)}\n`;
}
function virtualInbound(filters: readonly string[] = ['original_dst'], match: Json = {}): Json {
  return listener('virtualInbound', 15006, chain(INBOUND, match), filters);
}

type Asked = Partial<ScenarioRequest>;

function found(pods: readonly Partial<ScenarioPod>[], asked: Asked = {}) {
  const whole = pods.map((pod, i) => ({
    name: i === 0 ? 'web' : `pod${i}`,
    role: 'server' as const,
    addresses: ['10.4.0.7'],
    paste: '',
    ...pod,
  }));
  const request = {
    ...PLAIN_REQUEST,
    from: '10.4.0.9:50000',
    to: '10.4.0.7:8080',
    protocol: 'tcp' as const,
    ...asked,
  };
  return simulate({ version: 1, title: '', request, pods: whole }).trace;
}

interface Case {
  readonly code: string;
  readonly severity: string;
  /** What the deciding line holds. */
  readonly line: string;
  readonly has: readonly [readonly Partial<ScenarioPod>[], Asked?];
  readonly hasNot: readonly [readonly Partial<ScenarioPod>[], Asked?];
}

function server(...pieces: readonly string[]): readonly Partial<ScenarioPod>[] {
  return [{ paste: pieces.join('\n') }];
}
/** The server, called in plain text by a pod beside it that has no proxy. */
function called(...pieces: readonly string[]): Case['has'] {
  const bare = '*nat\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n';
  const caller = { name: 'caller', role: 'client' as const, addresses: ['10.4.0.9'], paste: bare };
  return [[...server(...pieces), caller]];
}
function client(...pieces: readonly string[]): readonly [readonly Partial<ScenarioPod>[], Asked] {
  const asked: Asked = { from: '10.4.0.7', to: '203.0.113.5:443' };
  return [[{ role: 'client', paste: pieces.join('\n') }], asked];
}

function outbound(cluster: string): string {
  const virtual = listener('virtualOutbound', 15001, chain(cluster), [], { useOriginalDst: true });
  return config(virtual, original(cluster));
}

const HEADER_SOCKET = {
  name: 'envoy.transport_sockets.upstream_proxy_protocol',
  typedConfig: {
    '@type':
      'type.googleapis.com/envoy.extensions.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport',
    config: { version: 'V1' },
    transportSocket: { name: 'envoy.transport_sockets.raw_buffer' },
  },
};

/** A gateway before the server, which sends a PROXY header or not; the server's filters read one or not. */
function throughGateway(sends: boolean, reads: boolean): Case['has'] {
  const socket = sends ? { transportSocket: HEADER_SOCKET } : {};
  const edge = config(
    listener('edge', 9000, chain('to-web'), []),
    fixed('to-web', [{ endpoint: { address: at('10.4.0.7', 8080) } }], socket),
  );
  const filters = reads ? ['proxy_protocol', 'original_dst'] : ['original_dst'];
  const web = { paste: `${RULES}\n${config(virtualInbound(filters), BOUND)}` };
  const gateway = { name: 'edge', role: 'gateway' as const, addresses: ['10.4.0.4'], paste: edge };
  return [[web, gateway], { to: '10.4.0.4:9000' }];
}

const NO_SUBSET = listener('virtualInbound', 15006, chain('reviews-v2'), ['original_dst']);
const SPARE = { endpoint: { address: at('10.4.0.7', 8080) } };
const LISTENING = 'State  Recv-Q Send-Q Local Address:Port Peer Address:Port\nLISTEN 0      128';
const FULL = config(virtualInbound(), BOUND);

const CASES: readonly Case[] = [
  {
    code: 'finding.source-lost',
    severity: 'warning',
    line: '"address": "127.0.0.6"',
    has: [server(RULES, FULL)],
    hasNot: [server(RULES, config(virtualInbound(['original_dst', 'original_src']), BOUND))],
  },
  {
    code: 'finding.source-kept',
    severity: 'info',
    line: 'envoy.filters.listener.original_src',
    has: [
      server(
        TPROXY,
        config({ ...virtualInbound(['original_dst', 'original_src']), transparent: true }, BOUND),
      ),
    ],
    hasNot: [server(RULES, FULL)],
  },
  {
    code: 'finding.loop',
    severity: 'error',
    line: '"address": "127.0.0.6"',
    has: [server(nat([IN], []), FULL)],
    hasNot: [server(RULES, FULL)],
  },
  {
    code: 'finding.capture-bypassed-inbound',
    severity: 'info',
    line: '--dport 8080 -j RETURN',
    has: [server(nat(['-A IN -p tcp -m tcp --dport 8080 -j RETURN', IN], [RETURN_BIND]))],
    hasNot: [server(nat(['-A IN -p tcp -m tcp --dport 8081 -j RETURN', IN], [RETURN_BIND]))],
  },
  {
    code: 'finding.capture-bypassed-outbound',
    severity: 'info',
    line: '-d 203.0.113.0/24 -j RETURN',
    has: client(nat([IN], ['-A OUT -d 203.0.113.0/24 -j RETURN'])),
    hasNot: client(nat([IN], ['-A OUT -d 198.51.100.0/24 -j RETURN'])),
  },
  {
    code: 'finding.blackhole',
    severity: 'error',
    line: '"cluster": "BlackHoleCluster"',
    has: client(RULES, outbound('BlackHoleCluster')),
    hasNot: client(RULES, outbound('PassthroughCluster')),
  },
  {
    code: 'finding.passthrough',
    severity: 'info',
    line: '"cluster": "PassthroughCluster"',
    has: client(RULES, outbound('PassthroughCluster')),
    hasNot: client(RULES, outbound('egress')),
  },
  {
    code: 'finding.no-filter-chain',
    severity: 'error',
    line: '"name": "virtualInbound"',
    has: called(
      RULES,
      config(virtualInbound(['original_dst', 'tls_inspector'], { transportProtocol: 'tls' }), BOUND),
    ),
    hasNot: called(
      RULES,
      config(virtualInbound(['original_dst', 'tls_inspector'], { transportProtocol: 'raw_buffer' }), BOUND),
    ),
  },
  {
    code: 'finding.cluster-missing',
    severity: 'error',
    line: '"cluster": "reviews-v2"',
    has: [server(RULES, config(NO_SUBSET, original('PassthroughCluster'), original('BlackHoleCluster')))],
    hasNot: [server(RULES, config(NO_SUBSET, original('PassthroughCluster')))],
  },
  {
    code: 'finding.no-endpoint',
    severity: 'error',
    line: '"loadAssignment"',
    has: [server(RULES, config(virtualInbound(), fixed(INBOUND, [])))],
    hasNot: [server(RULES, config(virtualInbound(), fixed(INBOUND, [SPARE])))],
  },
  {
    code: 'finding.proxy-header-unread',
    severity: 'error',
    line: '',
    has: throughGateway(true, false),
    hasNot: throughGateway(true, true),
  },
  {
    code: 'finding.proxy-header-missing',
    severity: 'error',
    line: 'envoy.filters.listener.proxy_protocol',
    has: throughGateway(false, true),
    hasNot: throughGateway(true, true),
  },
  {
    code: 'finding.xff-brought',
    severity: 'warning',
    line: '',
    has: [server(RULES, FULL), { protocol: 'http', headers: { 'x-forwarded-for': '192.0.2.66' } }],
    hasNot: [server(RULES, FULL), { protocol: 'http' }],
  },
  {
    code: 'finding.tproxy-without-original-src',
    severity: 'warning',
    line: '"address": "127.0.0.6"',
    has: [server(TPROXY, config({ ...virtualInbound(), transparent: true }, BOUND))],
    hasNot: [
      server(
        TPROXY,
        config({ ...virtualInbound(['original_dst', 'original_src']), transparent: true }, BOUND),
      ),
    ],
  },
  {
    code: 'finding.rules-unreachable',
    severity: 'info',
    line: '-A IN -s 10.9.0.0/16 -j RETURN',
    has: [server(nat([IN, '-A IN -j RETURN', '-A IN -s 10.9.0.0/16 -j RETURN'], [RETURN_BIND]))],
    hasNot: [server(nat(['-A IN -s 10.9.0.0/16 -j RETURN', IN], [RETURN_BIND]))],
  },
  {
    code: 'finding.listens-on-loopback',
    severity: 'error',
    line: '127.0.0.1:8080',
    has: [server(RULES, FULL, '$ ss -ltn', `${LISTENING}    127.0.0.1:8080      0.0.0.0:*`)],
    hasNot: [server(RULES, FULL, '$ ss -ltn', `${LISTENING}    0.0.0.0:8080      0.0.0.0:*`)],
  },
];

test('a PROXY header in front of HTTP that nobody reads is a broken request', () => {
  const [pods] = throughGateway(true, false);
  const trace = found(pods, { to: '10.4.0.4:9000', protocol: 'http' });
  expect(trace.outcome).toBe('refused');
  expect(trace.findings[0]?.code).toBe('finding.proxy-header-as-request');
});

describe.each(CASES)('$code', ({ code, severity, line, has, hasNot }) => {
  test('is told, with the line that decides', () => {
    const { findings, hops } = found(...has);
    const [finding] = findings.filter((each) => each.code === code);
    expect(finding?.severity).toBe(severity);
    const lines = finding?.evidence.map(({ text }) => text).join('\n') ?? '';
    expect(lines).toContain(line);
    expect(finding?.hop ?? 1).toBeLessThanOrEqual(hops.length);
  });

  test('is not told of the paste beside it', () => {
    expect(found(...hasNot).findings.map((each) => each.code)).not.toContain(code);
  });
});
