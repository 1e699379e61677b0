// Arguments that are told by rules make those rules again: whatever was asked of istio-init, in every release.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeRulesets } from '../../documents/iptables/ruleset.ts';
import { KNOWN_MINORS, knowsInit, type InitArguments } from '../../documents/istio/init-arguments.ts';
import { parseDocuments } from '../../documents/parse.ts';
import { DEFAULT_INIT } from '../mesh/default-rules.ts';
import { initRules } from '../mesh/istio-init.ts';
import { readScenario } from '../scenario.ts';
import { podsOf } from '../trace/pods.ts';
import { argumentsOfRules } from './init-of-rules.ts';
import { argumentsOf } from './release-of-rules.ts';

function rulesetOf(text: string) {
  const documents = parseDocuments({ name: 'pod', text });
  return mergeRulesets(
    documents.flatMap(({ content }) => (content.kind === 'ruleset' ? [content.ruleset] : [])),
  );
}

const port = fc.integer({ min: 1024, max: 9999 }).map(String);
const ports = fc.uniqueArray(port, { maxLength: 3 });
const ranges = fc.uniqueArray(fc.constantFrom('10.0.0.0/8', '172.16.0.0/12', '192.0.2.0/24'), {
  maxLength: 2,
});
const all: fc.Arbitrary<readonly string[]> = fc.constant(['*']);
const asked: fc.Arbitrary<InitArguments> = fc
  .record({
    minor: fc.integer({ min: KNOWN_MINORS.first, max: KNOWN_MINORS.last }),
    mode: fc.constantFrom('REDIRECT', 'TPROXY'),
    uids: fc.constantFrom(['1337'], ['1500'], ['1337', '1500']),
    gids: fc.constantFrom(['1337'], ['1600']),
    inboundPort: fc.constantFrom('15006', '16006'),
    inboundPorts: fc.oneof(all, fc.uniqueArray(port, { minLength: 1, maxLength: 3 })),
    excludedInboundPorts: ports,
    excludedOutboundPorts: ports,
    outboundPorts: ports,
    ranges: fc.oneof(all, ranges),
    excludedRanges: ranges,
    excludedInterfaces: fc.constantFrom([], ['net1']),
    virtualInterfaces: fc.constantFrom([], ['docker0']),
    dropInvalid: fc.boolean(),
    dns: fc.constantFrom(null, { all: true, servers: null }, { all: false, servers: ['10.96.0.10'] }),
    nativeNftables: fc.boolean(),
  })
  .map((some) => ({ ...DEFAULT_INIT, ...some }))
  // with a list of ports none is excluded; what is not captured at all tells no ports
  .map((some) => (some.inboundPorts.includes('*') ? some : { ...some, excludedInboundPorts: [] }))
  .filter(knowsInit);

test('any arguments', () => {
  fc.assert(
    fc.property(asked, (given) => {
      const text = initRules(given, 4) ?? '';
      const told = argumentsOfRules(rulesetOf(text));
      expect(told && initRules({ ...told, minor: given.minor }, 4)).toBe(text);
    }),
    { numRuns: 100 },
  );
});

test.each([4, 5, 6, 8, 9, 12, 17, 22, 24, 30])(
  '1.%i: a release is found that makes the same rules',
  (minor) => {
    const given = {
      ...DEFAULT_INIT,
      minor,
      excludedInboundPorts: minor < 6 ? ['15020'] : ['15090', '15021', '15020'],
    };
    const read = readScenario({ version: 1, pods: [{ name: 'web', paste: initRules(given, 4) }] });
    if ('problems' in read) throw new Error('no scenario');
    const [pod] = podsOf(read.scenario);
    const told = pod && argumentsOf(pod);
    expect(told && initRules(told, 4)).toBe(initRules(given, 4));
  },
);
