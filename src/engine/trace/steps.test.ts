import { expect, test } from 'vitest';
import { PLAIN_REQUEST } from '../scenario.ts';
import { DEFAULT_INIT } from '../mesh/default-rules.ts';
import { initRules } from '../mesh/istio-init.ts';
import { simulate } from './simulate.ts';
import type { Trace } from './trace.ts';

const CONFIG = `[{ "name": "virtualInbound", "transparent": true,
  "address": { "socketAddress": { "address": "0.0.0.0", "portValue": 15006 } },
  "listenerFilters": [{ "name": "envoy.filters.listener.original_dst" }, { "name": "envoy.filters.listener.original_src",
    "typedConfig": { "@type": "type.googleapis.com/envoy.extensions.filters.listener.original_src.v3.OriginalSrc", "mark": 1337 } }],
  "filterChains": [{ "filters": [{ "name": "envoy.filters.network.tcp_proxy",
    "typedConfig": { "@type": "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy", "cluster": "inbound|80||" } }] }] }]
`;

function follow(mode: 'REDIRECT' | 'TPROXY', change = (rules: string) => rules): Trace {
  const rules = change(initRules({ ...DEFAULT_INIT, mode }, 4) ?? '');
  const paste = mode === 'TPROXY' ? `${rules}\n${CONFIG}` : rules;
  const request = { ...PLAIN_REQUEST, from: '10.8.0.9:50000', to: '10.8.0.7:80', protocol: 'tcp' as const };
  const pods = [{ name: 'web', role: 'server' as const, addresses: ['10.8.0.7'], paste }];
  return simulate({ version: 1, title: '', request, pods }).trace;
}

test.each(['REDIRECT', 'TPROXY'] as const)('%s: the steps of one way never run backwards', (mode) => {
  const { hops, outcome } = follow(mode);
  const steps = hops.flatMap(({ step, packet }) => (step !== null && packet === 'request' ? [step] : []));
  expect(outcome).toBe('delivered');
  expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test.each([
  ['REDIRECT', 'envoy.listener-filter.original-dst'],
  ['TPROXY', 'envoy.listener-filter.original-dst-own'],
] as const)('%s: original_dst tells what it found, and how', (mode, code) => {
  const codes = follow(mode).hops.map(({ event }) => event.code);
  expect(codes.filter((each) => each.startsWith('envoy.listener-filter.original-dst'))).toEqual([code]);
});

test('without the rule for 127.0.0.6 the loop has its remedy, and no release is doubted for what is missing', () => {
  const { findings, outcome } = follow('REDIRECT', (rules) =>
    rules.replace(/^-A ISTIO_OUTPUT -s 127\.0\.0\.6.*\n/m, ''),
  );
  const remedy = findings.find(({ code }) => code === 'finding.return-rule-missing');
  expect(outcome).toBe('loop');
  expect(remedy?.parameters['command']).toBe(
    'iptables -t nat -I ISTIO_OUTPUT 1 -s 127.0.0.6/32 -o lo -j RETURN',
  );
  expect(remedy?.evidence[0]?.text).toMatch(/^-A ISTIO_OUTPUT .*-j ISTIO_IN_REDIRECT$/);
  expect(findings.map(({ code }) => code)).not.toContain('finding.versions-differ');
});
