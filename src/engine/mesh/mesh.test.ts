import { describe, expect, test } from 'vitest';
import type { Ruleset } from '../../documents/iptables/ruleset.ts';
import { parseDocuments } from '../../documents/parse.ts';
import { defaultInboundConfig, defaultOutboundConfig } from './default-config.ts';
import { defaultRules } from './default-rules.ts';
import { proxyOwner } from './proxy-owner.ts';
import { stepOf } from './step-labels.ts';
import { isMeshServerName } from './tls.ts';

function rulesetOf(text: string): Ruleset {
  const [document] = parseDocuments({ name: 'test', text });
  return document?.content.kind === 'ruleset' ? document.content.ruleset : { tables: [] };
}

describe('what is supplied is read by the same parsers, without a remark', () => {
  const texts = [
    ['rules, IPv4', defaultRules(4)],
    ['rules, IPv6', defaultRules(6)],
    [
      'inbound, REDIRECT',
      defaultInboundConfig({ family: 4, port: 8080, http: true, interception: 'redirect' }),
    ],
    [
      'inbound, TPROXY, IPv6',
      defaultInboundConfig({ family: 6, port: 8080, http: false, interception: 'tproxy' }),
    ],
    [
      'outbound',
      defaultOutboundConfig(4, { port: 80, http: true, endpoints: [{ address: '10.0.0.1', port: 80 }] }),
    ],
    ['outbound, no service', defaultOutboundConfig(4, null)],
  ] as const;
  test.each(texts)('%s', (_, text) => {
    const documents = parseDocuments({ name: 'test', text });
    expect(documents).toHaveLength(1);
    expect(documents[0]?.kind).toMatch(/iptables-save|envoy-config/);
    expect(documents[0]?.diagnostics).toEqual([]);
  });
});

describe('the proxy’s owner', () => {
  test('is Istio’s when the rules release it, or name nobody', () => {
    expect(proxyOwner(rulesetOf(defaultRules(4)))).toEqual({ uid: 1337, gid: 1337 });
    expect(proxyOwner({ tables: [] })).toEqual({ uid: 1337, gid: 1337 });
  });

  test('is another mesh’s when the rules release that one', () => {
    const rules = '*nat\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -m owner --uid-owner 2102 -j RETURN\nCOMMIT\n';
    expect(proxyOwner(rulesetOf(rules)).uid).toBe(2102);
  });

  test('is root under TPROXY: only root may bind to other hosts’ addresses', () => {
    const rules =
      '*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -j TPROXY --on-port 15006 --tproxy-mark 0x539\nCOMMIT\n';
    expect(proxyOwner(rulesetOf(rules))).toEqual({ uid: 0, gid: 1337 });
  });
});

test('the 16 steps, in the order in which things happen', () => {
  const journey = [
    stepOf('arrives', null),
    stepOf('caught-inbound', 'jump-from-base'),
    stepOf('caught-inbound', 'jump'),
    stepOf('caught-inbound', 'capture'),
    stepOf('proxied-inbound', null),
    stepOf('released-inbound', 'jump-from-base'),
    stepOf('released-inbound', 'return'),
    stepOf('app-receives', null),
    stepOf('app-calls', null),
    stepOf('caught-outbound', 'jump-from-base'),
    stepOf('caught-outbound', 'jump'),
    stepOf('caught-outbound', 'capture'),
    stepOf('proxied-outbound', null),
    stepOf('released-outbound', 'jump-from-base'),
    stepOf('released-outbound', 'return'),
    stepOf('leaves', null),
  ];
  expect(journey).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
  expect(stepOf('caught-inbound', 'policy')).toBeNull();
});

test.each([
  ['outbound_.8080_._.shop.default.svc.cluster.local', true],
  ['outbound_.8080_.v1_.shop.default.svc.cluster.local', true],
  ['shop.example.org', false],
])('%s: sent by a sidecar %s', (name, expected) => {
  expect(isMeshServerName(name)).toBe(expected);
});
