import { expect, test } from 'vitest';
import { PLAIN_REQUEST } from '../scenario.ts';
import { simulate } from './simulate.ts';

const CLIENT = '10.3.0.9:50000';

function follow(filter: string, spec = '') {
  const rules = `*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n${filter}\nCOMMIT\n`;
  const request = { ...PLAIN_REQUEST, from: CLIENT, to: '10.3.0.7:80' };
  const pods = [
    { name: 'web', role: 'server' as const, addresses: ['10.3.0.7'], paste: `${rules}\n${spec}` },
  ];
  const { hops, findings } = simulate({ version: 1, title: '', request, pods }).trace;
  const said = findings.filter(({ code }) => code.startsWith('finding.reply-'));
  return {
    replies: hops
      .filter(({ packet, place }) => packet === 'reply' && place === 'kernel')
      .map(({ rule }) => rule),
    said: said.map(({ code, evidence }) => `${code} ${evidence[0]?.text}`),
  };
}

const SPEC = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: app
    securityContext:
      runAsUser: 1000
`;

test('a rule that asks who answers leaves the way back open, as long as nothing tells whom the application runs as', () => {
  const rule = '-A OUTPUT -m owner --uid-owner 1000 -j DROP';
  expect(follow(rule)).toEqual({ replies: [], said: [`finding.reply-owner-unknown ${rule}`] });
  expect(follow('-A OUTPUT -m owner ! --uid-owner 33 -j DROP').said).toHaveLength(1);
});

test('the pod’s spec tells', () => {
  const dropped = '-A OUTPUT -m owner --uid-owner 1000 -j DROP';
  expect(follow(dropped, SPEC)).toEqual({ replies: [1], said: [`finding.reply-dropped ${dropped}`] });
  expect(follow('-A OUTPUT -m owner --uid-owner 33 -j DROP', SPEC)).toEqual({ replies: [null], said: [] });
});

test.each([
  ['a rule that asks for no owner', '-A OUTPUT -p tcp -m tcp --sport 80 -j ACCEPT', [1]],
  [
    'an owner that another condition rules out',
    '-A OUTPUT -d 10.9.9.9/32 -m owner --uid-owner 1000 -j DROP',
    [null],
  ],
])('%s: the way is the same for all', (_, rule, replies) => {
  expect(follow(rule)).toEqual({ replies, said: [] });
});
