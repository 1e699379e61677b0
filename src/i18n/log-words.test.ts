// Every operator, response flag and detail that the log's reader knows has a sentence in both languages.
import { expect, test } from 'vitest';
import { headOfField, meaningOfField } from '../documents/accesslog/column.ts';
import { isOperator, meaningOf, singleOperators } from '../documents/accesslog/operators.ts';
import {
  knownDetails,
  knownFlags,
  responseDetailCode,
  responseFlags,
} from '../documents/accesslog/response-flags.ts';
import { wordsOf } from './languages.ts';

const FAMILIES = [
  'UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT',
  'DOWNSTREAM_DIRECT_LOCAL_PORT',
  'UPSTREAM_WIRE_BYTES_SENT',
  'DOWNSTREAM_WIRE_BYTES_RECEIVED',
  'UPSTREAM_HEADER_BYTES_SENT',
  'DOWNSTREAM_HEADER_BYTES_RECEIVED',
  'UPSTREAM_DECOMPRESSED_HEADER_BYTES_SENT',
  'DOWNSTREAM_DECOMPRESSED_HEADER_BYTES_RECEIVED',
  'UPSTREAM_LOCAL_DNS_SAN',
  'DOWNSTREAM_PEER_OTHERNAME_SAN',
  'DOWNSTREAM_LOCAL_SUBJECT',
  'UPSTREAM_PEER_SUBJECT',
  'UPSTREAM_PEER_ISSUER',
  'DOWNSTREAM_PEER_SERIAL',
  'DOWNSTREAM_PEER_CERT',
  'UPSTREAM_PEER_CERT_V_START',
  'UPSTREAM_PEER_CERT_V_END',
  'DOWNSTREAM_PEER_FINGERPRINT_256',
  'DOWNSTREAM_PEER_CHAIN_FINGERPRINTS_1',
  'DOWNSTREAM_PEER_CHAIN_SERIALS',
  'UPSTREAM_TLS_SESSION_ID',
  'UPSTREAM_TLS_CIPHER',
  'DOWNSTREAM_TLS_VERSION',
];

test.each(['en', 'zh'] as const)('operators are told in %s', (locale) => {
  const { say, knows } = wordsOf(locale);
  for (const name of [...singleOperators(), ...FAMILIES]) {
    expect([name, isOperator(name)]).toEqual([name, true]);
    const meaning = meaningOf({ name, argument: 'x-user' });
    expect([name, knows(meaning.code), say(meaning).includes('{')]).toEqual([name, true, false]);
  }
  expect(knows(meaningOf({ name: 'NO_SUCH', argument: null }).code)).toBe(true);
});

test.each(['en', 'zh'] as const)('flags and details are told in %s', (locale) => {
  const { knows } = wordsOf(locale);
  const codes = [
    ...knownFlags()
      .flatMap((flag) => responseFlags(flag))
      .map(({ code }) => code),
    ...knownDetails(),
  ];
  expect(codes.length).toBeGreaterThan(55);
  expect([...codes, 'flag.unknown'].filter((code) => !knows(code))).toEqual([]);
});

test('flags stand in either form, several together', () => {
  expect(responseFlags('UF,URX').map(({ long }) => long)).toEqual([
    'UpstreamConnectionFailure',
    'UpstreamRetryLimitExceeded',
  ]);
  expect(responseFlags('NoHealthyUpstream').map(({ short, code }) => [short, code])).toEqual([
    ['UH', 'flag.uh'],
  ]);
  expect(responseFlags('-')).toEqual([]);
  expect(responseFlags('XX').map(({ code }) => code)).toEqual(['flag.unknown']);
});

test('details are told by what they begin with', () => {
  expect(responseDetailCode('rbac_access_denied_matched_policy[none]')).toBe('details.rbac');
  expect(responseDetailCode('upstream_reset_before_response_started{connection_termination}')).toBe(
    'details.reset-before-response',
  );
  expect(responseDetailCode('nobody_knows')).toBeNull();
});

test('a column is told by the operator that fills it', () => {
  expect(['startTime', 'xForwardedFor', 'team'].map(headOfField)).toEqual([
    '%START_TIME%',
    '%REQ(X-FORWARDED-FOR)%',
    'team',
  ]);
  expect(meaningOfField('upstreamLocalAddress').code).toBe('operator.upstream-local-address');
  expect(meaningOfField('userAgent')).toEqual({
    code: 'operator.request-header',
    parameters: { argument: 'USER-AGENT' },
  });
  expect(meaningOfField('dynamicMetadata(a:b)').code).toBe('operator.dynamic-metadata');
  expect(meaningOfField('downstreamPeerFingerprint256').code).toBe('operator.peer-fingerprint');
});
