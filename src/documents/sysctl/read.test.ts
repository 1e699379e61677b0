// Every way in which people print kernel settings, read as the same settings; and what only looks like one.
import { expect, test } from 'vitest';
import { textAt } from '../../base/source.ts';
import { parseDocuments } from '../parse.ts';

function settingsIn(text: string) {
  const source = { name: 'paste', text };
  return parseDocuments(source).flatMap(({ content, kind }) =>
    content.kind === 'settings'
      ? content.settings.map(({ path, value, span }) => [kind, path.join('/'), value, textAt(source, span)])
      : [],
  );
}

const FORWARD = 'net.ipv4.ip_forward = 1';

test.each([
  ['sysctl', FORWARD, FORWARD],
  ['a session', `$ sysctl net.ipv4.ip_forward\n${FORWARD}`, FORWARD],
  ['sysctl.conf', '# /etc/sysctl.d/99-k8s.conf\n-net.ipv4.ip_forward=1', '-net.ipv4.ip_forward=1'],
  ['slashes', 'net/ipv4/ip_forward = 1', 'net/ipv4/ip_forward = 1'],
  ['a command that sets it', '# sysctl -w net.ipv4.ip_forward=1', '# sysctl -w net.ipv4.ip_forward=1'],
  ['cat', '$ cat /proc/sys/net/ipv4/ip_forward\n1', '1'],
  ['cat of two files', '$ cat /proc/sys/kernel/pid_max /proc/sys/net/ipv4/ip_forward\n4194304\n1', '1'],
  ['grep', '/proc/sys/net/ipv4/ip_forward:1', '/proc/sys/net/ipv4/ip_forward:1'],
  ['head', '==> /proc/sys/net/ipv4/ip_forward <==\n1', '1'],
  ['echo', '$ echo 1 > /proc/sys/net/ipv4/ip_forward', '$ echo 1 > /proc/sys/net/ipv4/ip_forward'],
])('%s', (_, text, line) => {
  expect(settingsIn(`${text}\n`)).toEqual([['sysctl', 'ipv4/ip_forward', '1', line]]);
});

test('names of interfaces keep their dots; what is not of the network is passed over', () => {
  const text = [
    'kernel.hostname = node-1',
    'net.ipv4.conf.eth0/100.rp_filter = 2',
    'net/ipv4/conf/eth0.200/rp_filter = 1',
    'sysctl: permission denied on key "net.ipv4.tcp_fastopen_key"',
    'net.ipv4.ip_local_port_range = 32768\t60999',
  ].join('\n');
  expect(settingsIn(text).map(([, path, value]) => [path, value])).toEqual([
    ['ipv4/conf/eth0.100/rp_filter', '2'],
    ['ipv4/conf/eth0.200/rp_filter', '1'],
    ['ipv4/ip_local_port_range', '32768\t60999'],
  ]);
});

test.each([
  '1\n',
  'pilot.env.x = 1\n',
  'The default is net.ipv4.ip_forward, which is 0.\n',
  '$ cat /etc/hosts\n1\n',
])('no setting: %j', (text) => {
  expect(settingsIn(text)).toEqual([]);
});

test('rules and settings of one paste are kept apart', () => {
  const text = `$ iptables-save\n*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n$ sysctl -a\n${FORWARD}\n`;
  const kinds = parseDocuments({ name: 'paste', text }).map(({ kind }) => kind);
  expect(kinds).toEqual(['iptables-save', 'sysctl']);
});
