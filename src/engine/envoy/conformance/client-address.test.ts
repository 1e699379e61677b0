// Whom the proxy takes for the client, and what it writes into x-forwarded-for:
// https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-for,
// source/common/http/conn_manager_utility.cc, source/extensions/http/original_ip_detection.
import { expect, test } from 'vitest';
import { parseAddress } from '../../../base/ip.ts';
import { readNetworkFilter } from '../../../documents/envoy/network-filter.ts';
import { clientAddress } from '../client-address.ts';
import { pasted } from './notation.ts';

const HCM =
  'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';
const XFF = 'type.googleapis.com/envoy.extensions.http.original_ip_detection.xff.v3.XffConfig';
const HEADER =
  'type.googleapis.com/envoy.extensions.http.original_ip_detection.custom_header.v3.CustomHeaderConfig';

/** `address | x-forwarded-for sent on`, for a manager with these settings. */
function seen(settings: object, peer: string, headers: Record<string, string> = {}): string {
  const filter = readNetworkFilter(pasted({ name: 'http', typed_config: { '@type': HCM, ...settings } }));
  if (filter.kind !== 'http-connection-manager') throw new Error('not a connection manager');
  const result = clientAddress(filter.clientAddress, {
    peer: parseAddress(peer) ?? peer,
    peerPort: 1,
    nodeAddress: '10.9.9.9',
    header: (name) => (headers[name] === undefined ? null : [headers[name]]),
  });
  if (result.rejectedWith !== null) return `rejected ${result.rejectedWith}`;
  return `${result.client.address} | ${result.xForwardedFor ?? '-'}`;
}

function xff(settings: object): object {
  return { original_ip_detection_extensions: [{ name: 'xff', typed_config: { '@type': XFF, ...settings } }] };
}

function custom(settings: object): object {
  return {
    original_ip_detection_extensions: [{ name: 'h', typed_config: { '@type': HEADER, ...settings } }],
  };
}

const EDGE = { use_remote_address: true };
const TRUSTED = { xff_trusted_cidrs: { cidrs: [{ address_prefix: '10.0.0.0', prefix_len: 8 }] } };

test.each<[string, object, string, string | null, string]>([
  ['an edge believes the connection', EDGE, '192.0.2.1', '1.1.1.1', '192.0.2.1 | 1.1.1.1,192.0.2.1'],
  [
    'one trusted hop',
    { ...EDGE, xff_num_trusted_hops: 1 },
    '192.0.2.1',
    '1.1.1.1, 2.2.2.2',
    '2.2.2.2 | 1.1.1.1, 2.2.2.2,192.0.2.1',
  ],
  [
    'more hops than entries',
    { ...EDGE, xff_num_trusted_hops: 3 },
    '192.0.2.1',
    '1.1.1.1',
    '192.0.2.1 | 1.1.1.1,192.0.2.1',
  ],
  [
    'an edge that does not append',
    { ...EDGE, skip_xff_append: true },
    '192.0.2.1',
    '1.1.1.1',
    '192.0.2.1 | 1.1.1.1',
  ],
  ['loopback is written as the node', EDGE, '127.0.0.1', null, '127.0.0.1 | 10.9.9.9'],
  ['so is ::1', EDGE, '::1', null, '::1 | 10.9.9.9'],
  ['127.0.0.6 is written as it is', EDGE, '127.0.0.6', null, '127.0.0.6 | 127.0.0.6'],
  ['inside, the last entry', {}, '192.0.2.1', '1.1.1.1, 2.2.2.2', '2.2.2.2 | 1.1.1.1, 2.2.2.2'],
  [
    'inside, hops further',
    { xff_num_trusted_hops: 1 },
    '192.0.2.1',
    '1.1.1.1, 2.2.2.2',
    '1.1.1.1 | 1.1.1.1, 2.2.2.2',
  ],
  ['an entry with a port is none', {}, '192.0.2.1', '1.1.1.1:80', '192.0.2.1 | 1.1.1.1:80'],
  ['nor does the entry before it count', {}, '192.0.2.1', '1.1.1.1,', '192.0.2.1 | 1.1.1.1,'],
  ['no header at all', {}, '192.0.2.1', null, '192.0.2.1 | -'],
  ['a unix socket', EDGE, '/run/x.sock', '1.1.1.1', '/run/x.sock | 1.1.1.1'],
  [
    'the extension may append',
    xff({ skip_xff_append: false }),
    '192.0.2.1',
    '1.1.1.1',
    '1.1.1.1 | 1.1.1.1,192.0.2.1',
  ],
  [
    'the first untrusted from the right',
    xff(TRUSTED),
    '10.0.0.1',
    '1.1.1.1, 2.2.2.2, 10.0.0.2',
    '2.2.2.2 | 1.1.1.1, 2.2.2.2, 10.0.0.2',
  ],
  [
    'all trusted: the leftmost',
    xff(TRUSTED),
    '10.0.0.1',
    '10.0.0.4,10.0.0.3',
    '10.0.0.4 | 10.0.0.4,10.0.0.3',
  ],
  [
    'an untrusted peer is believed itself',
    xff(TRUSTED),
    '192.0.2.1',
    '1.1.1.1',
    '192.0.2.1 | 1.1.1.1,192.0.2.1',
  ],
])('%s', (_, settings, peer, header, want) =>
  expect(seen(settings, peer, header === null ? {} : { 'x-forwarded-for': header })).toBe(want),
);

test("a header of one's own, or a refusal", () => {
  const settings = { header_name: 'X-Real-IP', reject_with_status: { code: 403 } };
  expect(seen(custom(settings), '192.0.2.1', { 'x-real-ip': 'fd00::1' })).toMatch(/^fd00::1 /);
  expect(seen(custom(settings), '192.0.2.1', { 'x-real-ip': 'nonsense' })).toBe('rejected 403');
  expect(seen(custom({ header_name: 'x-real-ip' }), '192.0.2.1')).toMatch(/^192\.0\.2\.1 /);
});
