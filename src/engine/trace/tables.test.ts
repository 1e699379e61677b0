// istioctl's tables as the only configuration of a pod: what they tell is used, what they hide is assumed or open.
import { expect, test } from 'vitest';
import { readScenario } from '../scenario.ts';
import { simulate } from './simulate.ts';

const LISTENERS = `ADDRESSES PORT  MATCH                                  DESTINATION
0.0.0.0   15006 Addr: *:15006                          Non-HTTP/Non-TCP
0.0.0.0   15006 Trans: tls; App: TCP TLS; Addr: *:8080 Cluster: inbound|8080||
0.0.0.0   15006 Trans: tls; Addr: *:8080               Cluster: inbound|8080||
0.0.0.0   15006 Trans: raw_buffer; Addr: *:8080        Cluster: inbound|8080||
`;
const CLUSTERS = `SERVICE FQDN PORT SUBSET DIRECTION TYPE         DESTINATION RULE
             8080 -      inbound   ORIGINAL_DST
`;

function walk(paste: string) {
  const read = readScenario({
    version: 1,
    title: '',
    request: { from: '10.0.0.5:4000', to: '10.0.0.9:8080', protocol: 'http' },
    pods: [{ name: 'shop', role: 'server', addresses: ['10.0.0.9'], paste }],
  });
  if (!('scenario' in read)) throw new Error(JSON.stringify(read.problems));
  return simulate(read.scenario).trace;
}

test('the tables lead to the cluster; its source is assumed from what Istio sends under that name', () => {
  const { app, sourceChanges, hops } = walk(`${LISTENERS}\n${CLUSTERS}`);
  expect(app.remoteAddress).toBe('127.0.0.6');
  const [change] = sourceChanges;
  const hop = hops.find(({ n }) => n === change?.hop);
  expect(hop).toMatchObject({ basis: 'assumed', cluster: 'inbound|8080||' });
  const quoted = hops.flatMap(({ evidence }) => evidence.map(({ text }) => text));
  expect(quoted).toContainEqual(expect.stringMatching(/8080 - +inbound +ORIGINAL_DST/));
});

test('the pasted cluster tells the source itself, wherever it stands', () => {
  const cluster = JSON.stringify([
    {
      name: 'inbound|8080||',
      type: 'ORIGINAL_DST',
      upstreamBindConfig: { sourceAddress: { address: '127.0.0.9', portValue: 0 } },
    },
  ]);
  for (const paste of [`${LISTENERS}\n${cluster}\n${CLUSTERS}`, `${CLUSTERS}\n${cluster}\n${LISTENERS}`])
    expect(walk(paste).sourceChanges[0]).toMatchObject({ kind: 'reconnect', to: '127.0.0.9' });
});

test('a row less, and the choice is open', () => {
  const without = LISTENERS.replace(/.*Trans: tls; Addr.*\n/, '');
  expect(walk(without + CLUSTERS).outcome).toBe('undecided');
});
