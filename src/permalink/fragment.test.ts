import { deflateRawSync } from 'node:zlib';
import { base64urlnopad } from '@scure/base';
import CRC32 from 'crc-32';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { scenarioOfPaste, type Scenario } from '../engine/scenario.ts';
import { decodeFragment, encodeScenario, sampleFragment } from './fragment.ts';

const scenario: Scenario = {
  ...scenarioOfPaste('-A PREROUTING -p tcp -j ISTIO_INBOUND\n中文 “quotes” 😀\n'),
  title: 'who changed it?',
  expect: { remoteAddress: '127.0.0.6' },
};

test('any scenario survives the round trip', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (paste, title) => {
      const written = { ...scenarioOfPaste(paste), title };
      expect(decodeFragment(encodeScenario(written))).toEqual({ kind: 'scenario', scenario: written });
    }),
  );
});

test('only characters that chat programs leave alone', () => {
  expect(encodeScenario(scenario)).toMatch(/^#s1\.d\.[0-9a-f]{8}\.[A-Za-z0-9_-]+$/);
});

test('a link written on 2026-11-21 opens for ever', () => {
  const written =
    '#s1.d.06a53ab5.JYyxDgIhEER_ZbM1FLZ0llediVylF0NkTVAEZPdsLvfvglfOzHuz4pcqh5zQHBRKkEho8BEqC8SQXqiw0mchFjRpiVFhyZ7RXFZM7t3ZljuU_yJTbX8tO-8rMVNH5yY5lr7rI4yTPU0WdAG5F9BPGM52GG97fU24zdsP';
  expect(decodeFragment(written)).toEqual({
    kind: 'scenario',
    scenario: { ...scenarioOfPaste('-A OUTPUT -p tcp -j ISTIO_OUTPUT\n'), title: 'first link' },
  });
});

const link = `https://example.org/tool/${encodeScenario(scenario)}`;
test.each([
  ['a bracket behind it', `${link})`],
  ['a Chinese full stop', `${link}。`],
  ['a share parameter', `${link}&shareTo=weixin`],
  ['letters run together', `${link}abc`],
  ['an encoded #', link.replace('#', '%23')],
  ['a lost #', link.replace('#', '')],
])('survives %s', (_, damagedLink) =>
  expect(decodeFragment(damagedLink)).toEqual({ kind: 'scenario', scenario }),
);

test('a truncated link says so', () => {
  expect(decodeFragment(link.slice(0, -90))).toMatchObject({ kind: 'damaged', code: 'permalink.checksum' });
});

function handMade(text: string): string {
  const payload = base64urlnopad.encode(deflateRawSync(text));
  return `#s1.d.${(CRC32.str(payload) >>> 0).toString(16).padStart(8, '0')}.${payload}`;
}

test('content that is no scenario is named, never thrown', () => {
  expect(decodeFragment(handMade('{"version":2,"pods":[]}'))).toMatchObject({
    code: 'permalink.scenario',
    parameters: { path: 'version' },
  });
  expect(decodeFragment(handMade('no json'))).toMatchObject({ code: 'permalink.payload' });
  expect(decodeFragment(link.replace('s1.d.', 's1.z.'))).toMatchObject({ code: 'permalink.codec' });
  expect(decodeFragment(handMade(JSON.stringify('0'.repeat(40_000_000))))).toMatchObject({
    code: 'permalink.size',
  });
});

test('prototype names are only names', () => {
  const opened = decodeFragment(
    handMade('{"version":1,"__proto__":{"polluted":1},"pods":[{"name":"constructor"}]}'),
  );
  expect(opened.kind).toBe('scenario');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('samples have short links; anything else is none', () => {
  expect(decodeFragment(sampleFragment('bookinfo'))).toEqual({ kind: 'sample', id: 'bookinfo' });
  expect(decodeFragment('')).toEqual({ kind: 'none' });
  expect(decodeFragment('#about')).toEqual({ kind: 'none' });
});
