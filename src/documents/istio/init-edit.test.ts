// Arguments edited in place: what was changed reads as asked, everything else as before, in each notation.
import { describe, expect, test } from 'vitest';
import { parseDocuments } from '../parse.ts';
import { initFlagOf, withInitFlag } from './init-edit.ts';

const SHELL = `istio-iptables -p 15001 -z 15006 -u 1337 -m REDIRECT -i '*' -x "" -b '*' -d 15090,15020`;
const LIST = `    - istio-iptables
    - -p
    - "15001"
    - -u
    - "1337"
    - -m
    - REDIRECT
    - -b
    - '*'
    - -d
    - 15090,15020
`;
const JSON_LIST = `"args": ["istio-iptables", "-p", "15001", "-u", "1337", "-m", "REDIRECT", "-b", "*", "-d", "15020"]`;
const LONG = 'pilot-agent istio-iptables --envoy-port=15001 --proxy-uid=1337 --istio-inbound-ports=*';

function read(text: string) {
  const [found] = parseDocuments({ name: 'pod', text }).flatMap(({ content }) =>
    content.kind === 'istio-init' ? [content.asked] : [],
  );
  if (!found) throw new Error(`not read: ${text}`);
  return found;
}

describe.each([SHELL, LIST, JSON_LIST, LONG])('%s', (text) => {
  const before = read(text);
  test('the mode', () => {
    expect(read(withInitFlag(text, '-m', 'TPROXY'))).toEqual({ ...before, mode: 'TPROXY' });
  });
  test('a list of ports', () => {
    const ports = ['15020', '8080'];
    expect(read(withInitFlag(text, '-d', ports.join(',')))).toEqual({
      ...before,
      excludedInboundPorts: ports,
    });
  });
  test('nothing, and all', () => {
    const none = withInitFlag(text, '-b', '');
    expect(read(none)).toEqual({ ...before, inboundPorts: [] });
    expect(read(withInitFlag(none, '-b', '*'))).toEqual({ ...before, inboundPorts: ['*'] });
  });
  test('what a flag says, by its short name', () => {
    expect(initFlagOf(text, '-u')).toBe('1337');
    expect(initFlagOf(text, '-k')).toBeNull();
    expect(initFlagOf(withInitFlag(text, '-d', '15020,8080'), '-d')).toBe('15020,8080');
  });
  test('a flag that was not there', () => {
    expect(read(withInitFlag(text, '-o', '5432'))).toEqual({ ...before, excludedOutboundPorts: ['5432'] });
  });
});

test('what is not asked for stays as it was written', () => {
  expect(withInitFlag(SHELL, '-m', 'TPROXY')).toBe(SHELL.replace('REDIRECT', 'TPROXY'));
  expect(withInitFlag(LIST, '-d', '15020')).toBe(LIST.replace('15090,15020', '15020'));
});
