// The replies: what the kernel does with a connection's answers, against recordings of Linux 6.18 (no nat rule is asked,
// conntrack translates, connmark brings the answers of a TPROXY pod back over lo).
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PLAIN_REQUEST } from '../scenario.ts';
import { simulate } from './simulate.ts';
import type { Hop, Trace } from './trace.ts';

function rules(name: string): string {
  return readFileSync(`src/engine/netfilter/conformance/rulesets/${name}.rules`, 'utf8');
}

function traceOf(paste: string, to = '10.20.0.77:18080'): Trace {
  return simulate({
    version: 1,
    title: '',
    request: { ...PLAIN_REQUEST, from: '10.20.0.78:33204', to },
    pods: [{ name: 'web', role: 'server', addresses: ['10.20.0.77'], paste }],
  }).trace;
}

function line({ connection, place, hook, table, chain, rule, verdict, event, after }: Hop): string {
  return place === 'kernel'
    ? `${connection} ${hook} ${table ?? '-'} ${chain ?? '-'} ${rule ?? '-'} ${verdict}: ${after.src} > ${after.dst}`
    : `${connection} ${event.code}: ${after.src} > ${after.dst}`;
}

function replies({ hops }: Trace): string[] {
  return hops.filter(({ packet }) => packet === 'reply').map(line);
}

test('under REDIRECT no rule meets the reply, and conntrack gives the called port back', () => {
  const trace = traceOf(rules('sidecar-redirect'));
  expect(replies(trace)).toEqual([
    '2 app.answers: 10.20.0.77:18080 > 127.0.0.6:*',
    '1 proxy.answers: 10.20.0.77:15006 > 10.20.0.78:33204',
    '1 POSTROUTING - - - conntrack: 10.20.0.77:18080 > 10.20.0.78:33204',
    '1 reply.to-client: 10.20.0.77:18080 > 10.20.0.78:33204',
  ]);
  const back = trace.hops.find(({ verdict }) => verdict === 'conntrack');
  expect(back).toMatchObject({ source: 'port', step: null, direction: 'inbound' });
  expect(back?.evidence[0]?.text).toContain('REDIRECT --to-ports 15006');
});

test('under TPROXY the connmark brings the reply of the proxy’s own connection back over lo', () => {
  const second = replies(traceOf(rules('sidecar-tproxy'))).filter((line) => line.startsWith('2 '));
  expect(second).toEqual([
    '2 app.answers: 10.20.0.77:18080 > 10.20.0.78:*',
    '2 OUTPUT mangle OUTPUT 4 continue: 10.20.0.77:18080 > 10.20.0.78:*',
    '2 OUTPUT mangle OUTPUT - policy accept: 10.20.0.77:18080 > 10.20.0.78:*',
    '2 POSTROUTING mangle POSTROUTING - policy accept: 10.20.0.77:18080 > 10.20.0.78:*',
    '2 PREROUTING mangle PREROUTING 1 jump T_IN: 10.20.0.77:18080 > 10.20.0.78:*',
    '2 PREROUTING mangle T_IN 1 return: 10.20.0.77:18080 > 10.20.0.78:*',
    '2 PREROUTING mangle PREROUTING 2 continue: 10.20.0.77:18080 > 10.20.0.78:*',
    '2 PREROUTING mangle PREROUTING - policy accept: 10.20.0.77:18080 > 10.20.0.78:*',
    '2 INPUT mangle INPUT - policy accept: 10.20.0.77:18080 > 10.20.0.78:*',
  ]);
});

test('without the rule that restores the mark the reply leaves past the proxy', () => {
  const cut = rules('sidecar-tproxy').replace(/^-A OUTPUT .*--restore-mark.*\n/m, '');
  const trace = traceOf(cut);
  const lost = trace.findings.find(({ code }) => code === 'finding.original-src-without-routing');
  expect(lost).toMatchObject({ severity: 'error', parameters: { interface: 'eth0' } });
  expect(replies(trace).filter((line) => line.startsWith('1 '))).toEqual([]);
});

test('a reply is no change of the source, and its hops come after all of the request', () => {
  const { hops, sourceChanges } = traceOf(rules('sidecar-redirect'));
  const first = hops.findIndex(({ packet }) => packet === 'reply');
  expect(hops.slice(first).every(({ packet }) => packet === 'reply')).toBe(true);
  expect(sourceChanges.every(({ hop }) => hop <= first)).toBe(true);
});

test('a firewall that lets no answer out is said', () => {
  const trace = traceOf('*filter\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -p tcp --sport 18080 -j DROP\nCOMMIT\n');
  const lost = trace.findings.find(({ code }) => code === 'finding.reply-dropped');
  expect(lost?.evidence[0]?.text).toContain('--sport 18080 -j DROP');
});

const EDGE = `$ istioctl proxy-config listener edge -o json
[{"name": "edge", "address": {"socketAddress": {"address": "0.0.0.0", "portValue": 80}}, "transparent": true,
  "listenerFilters": [{"name": "envoy.filters.listener.original_src"}],
  "filterChains": [{"filters": [{"name": "envoy.filters.network.tcp_proxy",
    "typedConfig": {"@type": "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy", "cluster": "web"}}]}]}]
$ istioctl proxy-config cluster edge -o json
[{"name": "web", "type": "STATIC", "loadAssignment": {"clusterName": "web", "endpoints": [{"lbEndpoints": [{"endpoint":
  {"address": {"socketAddress": {"address": "10.30.0.21", "portValue": 8080}}}}]}]}}]
$ iptables -t mangle -S
-P PREROUTING ACCEPT
-A PREROUTING -s 10.30.0.21/32 -p tcp -m tcp --sport 8080 -j MARK --set-xmark 0x539/0xffffffff
$ ip rule
0:	from all lookup local
32765:	from all fwmark 0x539 lookup 133
32766:	from all lookup main
$ ip route show table 133
local default dev lo scope host
`;

function borrowed(routes: string): Trace {
  return simulate({
    version: 1,
    title: '',
    request: { ...PLAIN_REQUEST, from: '106.52.131.116:6093', to: '198.18.0.10:80', protocol: 'tcp' },
    pods: [
      { name: 'edge', role: 'gateway', addresses: ['198.18.0.10', '10.30.0.2'], paste: EDGE },
      {
        name: 'web',
        role: 'server',
        addresses: ['10.30.0.21'],
        paste: `*nat\nCOMMIT\n$ ip route\n${routes}`,
      },
    ],
  }).trace;
}

test('a source borrowed by another machine is answered through it where the server’s route leads there', () => {
  const trace = borrowed('default via 10.30.0.2 dev eth0\n10.30.0.0/24 dev eth0 scope link\n');
  expect(replies(trace).at(-1)).toBe('1 reply.to-client: 198.18.0.10:80 > 106.52.131.116:6093');
  expect(trace.hops.find(({ event }) => event.code === 'reply.between')?.evidence[0]?.text).toBe(
    'default via 10.30.0.2 dev eth0',
  );
  expect(trace.findings.map(({ code }) => code)).not.toContain('finding.reply-elsewhere');
});

test.each([
  'default via 10.30.0.1 dev eth0\n',
  '106.52.131.116 via 10.30.0.1 dev eth0\ndefault via 10.30.0.2 dev eth0\n',
])('and is lost where it leads elsewhere: %j', (routes) => {
  expect(borrowed(routes).findings.map(({ code }) => code)).toContain('finding.reply-elsewhere');
});
