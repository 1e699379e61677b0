import * as fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { expect, test } from 'vitest';
import { address, contains, endpointText, parseAddress, parseEndpoint, parsePrefix } from './ip.ts';

const v4 = fc.ipV4();
const v6 = fc.ipV6();

test('reads and prints every address as a browser does', () => {
  fc.assert(
    fc.property(v4, (text) => {
      expect(parseAddress(text)?.text).toBe(text);
    }),
  );
  fc.assert(
    fc.property(v6, (text) => {
      expect(`[${parseAddress(text)?.text}]`).toBe(new URL(`http://[${text}]`).hostname);
    }),
  );
});

test.each([
  '10.1',
  '010.0.0.1',
  '0x7f.1',
  '1.2.3.256',
  '1.2.3.4.5',
  '::1.2.3.256',
  '',
  'localhost',
  'fe80::1%eth0',
  '10.0.0.1 ',
])('refuses %j', (text) => expect(parseAddress(text)).toBeNull());

test('an address that ends in a dotted quad is not a mapped one', () => {
  expect(parseAddress('::127.0.0.53')?.words).toEqual([0, 0, 0, 0x7f000035]);
  expect(parseAddress('::ffff:127.0.0.53')?.words).toEqual([0, 0, 0xffff, 0x7f000035]);
});

test('a prefix contains what ipaddr.js says it contains', () => {
  fc.assert(
    fc.property(v4, v4, fc.integer({ min: 0, max: 32 }), (net, host, bits) => {
      const want = ipaddr.IPv4.parse(host).match(ipaddr.IPv4.parse(net), bits);
      expect(contains(parsePrefix(`${net}/${bits}`)!, address(host))).toBe(want);
    }),
  );
  fc.assert(
    fc.property(v6, v6, fc.integer({ min: 0, max: 128 }), (net, host, bits) => {
      const want = ipaddr.IPv6.parse(host).match(ipaddr.IPv6.parse(net), bits);
      expect(contains(parsePrefix(`${net}/${bits}`)!, address(host))).toBe(want);
    }),
  );
});

test('a mask may be dotted, and may have holes', () => {
  expect(parsePrefix('10.0.0.0/255.0.0.0')?.length).toBe(8);
  const holes = parsePrefix('10.0.3.0/255.0.255.0')!;
  expect(holes.length).toBeNull();
  expect(contains(holes, address('10.9.3.77'))).toBe(true);
  expect(contains(holes, address('10.9.4.77'))).toBe(false);
});

test('families never mix', () => {
  expect(contains(parsePrefix('0.0.0.0/0')!, address('::1'))).toBe(false);
  expect(contains(parsePrefix('::/0')!, address('127.0.0.1'))).toBe(false);
});

test('endpoints print and read back', () => {
  fc.assert(
    fc.property(fc.oneof(v4, v6), fc.option(fc.integer({ min: 0, max: 65535 })), (text, port) => {
      const printed = endpointText(address(text), port);
      const read = parseEndpoint(printed)!;
      expect(endpointText(read.address, read.port)).toBe(printed);
    }),
  );
  expect(parseEndpoint('10.0.0.1:70000')).toBeNull();
  expect(parseEndpoint('fd00::1')?.port).toBeNull();
});
