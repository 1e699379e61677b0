// The PROXY protocol header: https://www.haproxy.org/download/3.1/doc/proxy-protocol.txt sections 2.1 and 2.2, and
// what Envoy's listener filter makes of it: source/extensions/filters/listener/proxy_protocol/proxy_protocol.cc.
import { expect, test } from 'vitest';
import { endpointText } from '../../../base/ip.ts';
import { readProxyHeader } from '../proxy-protocol.ts';

const SIGNATURE = '0d0a0d0a000d0a515549540a';

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function text(line: string): Uint8Array {
  return new TextEncoder().encode(line);
}

/** `source > destination`, `keep`, or why it is closed. */
function outcome(wire: Uint8Array, allowWithout = false, disallowed: readonly ('V1' | 'V2')[] = []): string {
  const header = readProxyHeader(wire, { allowWithout, disallowed });
  if (header.kind !== 'addresses') return header.kind === 'keep' ? 'keep' : header.code;
  const { source, destination } = header;
  return `${endpointText(source.address, source.port)} > ${endpointText(destination.address, destination.port)}`;
}

test.each([
  ['PROXY TCP4 192.0.2.1 10.0.0.1 40000 80\r\nGET /', '192.0.2.1:40000 > 10.0.0.1:80'],
  ['PROXY TCP6 2001:db8::1 fd00::1 40000 80\r\n', '[2001:db8::1]:40000 > [fd00::1]:80'],
  ['PROXY TCP4 192.0.2.1 10.0.0.1 40000 80 \r\n', '192.0.2.1:40000 > 10.0.0.1:80'],
  ['PROXY TCP4 192.0.2.1  10.0.0.1 40000 80\r\n', 'malformed'],
  ['PROXY TCP6 ::ffff:192.0.2.1 fd00::1 40000 80\r\n', '[::ffff:192.0.2.1]:40000 > [fd00::1]:80'],
  ['PROXY TCP6 192.0.2.1 10.0.0.1 40000 80\r\n', 'malformed'],
  ['PROXY TCP4 192.0.2.1 0.0.0.0 40000 80\r\n', 'malformed'],
  ['PROXY TCP4 255.255.255.255 10.0.0.1 40000 80\r\n', 'malformed'],
  ['PROXY TCP6 ff02::1 fd00::1 40000 80\r\n', 'malformed'],
  [`PROXY UNKNOWN ${' '.repeat(92)}\r\n`, 'keep'],
  [`PROXY UNKNOWN ${' '.repeat(93)}\r\n`, 'too-long'],
  ['PROXY UNKNOWN\r\n', 'keep'],
  ['PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n', 'keep'],
  ['PROXY TCP4 192.0.2.1 10.0.0.1 40000\r\n', 'malformed'],
  ['PROXY TCP4 2001:db8::1 fd00::1 40000 80\r\n', 'malformed'],
  ['PROXY TCP4 192.0.2.1 10.0.0.1 40000 65536\r\n', 'malformed'],
  ['PROXY TCP4 192.0.2.1 224.0.0.1 40000 80\r\n', 'malformed'],
  ['PROXY UDP4 192.0.2.1 10.0.0.1 40000 80\r\n', 'malformed'],
  [`PROXY TCP4 ${' '.repeat(120)}`, 'too-long'],
  ['PROXY TCP4 192.0.2.1', 'incomplete'],
  ['PROX', 'incomplete'],
  ['GET / HTTP/1.1\r\n', 'not-found'],
])('version 1: %j is %s', (line, want) => expect(outcome(text(line))).toBe(want));

test.each([
  ['21 11 000c c0000201 0a000001 9c40 0050', '192.0.2.1:40000 > 10.0.0.1:80'],
  [
    '21 21 0024 20010db8000000000000000000000001 fd000000000000000000000000000001 9c40 0050',
    '[2001:db8::1]:40000 > [fd00::1]:80',
  ],
  ['21 12 000c c0000201 0a000001 9c40 0050', '192.0.2.1:40000 > 10.0.0.1:80'],
  ['21 11 0010 c0000201 0a000001 9c40 0050 04000100', '192.0.2.1:40000 > 10.0.0.1:80'],
  ['21 11 0011 c0000201 0a000001 9c40 0050 0400020102', '192.0.2.1:40000 > 10.0.0.1:80'],
  ['21 11 000e c0000201 0a000001 9c40 0050 0400', 'malformed'],
  ['21 11 0010 c0000201 0a000001 9c40 0050 04000201', 'malformed'],
  ['20 11 0010 c0000201 0a000001 9c40 0050 04000201', 'keep'],
  ['20 00 0000', 'keep'],
  ['20 11 000c c0000201 0a000001 9c40 0050', 'keep'],
  ['21 11 000b c0000201 0a000001 9c40 00', 'malformed'],
  ['21 31 000c c0000201 0a000001 9c40 0050', 'malformed'],
  ['22 11 000c c0000201 0a000001 9c40 0050', 'malformed'],
  ['11 11 000c c0000201 0a000001 9c40 0050', 'malformed'],
  ['21 11 000c c0000201 0a0000', 'incomplete'],
])('version 2: %s is %s', (rest, want) => expect(outcome(bytes(SIGNATURE + rest))).toBe(want));

test('plain connections pass only where they are allowed', () => {
  expect(outcome(text('GET / HTTP/1.1\r\n'), true)).toBe('keep');
  expect(outcome(text('PROXY TCP4 x\r\n'), true)).toBe('malformed');
  expect(outcome(text('PROXY UNKNOWN\r\n'), false, ['V1'])).toBe('disallowed-version');
});
