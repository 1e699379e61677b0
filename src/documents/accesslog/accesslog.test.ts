import { expect, test } from 'vitest';
import { readJson } from '../../base/json.ts';
import { fieldText, type AccessLogEntry } from './entry.ts';
import { isJsonEntry, jsonEntry } from './json.ts';
import { parseTextEntry } from './text.ts';

function read(text: string): AccessLogEntry | null {
  return parseTextEntry({ name: 'test', text }, { from: 0, to: text.length });
}

const HEAD = '[2024-05-01T08:00:00.123Z] "GET /v1/items?q=a HTTP/1.1" 200 -';
const MIDDLE = '0 60 3 2 "203.0.113.9" "curl/8.5.0" "0b6e-1f" "shop:8080" "10.1.2.3:8080"';
const TAIL =
  'inbound|8080|| 127.0.0.6:40001 10.1.2.3:8080 10.1.2.9:51000 outbound_.8080_._.shop.default.svc.cluster.local';

test.each([
  ['1.9 and newer', `${HEAD} via_upstream - "-" ${MIDDLE} ${TAIL} default`],
  ['1.8', `${HEAD} "-" ${MIDDLE} ${TAIL} default`],
  ['1.3 to 1.7', `${HEAD} "-" "-" ${MIDDLE} ${TAIL} default`],
  ['1.2', `${HEAD} "-" "-" ${MIDDLE} ${TAIL}`],
  ['1.1', `${HEAD} "-" ${MIDDLE} ${TAIL}`],
])('the text format of Istio %s', (_, line) => {
  const entry = read(line)!;
  expect(fieldText(entry, 'method')).toBe('GET');
  expect(fieldText(entry, 'path')).toBe('/v1/items?q=a');
  expect(fieldText(entry, 'bytesSent')).toBe('60');
  expect(fieldText(entry, 'xForwardedFor')).toBe('203.0.113.9');
  expect(fieldText(entry, 'upstreamHost')).toBe('10.1.2.3:8080');
  expect(fieldText(entry, 'upstreamCluster')).toBe('inbound|8080||');
  expect(fieldText(entry, 'upstreamLocalAddress')).toBe('127.0.0.6:40001');
  expect(fieldText(entry, 'downstreamRemoteAddress')).toBe('10.1.2.9:51000');
  expect(fieldText(entry, 'routeName')).toBe(line.endsWith('default') ? 'default' : null);
});

test('every value knows its place', () => {
  const line = `${HEAD} via_upstream - "-" ${MIDDLE} ${TAIL} default`;
  const values = Object.values(read(line)!.fields).filter(({ text }) => text !== null);
  expect(values.map(({ span }) => line.slice(span.from, span.to))).toEqual(values.map(({ text }) => text));
});

test("Envoy's own default has no addresses but the upstream host", () => {
  const entry = read(`${HEAD} ${MIDDLE}`)!;
  expect(fieldText(entry, 'upstreamHost')).toBe('10.1.2.3:8080');
  expect(fieldText(entry, 'downstreamRemoteAddress')).toBeNull();
});

test('termination details may hold blanks; the addresses stay where they are', () => {
  const entry = read(`${HEAD} - rbac access denied by policy "-" ${MIDDLE} ${TAIL} -`)!;
  expect(fieldText(entry, 'connectionTerminationDetails')).toBe('rbac access denied by policy');
  expect(fieldText(entry, 'downstreamLocalAddress')).toBe('10.1.2.3:8080');
});

test('a TCP line has no request; a prefix of kubectl or stern is passed over', () => {
  const tcp =
    '[2024-05-01T08:00:00.123Z] "- - -" 0 - - - "-" 12 34 5 - "-" "-" "-" "-" "10.1.2.3:3306" inbound|3306|| 127.0.0.6:40001 10.1.2.3:3306 10.1.2.9:51000 - -';
  const entry = read(`shop-7d9c-x2 istio-proxy 2024-05-01T08:00:00.456Z ${tcp}`)!;
  expect(fieldText(entry, 'method')).toBeNull();
  expect(fieldText(entry, 'bytesReceived')).toBe('12');
  expect(fieldText(entry, 'upstreamLocalAddress')).toBe('127.0.0.6:40001');
});

test.each(['', '[2024-05-01T08:00:00.123Z] "GET / HTTP/1.1" 200', 'no log at all', '[warning] "x" 1 2 3'])(
  '%j is no entry',
  (line) => expect(read(line)).toBeNull(),
);

function json(text: string) {
  return readJson({ name: 'test', text }, { from: 0, to: text.length }).value;
}

test('JSON in any order and typing', () => {
  const node = json(
    '{"upstream_local_address":"127.0.0.6:40001","response_code":200,"x_forwarded_for":null,"route_name":"-","downstream_remote_address":"10.1.2.9:51000"}',
  );
  expect(isJsonEntry(node)).toBe(true);
  const entry = jsonEntry(node);
  expect(fieldText(entry, 'responseCode')).toBe('200');
  expect(fieldText(entry, 'routeName')).toBeNull();
  expect(fieldText(entry, 'downstreamRemoteAddress')).toBe('10.1.2.9:51000');
});

test.each([
  '{"name":"inbound|80||","type":"ORIGINAL_DST"}',
  '[]',
  '{"method":"GET","path":"/","protocol":"HTTP/1.1"}',
])('%s is no log line', (text) => {
  expect(isJsonEntry(json(text))).toBe(false);
});
