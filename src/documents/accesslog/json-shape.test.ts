// Lines of one shape are found and read as JSON.parse reads them, whatever their values are.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { textAt } from '../../base/source.ts';
import { entriesWith } from './find.ts';
import { readLog } from './read.ts';

const KEYS = [
  'authority',
  'upstream_cluster',
  'response_code',
  'request_id',
  'upstream_local_address',
  'own',
];

const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('-', '', 'a "quoted" word', 'back\\slash', 'line\nend', '10.0.0.1:80', '}', '{"a":1}'),
  fc.integer(),
  fc.constantFrom(null, true),
);

const log = fc.array(fc.tuple(...KEYS.map(() => value)), { minLength: 1, maxLength: 12 });

function lineOf(values: readonly unknown[]): string {
  return JSON.stringify(Object.fromEntries(KEYS.map((key, n) => [key, values[n]])));
}

function idOf(line: string): unknown {
  const { request_id: id } = JSON.parse(line);
  return id === null || id === '-' ? '' : String(id);
}

test('each line is found by the request id that JSON.parse reads in it', () => {
  fc.assert(
    fc.property(log, (rows) => {
      const lines = rows.map(lineOf);
      const source = { name: '', text: lines.join('\n') };
      const found = readLog(source, { from: 0, to: source.text.length }).log;
      expect(found.length).toBe(lines.length);
      for (const id of new Set(lines.map(idOf))) {
        const spans = entriesWith(found, 'requestId', String(id)).map(({ span }) => span);
        const texts = spans.map(({ from, to }) => source.text.slice(from, to));
        expect(texts).toEqual(lines.filter((line) => idOf(line) === id));
      }
    }),
  );
});

test.each([
  ['another order of keys', '{"own":1,"response_code":2,"upstream_cluster":"c","request_id":"x"}'],
  [
    'a nested object',
    '{"upstream_cluster":"c","response_code":200,"request_id":"x","own":{"request_id":"y"}}',
  ],
  ['blanks', '{"authority": "a", "upstream_cluster": "c", "response_code": 200, "request_id": "x"}'],
])('a line with %s among others is read too', (_, other) => {
  const plain = lineOf(['a', 'c', 200, 'x', '10.0.0.1:80', null]);
  const source = { name: '', text: [plain, plain, other, plain].join('\n') };
  const { log: found } = readLog(source, { from: 0, to: source.text.length });
  expect(entriesWith(found, 'requestId', 'x')).toHaveLength(4);
});

test('a proxy that leaves out what is empty prints a few keys more or less in each line: all are read', () => {
  const optional = ['authority', 'own', 'upstream_local_address', 'a', 'b', 'c', 'd', 'e'];
  const lines = Array.from({ length: 600 }, (_, n) => {
    const held = optional.filter((_key, bit) => (n >> bit) % 2 === 1).map((key) => [key, `${key} ${n}`]);
    const told = { request_id: `id-${n}`, response_code: 200 + (n % 2), upstream_cluster: 'c' };
    return JSON.stringify({ ...Object.fromEntries(held), ...told });
  });
  const source = { name: '', text: lines.join('\n') };
  const { log: found } = readLog(source, { from: 0, to: source.text.length });
  const texts = entriesWith(found, 'responseCode', '201').map(({ span }) => textAt(source, span));
  expect(texts).toEqual(lines.filter((_line, n) => n % 2 === 1));
  const own = (id: string) => entriesWith(found, 'requestId', id).map(({ fields }) => fields['own']?.text);
  expect([own('id-597'), own('id-598')]).toEqual([[undefined], ['own 598']]);
});
