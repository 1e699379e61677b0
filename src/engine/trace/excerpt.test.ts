import { expect, test } from 'vitest';
import { PLAIN_REQUEST } from '../scenario.ts';
import { simulate } from './simulate.ts';
import type { Trace } from './trace.ts';

/** Lines as an article quotes them: without table, policies, and the outgoing side. */
const LINES = `-A PREROUTING -p tcp -j ISTIO_INBOUND
-A PREROUTING -p tcp -m mark --mark 0x539 -j CONNMARK --save-mark --nfmask 0xffffffff --ctmask 0xffffffff
-A OUTPUT -p tcp -m connmark --mark 0x539 -j CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff
-A ISTIO_DIVERT -j MARK --set-xmark 0x539/0xffffffff
-A ISTIO_DIVERT -j ACCEPT
-A ISTIO_INBOUND -p tcp -j ISTIO_TPROXY
-A ISTIO_TPROXY ! -d 127.0.0.1/32 -p tcp -j TPROXY --on-port 15006 --on-ip 0.0.0.0 --tproxy-mark 0x539/0xffffffff
`;

function follow(paste: string): Trace {
  const request = { ...PLAIN_REQUEST, from: '10.8.0.9:50000', to: '10.8.0.7:80' };
  const pods = [{ name: 'web', role: 'server' as const, addresses: ['10.8.0.7'], paste }];
  return simulate({ version: 1, title: '', request, pods }).trace;
}

/** `chain #rule basis` of the proxy's own connection as it comes back by lo. */
function comingBack({ hops }: Trace): string[] {
  const of = hops.filter(
    ({ hook, connection, packet }) => hook === 'PREROUTING' && connection === 2 && packet === 'request',
  );
  return of.flatMap(({ chain, rule, basis }) => (rule === null ? [] : [`${chain} #${rule} ${basis}`]));
}

test('lines of what istio-init makes are read with the rest of it, which is assumed and said', () => {
  const trace = follow(LINES);
  expect(trace.outcome).toBe('delivered');
  expect(trace.app.remoteAddress).toBe('10.8.0.9');
  expect(comingBack(trace)).toEqual([
    'PREROUTING #1 derived',
    'ISTIO_INBOUND #1 assumed',
    'PREROUTING #2 derived',
  ]);
  const said = trace.findings.find(({ code }) => code === 'finding.rules-excerpt');
  expect(said?.parameters).toMatchObject({ printed: 7 });
  expect(said?.evidence.map(({ text, supplied }) => [text, supplied])[0]).toEqual([
    '-A PREROUTING -p tcp -j ISTIO_INBOUND',
    false,
  ]);
});

test.each([
  [
    'a dump that declares its chains',
    `*mangle\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n${LINES}COMMIT\n`,
  ],
  ['lines in another order', LINES.split('\n').toReversed().join('\n')],
  ['a line that istio-init does not make', `${LINES}-A ISTIO_DIVERT -s 10.8.0.1 -j DROP\n`],
  ['lines that show the outgoing side too', `${LINES}-A ISTIO_OUTPUT -d 127.0.0.1/32 -j RETURN\n`],
])('%s: nothing is added', (_, paste) => {
  const trace = follow(paste);
  expect(trace.findings.map(({ code }) => code)).not.toContain('finding.rules-excerpt');
  expect(
    trace.hops.filter(({ chain }) => chain !== null).every(({ evidence }) => !evidence[0]?.supplied),
  ).toBe(true);
});

/** `iptables-save -t nat | grep OUTPUT` of a pod of Istio 1.10 and later, by which nothing of the way in is shown. */
const OUTGOING = `-A OUTPUT -p tcp -j ISTIO_OUTPUT
-A ISTIO_OUTPUT -s 127.0.0.6/32 -o lo -j RETURN
-A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -m owner --uid-owner 1337 -j ISTIO_IN_REDIRECT
-A ISTIO_OUTPUT -o lo -m owner ! --uid-owner 1337 -j RETURN
-A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
-A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -m owner --gid-owner 1337 -j ISTIO_IN_REDIRECT
-A ISTIO_OUTPUT -o lo -m owner ! --gid-owner 1337 -j RETURN
-A ISTIO_OUTPUT -m owner --gid-owner 1337 -j RETURN
-A ISTIO_OUTPUT -d 127.0.0.1/32 -j RETURN
-A ISTIO_OUTPUT -j ISTIO_REDIRECT
-A ISTIO_REDIRECT -p tcp -j REDIRECT --to-ports 15001
`;

function cutIn({ findings }: Trace): unknown {
  const found = findings.find(({ code }) => code === 'finding.rules-cut');
  return found && [found.parameters['chains'], found.evidence.map(({ line }) => line)];
}

test('whole chains of the outgoing side: the way in is assumed, and what was cut off is named with its line', () => {
  const trace = follow(OUTGOING);
  expect(trace.app.remoteAddress).toBe('127.0.0.6');
  expect(trace.hops.find(({ hook }) => hook === 'PREROUTING')?.basis).toBe('assumed');
  expect(cutIn(trace)).toEqual(['ISTIO_IN_REDIRECT, PREROUTING', [3]]);
});

test.each([
  ['a line in between is missing', OUTGOING.replace(/-A ISTIO_OUTPUT -s .*\n/, '')],
  [
    'a line is not one of Istio’s',
    OUTGOING.replace('-p tcp -j ISTIO_OUTPUT', '-p tcp -s 10.0.0.0/8 -j ISTIO_OUTPUT'),
  ],
  [
    'the table can only be told by a chain’s name',
    '-A OUTPUT -p tcp -j ISTIO_OUTPUT\n-A ISTIO_OUTPUT -j ISTIO_REDIRECT\n',
  ],
])('%s: what was not printed is undecided', (_, paste) => {
  const trace = follow(paste);
  expect(trace.outcome).toBe('undecided');
  const last = trace.hops.at(-1);
  expect([last?.table, last?.chain, last?.event.code]).toEqual([
    'nat',
    'PREROUTING',
    'kernel.undecided-chain-cut',
  ]);
  expect(last?.evidence[0]?.text).toMatch(/-j ISTIO_/);
});

test('the same lines behind the declarations of a whole dump are certain', () => {
  const names = ['ISTIO_INBOUND', 'ISTIO_IN_REDIRECT', 'ISTIO_OUTPUT', 'ISTIO_REDIRECT'];
  const whole = `-P PREROUTING ACCEPT\n-P OUTPUT ACCEPT\n${names.map((name) => `-N ${name}\n`).join('')}${OUTGOING}`;
  const trace = follow(whole);
  expect([trace.app.remoteAddress, cutIn(trace)]).toEqual(['10.8.0.9', undefined]);
});
