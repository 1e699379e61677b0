// What sidecars report, as the article on outbound traffic scraped it from port 15020: bytes and connections for HTTPS
// that the application encrypts, requests for HTTP that the sidecar does.
import { expect, test } from 'vitest';
import { simulate } from '../engine/trace/simulate.ts';
import { sampleOf } from './samples.ts';
import { reportedBy } from '../graph/metrics.ts';
import { visitsOf } from '../graph/visits.ts';

function reported(id: string) {
  return visitsOf(simulate(sampleOf(id)!.scenario).trace).flatMap((visit) => reportedBy(visit) ?? []);
}

test('HTTPS of the application: TCP metrics alone', () => {
  const [source] = reported('service-entry-tcp');
  expect(source?.metrics).toContain('istio_tcp_connections_opened_total');
  expect(source?.metrics).not.toContain('istio_requests_total');
  expect(source?.labels).toEqual({
    reporter: 'source',
    request_protocol: 'tcp',
    destination_service: 'baidu.com',
  });
});

test('TLS origination: requests', () => {
  const [source] = reported('tls-origination');
  expect(source?.metrics).toContain('istio_request_duration_milliseconds');
  expect(source?.labels).toMatchObject({ reporter: 'source', request_protocol: 'http' });
});

test('both ends report a call inside the mesh', () => {
  expect(reported('httpbin-redirect').map(({ labels }) => labels['reporter'])).toEqual([
    'source',
    'destination',
  ]);
});

test('an address nobody describes is counted under its cluster; a wildcard names no service', () => {
  expect(reported('passthrough-outbound')[0]?.labels).toMatchObject({
    destination_service_name: 'PassthroughCluster',
  });
  expect(reported('wildcard-sni')[0]?.labels).not.toHaveProperty('destination_service');
});

test('proxies that are not Istio’s report none of them', () => {
  expect(reported('carry-xff')).toEqual([]);
  expect(reported('consul')).toEqual([]);
});
