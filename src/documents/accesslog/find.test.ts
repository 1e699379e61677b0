import { expect, test } from 'vitest';
import { fieldText } from './entry.ts';
import { entriesWith, lastEntry } from './find.ts';
import { readLog } from './read.ts';

function line(n: number, peer: string, code: number): string {
  return `[2024-05-01T08:00:00.123Z] "GET /${n} HTTP/1.1" ${code} - via_upstream - "-" 0 60 3 2 "-" "curl" "id-${n}" "shop" "10.1.2.3:80" inbound|80|| 127.0.0.6:${40_000 + n} 10.1.2.3:80 ${peer} - default`;
}

const PEERS = ['10.1.2.9:51000', '10.1.2.8:51000', '10.1.2.9:0', '[fd00::9]:51000'];
const TEXT = Array.from({ length: 400 }, (_, n) => line(n, PEERS[n % 4] ?? '', n % 7 === 0 ? 503 : 200)).join(
  '\n',
);
const { log } = readLog({ name: 'test', text: TEXT }, { from: 0, to: TEXT.length });

function paths(field: Parameters<typeof entriesWith>[1], text: string): (string | null)[] {
  return entriesWith(log, field, text).map((entry) => fieldText(entry, 'path'));
}

/** What reading every line and comparing gives. */
function expected(wanted: (n: number) => boolean): string[] {
  return Array.from({ length: 400 }, (_, n) => n)
    .filter(wanted)
    .map((n) => `/${n}`);
}

test('entries are found by code, request id, and address with or without its port', () => {
  expect(paths('responseCode', '503')).toEqual(expected((n) => n % 7 === 0));
  expect(paths('requestId', 'id-17')).toEqual(['/17']);
  expect(paths('downstreamRemoteAddress', '10.1.2.9')).toEqual(expected((n) => n % 4 === 0 || n % 4 === 2));
  expect(paths('downstreamRemoteAddress', '10.1.2.9:51000')).toEqual(
    paths('downstreamRemoteAddress', '10.1.2.9'),
  );
  expect(paths('downstreamRemoteAddress', 'fd00::9')).toEqual(expected((n) => n % 4 === 3));
  expect(paths('downstreamRemoteAddress', '10.1.2.7')).toEqual([]);
});

test('the last one that fits is found from the end, and stays the same object', () => {
  const last = lastEntry(log, (entry) => fieldText(entry, 'responseCode') === '503');
  expect(last && fieldText(last, 'path')).toBe('/399');
  expect(entriesWith(log, 'requestId', 'id-399')[0]).toBe(last);
});

test('in what a container runtime wrote into JSON strings the same is found, where it stands', () => {
  const plain = TEXT.split('\n').map((each, n) => each.replace('"curl"', `"a "quoted" agent\\${n}"`));
  const wrapped = plain.map((each) =>
    JSON.stringify({ log: `${each}\n`, stream: 'stdout', time: '2024-05-01T08:00:00Z' }),
  );
  const source = { name: 'test', text: wrapped.join('\n') };
  const { log: found } = readLog(source, { from: 0, to: source.text.length });
  const refused = entriesWith(found, 'responseCode', '503');
  expect(refused.map((entry) => fieldText(entry, 'path'))).toEqual(expected((n) => n % 7 === 0));
  expect(refused.map(({ fields }) => fields['userAgent']?.text)).toEqual(
    refused.map((_, n) => `a "quoted" agent\\${7 * n}`),
  );
  const ids = refused.map(({ fields }) => fields['requestId']?.span ?? { from: 0, to: 0 });
  expect(ids.map(({ from, to }) => source.text.slice(from, to))).toEqual(
    refused.map((_, n) => `id-${7 * n}`),
  );
});
