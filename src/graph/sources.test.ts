import { expect, it } from 'vitest';
import { hostOf } from './sources.ts';

it.each([
  ['10.0.0.1:80', '10.0.0.1'],
  ['10.0.0.1:*', '10.0.0.1'],
  ['10.0.0.1', '10.0.0.1'],
  ['[fd00::1]:80', 'fd00::1'],
  ['[::6]:*', '::6'],
  ['[::6]', '::6'],
  ['::6', '::6'],
  ['fd00:10:244:1::5', 'fd00:10:244:1::5'],
])('the address of %s is %s', (endpoint, host) => {
  expect(hostOf(endpoint)).toBe(host);
});
