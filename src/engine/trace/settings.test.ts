// What hangs on kernel settings: assumed and said where none was pasted, derived from the line where one was.
import { expect, test } from 'vitest';
import { PLAIN_REQUEST, type Scenario } from '../scenario.ts';
import { simulate } from './simulate.ts';

const TO_LOOPBACK = `*nat
:PREROUTING ACCEPT [0:0]
-A PREROUTING -p tcp -m tcp --dport 80 -j DNAT --to-destination 127.0.0.1:8080
COMMIT
`;

function traceOf(paste: string, others: Scenario['pods'] = []) {
  const request = { ...PLAIN_REQUEST, from: '10.5.0.9:50000', to: '10.5.0.7:80', protocol: 'tcp' as const };
  const web = { name: 'web', role: 'server' as const, addresses: ['10.5.0.7'], paste };
  return simulate({ version: 1, title: '', request, pods: [web, ...others] }).trace;
}

function toldOf(paste: string) {
  const { outcome, findings } = traceOf(paste);
  const told = findings.filter(({ code }) =>
    /^finding\.(?:localnet|setting|reverse-path|martian)/.test(code),
  );
  return [outcome, ...told.map(({ code, evidence }) => [code.slice(8), ...evidence.map(({ text }) => text)])];
}

test('127.0.0.1 from a link: route_localnet decides', () => {
  expect(toldOf(TO_LOOPBACK)).toEqual(['dropped', ['localnet'], ['setting-assumed']]);
  const off = 'net.ipv4.conf.all.route_localnet = 0\nnet.ipv4.conf.eth0.route_localnet = 0\n';
  expect(toldOf(TO_LOOPBACK + off)).toEqual([
    'dropped',
    ['localnet'],
    ['setting-told', ...off.trim().split('\n')],
  ]);
  const on = off.replace('all.route_localnet = 0', 'all.route_localnet = 1');
  expect(toldOf(TO_LOOPBACK + on)).toEqual([
    'delivered',
    ['setting-lets-pass', 'net.ipv4.conf.all.route_localnet = 1'],
  ]);
});

test('`all` alone settles nothing that the interface itself may raise', () => {
  expect(toldOf(`${TO_LOOPBACK}net.ipv4.conf.all.route_localnet = 0\n`)).toEqual([
    'dropped',
    ['localnet'],
    ['setting-assumed'],
  ]);
});

test.each([
  ['', 'assumed', []],
  ['$ sysctl net.ipv4.ip_forward\nnet.ipv4.ip_forward = 1\n', 'derived', ['net.ipv4.ip_forward = 1']],
])('a node that sends on: %j is %s', (setting, basis, lines) => {
  const node = `$ iptables-save
*nat
:PREROUTING ACCEPT [0:0]
-A PREROUTING -d 10.5.0.7/32 -p tcp -j DNAT --to-destination 10.5.0.8:80
COMMIT
`;
  const pods: Scenario['pods'] = [
    { name: 'node', role: null, addresses: ['10.5.0.7'], paste: node + setting },
    { name: 'web', role: 'server', addresses: ['10.5.0.8'], paste: '' },
  ];
  const request = { ...PLAIN_REQUEST, from: '10.5.0.9:50000', to: '10.5.0.7:80', protocol: 'tcp' as const };
  const { trace } = simulate({ version: 1, title: '', request, pods });
  const hop = trace.hops.find(({ event }) => event.code === 'network.forwarded');
  expect([hop?.basis, hop?.evidence.map(({ text }) => text)]).toEqual([basis, lines]);
});
