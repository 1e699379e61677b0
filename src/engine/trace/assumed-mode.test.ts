import { expect, test } from 'vitest';
import { simulate } from './simulate.ts';

/** A line of the pod's log whose proxy connected to the application from `source`. */
function traceOf(source: string) {
  const paste = `[2024-05-02T10:11:12.131Z] "GET / HTTP/1.1" 200 - via_upstream - "-" 0 60 0 0 "-" "curl/8" "5d1c" "web:80" "10.9.8.7:80" inbound|80|| ${source} 10.9.8.7:80 10.9.8.6:50001 - default`;
  const pods = [{ name: 'web', role: null, addresses: [], paste }];
  return simulate({ version: 1, title: '', request: null, pods }).trace;
}

test('a log that shows the client’s address kept is of a pod under TPROXY: its rules are assumed', () => {
  const trace = traceOf('10.9.8.6:40001');
  expect(trace.hops.some(({ verdict, basis }) => verdict === 'tproxy to :15006' && basis === 'assumed')).toBe(
    true,
  );
  expect(trace.app).toMatchObject({ remoteAddress: '10.9.8.6', remotePort: 40001 });
  expect(trace.findings.map(({ code }) => code)).not.toContain('finding.log-source-differs');
});

test('one that shows another address is not', () => {
  const trace = traceOf('127.0.0.6:40001');
  expect(trace.hops.some(({ verdict }) => verdict?.startsWith('tproxy'))).toBe(false);
  expect(trace.app).toMatchObject({ remoteAddress: '127.0.0.6', remotePort: 40001 });
});
