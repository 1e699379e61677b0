// A log whose %DOWNSTREAM_REMOTE_ADDRESS% has port 0 tells a client of X-Forwarded-For, never who connected.
import { expect, test } from 'vitest';
import { simulate } from './simulate.ts';
import type { Simulation } from './simulation.ts';
import { UNKNOWN_PEER } from './stand-ins.ts';

function line(remote: string, xff: string, id: string): string {
  return `[2026-11-20T10:00:00.000Z] "GET /a HTTP/1.1" 200 - via_upstream - "-" 0 12 3 2 "${xff}" "curl/8" "${id}" "shop.example" "10.8.0.7:8080" inbound|8080|| 127.0.0.6:41003 10.8.0.7:8080 ${remote} - default\n`;
}

function ask(paste: string): Simulation {
  const pods = [{ name: 'web', role: 'server' as const, addresses: [], paste }];
  return simulate({ version: 1, title: '', request: null, pods });
}

const FROM_HEADER = line('198.51.100.7:0', '198.51.100.7', 'id-2');

test('the packet begins at a stand-in, and the header’s client is told apart', () => {
  const { trace, request } = ask(FROM_HEADER);
  expect([trace.hops[0]?.before.src, request?.from]).toEqual([`${UNKNOWN_PEER[4].text}:*`, null]);
  expect(trace.app).toMatchObject({ remoteAddress: '127.0.0.6', xForwardedFor: '198.51.100.7' });
  const said = trace.findings.find(({ code }) => code === 'finding.peer-from-header');
  expect([said?.parameters['address'], said?.evidence[0]?.line]).toEqual(['198.51.100.7', 1]);
});

test('the line still tells the rest: its cluster and its port are observed', () => {
  const { trace } = ask(FROM_HEADER);
  expect(trace.hops.filter(({ basis }) => basis === 'observed').map(({ cluster }) => cluster)).toContain(
    'inbound|8080||',
  );
  expect(trace.app.remotePort).toBe(41003);
});

test('another line for the same cluster shows who connects, and is quoted', () => {
  const { trace, request } = ask(line('10.8.1.1:51000', '-', 'id-1') + FROM_HEADER);
  expect(request?.from).toBe(null);
  const said = trace.findings.find(({ code }) => code === 'finding.peer-in-other-line');
  expect([said?.parameters['peer'], said?.evidence.map((each) => each.line)]).toEqual(['10.8.1.1', [2, 1]]);
});

test('%DOWNSTREAM_DIRECT_REMOTE_ADDRESS% tells it', () => {
  const entry = {
    method: 'GET',
    path: '/',
    protocol: 'HTTP/1.1',
    response_code: 200,
    upstream_cluster: 'inbound|8080||',
    upstream_host: '10.8.0.7:8080',
    upstream_local_address: '127.0.0.6:41003',
    downstream_local_address: '10.8.0.7:8080',
    downstream_remote_address: '198.51.100.7:0',
    downstream_direct_remote_address: '10.8.1.1:51000',
    x_forwarded_for: '198.51.100.7',
    request_id: 'id-3',
  };
  const { trace } = ask(`${JSON.stringify(entry)}\n`);
  expect(trace.hops[0]?.before.src).toBe('10.8.1.1:51000');
  expect(trace.findings.map(({ code }) => code)).not.toContain('finding.peer-from-header');
});
