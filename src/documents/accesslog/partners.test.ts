import { expect, test } from 'vitest';
import type { AccessLog } from './log.ts';
import { clientLinesOf, linePairs } from './partners.ts';
import { readLog } from './read.ts';
import { entryAt } from './log.ts';

function line(id: string, local: string, remote: string): string {
  return `[2024-05-01T08:00:00.123Z] "GET / HTTP/1.1" 200 - via_upstream - "-" 0 60 3 2 "-" "curl" "${id}" "shop" "10.1.2.3:80" c ${local} 10.1.2.3:80 ${remote} - default`;
}

function log(...lines: string[]): AccessLog {
  const text = lines.join('\n');
  return readLog({ name: 'test', text }, { from: 0, to: text.length }).log;
}

test.each([
  ['one connection, one request', 'a', 'a', '10.0.0.9:40000', 'address-and-request-id'],
  ['one connection without ids', '-', '-', '10.0.0.9:40000', 'address'],
  ['an address from x-forwarded-for', 'a', 'a', '203.0.113.7:0', 'request-id'],
])('%s', (_, asked, answered, peer, by) => {
  const client = log(line(asked, '10.0.0.9:40000', '10.0.0.9:1'));
  expect([...linePairs(client, log(line(answered, '127.0.0.6:5', peer)))]).toEqual([
    { client: 0, server: 0, by },
  ]);
});

test.each([
  ['another request on a connection that is kept alive', 'b', '10.0.0.9:40000'],
  ['the same request on another connection: a retry, or a gateway between', 'a', '10.0.0.9:40001'],
])('%s is no pair', (_, answered, peer) => {
  const client = log(line('a', '10.0.0.9:40000', '10.0.0.9:1'));
  expect([...linePairs(client, log(line(answered, '127.0.0.6:5', peer)))]).toEqual([]);
});

test('the client’s line is found from the server’s, among many', () => {
  const client = log(
    ...Array.from({ length: 50 }, (_, n) => line(`id-${n}`, `10.0.0.9:${40_000 + (n % 5)}`, '10.0.0.9:1')),
  );
  const server = entryAt(log(line('id-33', '127.0.0.6:5', '10.0.0.9:40003')), 0);
  expect(server && clientLinesOf(server, client).map(({ row }) => row)).toEqual([33]);
});
