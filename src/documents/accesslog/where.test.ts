import { expect, test } from 'vitest';
import { NO_FORMATS } from './given-format.ts';
import { createEntryStream } from './stream.ts';
import { conditionOf } from './where.ts';

const line = (code: number, client: string, id: string) =>
  `[2024-05-01T08:00:00.000Z] "GET /a HTTP/1.1" ${code} - via_upstream - "-" 0 5 3 2 "-" "curl/8" "${id}" "web:80" "10.1.0.7:8080" inbound|8080|| 127.0.0.6:41000 10.1.0.7:8080 ${client}:50000 - default`;
const json =
  '{"response_code":503,"upstream_host":"10.1.0.7:8080","downstream_remote_address":"[fd00::9]:50000","request_id":"d","upstream_cluster":"inbound|8080||"}';
const LOG = `${line(200, '10.2.0.1', 'a')}\n${line(503, '10.2.0.1', 'b')}\nnoise 503\n${line(500, '10.2.0.11', 'c')}\n${json}\n`;

function found(...conditions: readonly string[]): string[] {
  const asked = conditions.map((text) => conditionOf(text));
  const stream = createEntryStream(NO_FORMATS, (text) =>
    asked.every((each) => text.includes(each?.told ?? '')),
  );
  const entries = [...stream.push(LOG), ...stream.end()];
  return entries
    .filter((entry) => asked.every((each) => each?.holds(entry)))
    .map((entry) => entry.fields['requestId']?.text ?? '');
}

test.each([
  [['code=503'], ['b', 'd']],
  [['code=5xx'], ['b', 'c', 'd']],
  [['address=10.2.0.1'], ['a', 'b']],
  [['address=fd00::9'], ['d']],
  [['address=10.1.0.7', 'code=200'], ['a']],
  [['id=c'], ['c']],
  [['cluster=inbound|8080||'], ['a', 'b', 'c', 'd']],
  [['routeName=default'], ['a', 'b', 'c']],
  [['path=-'], ['d']],
])('%j finds %j', (conditions, ids) => {
  expect(found(...conditions)).toEqual(ids);
});

test('what is no condition', () => {
  expect([conditionOf('503'), conditionOf('=1'), conditionOf('code=')]).toEqual([null, null, null]);
});

test('an entry keeps its line; a line of very many characters is passed over', () => {
  const stream = createEntryStream(NO_FORMATS);
  const endless = Array.from({ length: 40 }, () => 'x'.repeat(100_000));
  const entries = [
    `${line(200, '10.2.0.1', 'a')}\n`,
    ...endless,
    `\n${line(200, '10.2.0.1', 'b')}\n`,
  ].flatMap(stream.push);
  expect(entries.map((entry) => entry.line)).toEqual([
    line(200, '10.2.0.1', 'a'),
    line(200, '10.2.0.1', 'b'),
  ]);
});
