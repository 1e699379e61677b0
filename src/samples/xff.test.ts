import { expect, test } from 'vitest';
import type { Scenario } from '../engine/scenario.ts';
import { simulate } from '../engine/trace/simulate.ts';
import { xffTrustedProxies } from './xff-trusted-proxies/sample.ts';

/** What is said of the header: who wrote it, or whom the gateway believes. */
function said({ pods, ...scenario }: Scenario, change: (paste: string) => string): unknown[] {
  const changed = pods.map((pod) => ({ ...pod, paste: change(pod.paste) }));
  const { findings } = simulate({ ...scenario, pods: changed }).trace;
  return findings
    .filter(({ code }) => code.startsWith('finding.xff-') || code === 'finding.source-lost')
    .map(({ code, parameters }) => [code, parameters['client'] ?? parameters['sent']]);
}

test('a gateway that counts trusted proxies tells the client, and that is whose address is lost', () => {
  expect(said(xffTrustedProxies.scenario, (paste) => paste)).toEqual([
    ['finding.source-lost', '106.52.131.116'],
    ['finding.xff-trusted', '106.52.131.116'],
  ]);
});

function trustingNone(paste: string): string {
  return paste.replace(/"xffNumTrustedHops": \d+/, '"xffNumTrustedHops": 0');
}

test('to a gateway that trusts none, whoever connected is the client and wrote the header', () => {
  expect(said(xffTrustedProxies.scenario, trustingNone)).toEqual([
    ['finding.source-lost', '198.51.100.20'],
    ['finding.xff-spoofable', '106.52.131.116, 198.51.100.7'],
  ]);
});

test('at a pod whose edge was not pasted nobody can tell who wrote it', () => {
  const { request, pods, ...rest } = xffTrustedProxies.scenario;
  const asked = { ...rest, request: request && { ...request, to: '10.244.2.13:8080' }, pods: pods.slice(1) };
  expect(said(asked, (paste) => paste)).toContainEqual([
    'finding.xff-brought',
    '106.52.131.116, 198.51.100.7',
  ]);
});
