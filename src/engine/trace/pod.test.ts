import { describe, expect, test } from 'vitest';
import { address } from '../../base/ip.ts';
import { addressTypes } from '../netfilter/addresstype.ts';
import { isLocal } from '../netfilter/host.ts';
import { buildPod, readPaste } from './pod.ts';

const RULES = '*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n';
const ADDRESSES = `$ ip addr
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    inet 127.0.0.1/8 scope host lo
2: eth0@if7: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default
    inet 10.9.0.5/26 brd 10.9.0.63 scope global eth0
3: net1@if8: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default
    inet 192.168.7.2/24 scope global net1
`;

function hostOf(paste: string) {
  const pod = { name: 'web', role: 'server' as const, addresses: ['10.9.0.5'], paste };
  return buildPod(readPaste(pod), address('10.0.0.1')).host;
}

describe('the interfaces of a pod', () => {
  test('are those that `ip addr` showed, with their links', () => {
    const host = hostOf(`${RULES}\n${ADDRESSES}`);
    expect(host.interfaces.map(({ name }) => name)).toEqual(['lo', 'eth0', 'net1']);
    expect(isLocal(host, address('192.168.7.2'))).toBe(true);
    expect(addressTypes(host, address('10.9.0.63'))).toEqual(['BROADCAST']);
    expect(addressTypes(host, address('10.9.0.255'))).toEqual(['UNICAST']);
  });

  test('are lo and eth0 where nothing shows them, and how far a link goes is open', () => {
    const host = hostOf(RULES);
    expect(host.interfaces.map(({ name }) => name)).toEqual(['lo', 'eth0']);
    expect(isLocal(host, address('192.168.7.2'))).toBe(false);
    expect(addressTypes(host, address('10.9.0.63'))).toEqual(['BROADCAST', 'UNICAST']);
  });
});
