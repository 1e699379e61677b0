// Lines as meshes print them, and the fields they hold: formats by their documentation, samples written here.
import { describe, expect, test } from 'vitest';
import type { AccessLogEntry } from './entry.ts';
import { fieldText } from './entry.ts';
import { givenFormat, NO_FORMATS, type GivenFormats } from './given-format.ts';
import { entriesOf } from './log.ts';
import { readLog } from './read.ts';
import { createEntryStream } from './stream.ts';

function entries(text: string, given: GivenFormats = NO_FORMATS): AccessLogEntry[] {
  return [...entriesOf(readLog({ name: 'test', text }, { from: 0, to: text.length }, given).log)];
}

/** The fields of a line, those that are not there left out. */
function told(text: string, given: GivenFormats = NO_FORMATS): Record<string, string> {
  const [entry] = entries(text, given);
  return Object.fromEntries(
    Object.entries(entry?.fields ?? {}).flatMap(([field, value]) =>
      value.text === null ? [] : [[field, value.text]],
    ),
  );
}

const HEAD = '[2024-05-01T08:00:00.123Z] "GET /v1/items?q=a HTTP/1.1" 200 -';
const MIDDLE = '0 60 3 2 "203.0.113.9" "curl/8.5.0" "0b6e-1f" "shop:8080" "10.1.2.3:8080"';
const TAIL =
  'inbound|8080|| 127.0.0.6:40001 10.1.2.3:8080 10.1.2.9:51000 outbound_.8080_._.shop.default.svc.cluster.local';
const LINE = `${HEAD} via_upstream - "-" ${MIDDLE} ${TAIL} default`;

describe('Istio’s text format', () => {
  test.each([
    ['1.9 and newer', LINE],
    ['1.8', `${HEAD} "-" ${MIDDLE} ${TAIL} default`],
    ['1.3 to 1.7', `${HEAD} "-" "-" ${MIDDLE} ${TAIL} default`],
    ['1.2', `${HEAD} "-" "-" ${MIDDLE} ${TAIL}`],
    ['1.1', `${HEAD} "-" ${MIDDLE} ${TAIL}`],
    ['1.1 before the mixer column', `${HEAD} ${MIDDLE} ${TAIL}`],
  ])('of %s', (_, line) => {
    expect(told(line)).toMatchObject({
      method: 'GET',
      path: '/v1/items?q=a',
      bytesSent: '60',
      xForwardedFor: '203.0.113.9',
      upstreamHost: '10.1.2.3:8080',
      upstreamCluster: 'inbound|8080||',
      upstreamLocalAddress: '127.0.0.6:40001',
      downstreamRemoteAddress: '10.1.2.9:51000',
      ...(line.endsWith('default') ? { routeName: 'default' } : {}),
    });
  });

  test('every value knows its place', () => {
    const [entry] = entries(LINE);
    const values = Object.values(entry?.fields ?? {}).filter(({ text }) => text !== null);
    expect(values.length).toBeGreaterThan(15);
    expect(values.map(({ span }) => LINE.slice(span.from, span.to))).toEqual(values.map(({ text }) => text));
  });

  test('free text may hold blanks and quotes; the addresses stay where they are', () => {
    const line = LINE.replace('/v1/items?q=a', '/a b "q"')
      .replace('via_upstream - "-"', '- rbac access denied by policy "-"')
      .replace('curl/8.5.0', 'Mozilla "x" y');
    expect(told(line)).toMatchObject({
      path: '/a b "q"',
      connectionTerminationDetails: 'rbac access denied by policy',
      userAgent: 'Mozilla "x" y',
      downstreamLocalAddress: '10.1.2.3:8080',
    });
  });

  test('addresses that are blotted out keep their columns', () => {
    expect(told(LINE.replaceAll('10.1.2.', 'x.x.x.'))).toMatchObject({
      upstreamCluster: 'inbound|8080||',
      downstreamLocalAddress: 'x.x.x.3:8080',
    });
    expect(told(LINE.replace('inbound|8080||', 'outbound|<your port>||db.svc'))).toMatchObject({
      upstreamCluster: 'outbound|<your port>||db.svc',
      upstreamLocalAddress: '127.0.0.6:40001',
    });
  });

  test('IPv6, a waypoint’s internal addresses, a TCP line', () => {
    expect(told(LINE.replace('127.0.0.6:40001', '[::6]:40001'))).toMatchObject({
      upstreamLocalAddress: '[::6]:40001',
    });
    expect(told(LINE.replace('127.0.0.6:40001', 'envoy://internal_client_address/'))).toMatchObject({
      upstreamLocalAddress: 'envoy://internal_client_address/',
      downstreamLocalAddress: '10.1.2.3:8080',
    });
    const tcp =
      '[2024-05-01T08:00:00.123Z] "- - -" 0 UF - - "delayed connect error: 111" 12 34 5 - "-" "-" "-" "-" "10.1.2.3:3306" inbound|3306|| - 10.1.2.3:3306 10.1.2.9:51000 - -';
    expect(told(tcp)).not.toHaveProperty('method');
    expect(told(tcp)).toMatchObject({
      bytesReceived: '12',
      upstreamTransportFailureReason: 'delayed connect error: 111',
    });
  });

  test('a line that is cut off tells what is left of it', () => {
    expect(told(LINE.slice(0, LINE.indexOf('10.1.2.9')))).toMatchObject({
      upstreamLocalAddress: '127.0.0.6:40001',
    });
  });
});

test.each([
  ['kubectl --timestamps', '2024-05-01T08:00:00.456789Z '],
  ['kubectl --prefix', '[pod/shop-7d9c-x2/istio-proxy] '],
  ['CRI', '2024-05-01T08:00:00.456789Z stdout F '],
  ['stern', 'shop-7d9c-x2 istio-proxy '],
  ['journald', 'May 01 08:00:00 node-1 envoy[123]: '],
  ['docker compose', 'proxy_1  | '],
  ['Emissary', 'ACCESS '],
])('the prefix of %s is passed over, before text and JSON', (_, prefix) => {
  const json =
    '{"upstream_cluster":"inbound|8080||","response_code":200,"downstream_remote_address":"10.1.2.9:1"}';
  expect(told(prefix + LINE)).toMatchObject({ method: 'GET', routeName: 'default' });
  expect(told(prefix + json)).toMatchObject({ upstreamCluster: 'inbound|8080||', responseCode: '200' });
});

test('Docker’s json-file: values are found inside the string', () => {
  const wrapped = JSON.stringify({ log: `${LINE}\n`, stream: 'stdout', time: '2024-05-01T08:00:00.4Z' });
  const [entry] = entries(wrapped);
  const { from = 0, to = 0 } = entry?.fields['userAgent']?.span ?? {};
  expect(wrapped.slice(from, to)).toBe('curl/8.5.0');
  const json = JSON.stringify({
    log: '{"response_code":200,"upstream_host":"10.1.2.3:80","method":"GET"}\n',
  });
  expect(told(json)).toMatchObject({ responseCode: '200', upstreamHost: '10.1.2.3:80' });
});

describe('other defaults', () => {
  test('Envoy’s own has no addresses but the upstream host', () => {
    expect(told(`${HEAD} ${MIDDLE}`)).toMatchObject({
      upstreamHost: '10.1.2.3:8080',
      userAgent: 'curl/8.5.0',
    });
    expect(told(`${HEAD} ${MIDDLE}`)).not.toHaveProperty('downstreamRemoteAddress');
  });

  test('Kuma’s, for HTTP and for TCP', () => {
    const http =
      '[2024-05-01T08:00:00.123Z] default "GET /api HTTP/1.1" 200 - 0 60 3 2 "-" "curl" "id" "host" "web" "backend" "10.0.0.9" "10.0.0.1:80"';
    expect(told(http)).toMatchObject({
      kumaMesh: 'default',
      kumaSourceService: 'web',
      upstreamHost: '10.0.0.1:80',
    });
    const tcp =
      '[2024-05-01T08:00:00.123Z] - default 10.0.0.9(web)->10.0.0.1:80(backend) took 3ms, sent 10 bytes, received: 20 bytes';
    expect(told(tcp)).toMatchObject({
      kumaSourceAddressWithoutPort: '10.0.0.9',
      bytesReceived: '20',
      duration: '3',
    });
  });

  test('columns of no known format: what all begin with is told, the rest is not', () => {
    const line = `${HEAD} "-" "curl/8.1.2" 0 123 45 44 "192.168.1.10" "a" "b" "10.0.0.15:8080" "envoy-router" - default`;
    expect(told(line)).toEqual({
      startTime: '2024-05-01T08:00:00.123Z',
      method: 'GET',
      path: '/v1/items?q=a',
      protocol: 'HTTP/1.1',
      responseCode: '200',
      bytesReceived: '0',
      bytesSent: '123',
      duration: '45',
      upstreamServiceTime: '44',
    });
  });
});

test.each(['', '[2024-05-01T08:00:00.123Z] "GET / HTTP/1.1" 200', 'no log at all', '[warning] "x" 1 2 3'])(
  '%j is no entry',
  (line) => expect(entries(line)).toEqual([]),
);

describe('JSON', () => {
  test('in any order and typing, in the spelling of any mesh', () => {
    const line =
      '{"x-envoy-origin-path":"/get",":authority":"a.example","user-agent":"curl","authority_for":"-","upstreamLocalAddress":"127.0.0.6:40001","response_code":200,"x_forwarded_for":null,"downstream_remote_address":"10.1.2.9:51000","team":"blue"}';
    expect(told(line)).toEqual({
      path: '/get',
      authority: 'a.example',
      userAgent: 'curl',
      upstreamLocalAddress: '127.0.0.6:40001',
      responseCode: '200',
      downstreamRemoteAddress: '10.1.2.9:51000',
      team: 'blue',
    });
  });

  test.each([
    '{"name":"inbound|80||","type":"ORIGINAL_DST"}',
    '[]',
    '{"method":"GET","path":"/","protocol":"HTTP/1.1"}',
  ])('%s is no log line', (line) => expect(entries(line)).toEqual([]));
});

describe('a format that is given', () => {
  test('any operator, with arguments, alternatives, lengths and literals', () => {
    const given = givenFormat(
      '%START_TIME(%s.%3f)% 100%% %REQ(X-USER?:AUTHORITY):8% %DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT% -> %UPSTREAM_CLUSTER_RAW% %RESPONSE_CODE%/%RESPONSE_FLAGS_LONG% %DYNAMIC_METADATA(a.b:c)% %CEL(request.headers["x"].contains("a"))% %COMMON_DURATION(DS_RX_BEG:US_CX_END:ms)%\\n',
    );
    const line =
      '[pod/a-b/istio-proxy] 1714550400.123 100% alice 10.0.0.9 -> inbound|80|| 503/NoHealthyUpstream - true -4';
    expect(told(line, given)).toEqual({
      startTime: '1714550400.123',
      xUser: 'alice',
      downstreamRemoteAddressWithoutPort: '10.0.0.9',
      upstreamClusterRaw: 'inbound|80||',
      responseCode: '503',
      responseFlagsLong: 'NoHealthyUpstream',
      'cel(request.headers["x"].contains("a"))': 'true',
      'commonDuration(DS_RX_BEG:US_CX_END:ms)': '-4',
    });
    const [entry] = entries(line, given);
    expect(entry && fieldText(entry, 'upstreamCluster')).toBe('inbound|80||');
    expect(entry && fieldText(entry, 'downstreamRemoteAddress')).toBe('10.0.0.9');
  });

  test('a json_format with keys of one’s own, nested, several operators in one value', () => {
    const given = givenFormat(
      '{"who":"%DOWNSTREAM_REMOTE_ADDRESS%","req":{"line":"%REQ(:METHOD)% %PROTOCOL%"},"c":"%RESPONSE_CODE%"}',
    );
    expect(told('{"c":200,"who":"10.0.0.9:1","req":{"line":"GET HTTP/2"}}', given)).toEqual({
      responseCode: '200',
      downstreamRemoteAddress: '10.0.0.9:1',
      method: 'GET',
      protocol: 'HTTP/2',
    });
  });

  test('text without operators is no format', () => {
    expect(givenFormat('a log')).toBe(NO_FORMATS);
  });
});

test('in pieces of any size: the same entries, JSON over many lines too', () => {
  const pretty =
    '{\n  "start_time": "2022-12-17T09:30:41.888Z", // when\n  "response_code": 200,\n  "upstream_host": "10.0.0.1:80"\n}';
  const text = `${LINE}\nnoise\n${pretty}\n${LINE}`;
  for (const size of [1, 7, 100, 10_000]) {
    const stream = createEntryStream(NO_FORMATS);
    const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, n) =>
      text.slice(n * size, (n + 1) * size),
    );
    const found = [...pieces.flatMap(stream.push), ...stream.end()];
    expect(found.map((entry) => fieldText(entry, 'upstreamHost'))).toEqual([
      '10.1.2.3:8080',
      '10.0.0.1:80',
      '10.1.2.3:8080',
    ]);
  }
});
