import { expect, test } from 'vitest';
import { prefixText } from '../../base/ip.ts';
import { textAt, type Source } from '../../base/source.ts';
import type { Document, DocumentContent } from '../document.ts';
import { parseDocuments } from '../parse.ts';
import type { PolicyRule, Route } from './network.ts';

function read(text: string): { source: Source; documents: Document[] } {
  const source = { name: 'pod', text };
  return { source, documents: parseDocuments(source) };
}

type Of<Kind extends DocumentContent['kind']> = Extract<DocumentContent, { kind: Kind }>;

function contents<Kind extends DocumentContent['kind']>(text: string, kind: Kind): Of<Kind>[] {
  return read(text).documents.flatMap(({ content }) => (isOf(content, kind) ? [content] : []));
}

function isOf<Kind extends DocumentContent['kind']>(
  content: DocumentContent,
  kind: Kind,
): content is Of<Kind> {
  return content.kind === kind;
}

function rules(text: string): PolicyRule[] {
  return contents(text, 'routing-policy').flatMap(({ policy }) => [...policy.rules]);
}

function routes(text: string): Route[] {
  return contents(text, 'routes').flatMap(({ routes }) => [...routes.routes]);
}

/** `6 133 local ::/0 lo`: family, table, type, destination and ways on. */
function short({ family, table, type, destination, hops }: Route): string {
  const ways = hops.map(({ gateway, device }) => [gateway?.text, device].filter(Boolean).join('@'));
  return [family, table, type, prefixText(destination), ways.join(',')].join(' ').trim();
}

/** Each interface as its name, its state and its addresses. */
function addresses(text: string): (string | boolean)[][] {
  return contents(text, 'interfaces').flatMap(({ interfaces }) =>
    interfaces.map(({ name, up, addresses }) => [
      name,
      up,
      ...addresses.map(({ address, prefix }) => `${address.text} ${prefixText(prefix)}`),
    ]),
  );
}

const TPROXY = `root@pod:/# ip rule
0:	from all lookup local
32765:	from all fwmark 0x539 lookup 133
32766:	from all lookup main
32767:	from all lookup default
root@pod:/# ip route show table 133
local default dev lo scope host 
root@pod:/# ip -6 rule list
0:	from all lookup local
32765:	from all fwmark 0x539/0xff lookup 133
32766:	from all lookup main
root@pod:/# ip -6 route show table 133
local default dev lo metric 1024 pref medium
root@pod:/# ip r
default via 10.244.0.1 dev eth0 
10.244.0.0/24 dev eth0 proto kernel scope link src 10.244.0.7 
`;

test('a session with several tables: each route is in the table that its command shows', () => {
  expect(read(TPROXY).documents.map(({ kind }) => kind)).toEqual([
    'ip-rule',
    'ip-route',
    'ip-rule',
    'ip-route',
    'ip-route',
  ]);
  expect(routes(TPROXY).map(short)).toEqual([
    '4 133 local 0.0.0.0/0 lo',
    '6 133 local ::/0 lo',
    '4 main unicast 0.0.0.0/0 10.244.0.1@eth0',
    '4 main unicast 10.244.0.0/24 eth0',
  ]);
  const marked = rules(TPROXY).filter(({ fwmark }) => fwmark);
  expect(marked.map(({ family, fwmark, action }) => ({ family, ...fwmark, ...action }))).toEqual([
    { family: 4, value: 0x539, mask: 0xffffffff, kind: 'lookup', table: '133' },
    { family: 6, value: 0x539, mask: 0xff, kind: 'lookup', table: '133' },
  ]);
});

test('every selector of a rule', () => {
  const [, rule, black, jump] = rules(`0:	from all lookup local
100:	not from 10.0.0.0/8 to 10.2.0.0/16 iif lo oif eth1 uidrange 100-70000 ipproto tcp sport 7 dport 80-90 lookup main suppress_prefixlength 0
101:	from 192.0.2.1 blackhole
102:	from all tos 0x10 goto 32766
`);
  expect(rule).toMatchObject({
    priority: 100,
    negated: true,
    from: { length: 8 },
    to: { length: 16 },
    iif: 'lo',
    oif: 'eth1',
    uids: { from: 100, to: 70000 },
    protocol: 6,
    sports: { from: 7, to: 7 },
    dports: { from: 80, to: 90 },
    suppressPrefixLength: 0,
    action: { kind: 'lookup', table: 'main' },
    unfollowed: [],
  });
  expect(black?.action).toEqual({ kind: 'blackhole' });
  expect(jump).toMatchObject({ tos: 16, action: { kind: 'goto', priority: 32766 } });
});

test('commands say the same as a listing, and a rule without a priority comes before those there', () => {
  const text = `$ sudo ip rule add fwmark 1337 lookup 133
ip rule add fwmark 0x111/0xfff pref 32764 lookup 100
ip rule add to 10.0.0.0/8 table 254
$ ip -6 route add local default dev lo table 133
`;
  expect(rules(text).map(({ priority, action }) => [priority, action])).toEqual([
    [32763, { kind: 'lookup', table: 'main' }],
    [32764, { kind: 'lookup', table: '100' }],
    [32765, { kind: 'lookup', table: '133' }],
  ]);
  expect(routes(text).map(short)).toEqual(['6 133 local ::/0 lo']);
  expect(contents(text, 'routing-policy').map(({ policy }) => policy.complete)).toEqual([false]);
});

test('what ends a packet, what has several ways on, what is down', () => {
  const found = routes(`$ ip route show table all
default via 192.168.1.1 dev eth0 proto dhcp metric 100 dead linkdown 
default via 172.17.0.1 dev docker0 metric 200 linkdown 
blackhole 10.9.0.0/16 
10.8.0.0/16 
	nexthop via 192.168.1.3 dev eth0 weight 1 
	nexthop via 192.168.1.4 dev eth0 weight 2 
192.0.2.0/24 via inet6 fe80::1 dev eth0
local 127.0.0.1 dev lo table 255 proto kernel scope host src 127.0.0.1 
unreachable default dev lo table unspec proto kernel metric 4294967295 error -101 pref medium
`);
  expect(found.map(short)).toEqual([
    '4 main unicast 0.0.0.0/0 192.168.1.1@eth0',
    '4 main unicast 0.0.0.0/0 172.17.0.1@docker0',
    '4 main blackhole 10.9.0.0/16',
    '4 main unicast 10.8.0.0/16 192.168.1.3@eth0,192.168.1.4@eth0',
    '4 main unicast 192.0.2.0/24 fe80::1@eth0',
    '4 local local 127.0.0.1/32 lo',
    '6 unspec unreachable ::/0 lo',
  ]);
  expect(found[0]).toMatchObject({ down: true, metric: 100 });
  expect(found[1]).toMatchObject({ down: false, metric: 200 });
});

test('without the command a table is not told', () => {
  expect(routes('local default dev lo scope host\n').map(({ table }) => table)).toEqual([null]);
});

test('the three forms of ip addr name the same addresses', () => {
  const long = `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
    inet6 ::1/128 scope host 
       valid_lft forever preferred_lft forever
3: eth0@if7: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000
    link/ether 26:d8:b4:65:4b:2a brd ff:ff:ff:ff:ff:ff link-netnsid 0
    inet 192.168.1.2/24 brd 192.168.1.255 scope global eth0
       valid_lft forever preferred_lft forever
    inet 10.9.9.1 peer 10.9.9.2/32 scope global eth0
       valid_lft forever preferred_lft forever
    inet 192.168.1.9/24 scope global secondary eth0
       valid_lft forever preferred_lft forever
`;
  const brief = `lo               UNKNOWN        127.0.0.1/8 ::1/128 
eth0@if7         UP             192.168.1.2/24 10.9.9.1 peer 10.9.9.2/32 192.168.1.9/24 
`;
  const oneLine = `1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever
1: lo    inet6 ::1/128 scope host \\       valid_lft forever preferred_lft forever
3: eth0    inet 192.168.1.2/24 scope global eth0\\       valid_lft forever
3: eth0    inet 10.9.9.1 peer 10.9.9.2/32 scope global eth0\\       valid_lft forever
3: eth0    inet 192.168.1.9/24 scope global secondary eth0\\       valid_lft forever
`;
  expect(addresses(long)).toEqual([
    ['lo', true, '127.0.0.1 127.0.0.1/8', '::1 ::1/128'],
    ['eth0', true, '192.168.1.2 192.168.1.2/24', '10.9.9.1 10.9.9.2/32', '192.168.1.9 192.168.1.9/24'],
  ]);
  expect(addresses(brief)).toEqual(addresses(long));
  expect(addresses(oneLine)).toEqual(addresses(long));
});

test('a broken line costs itself', () => {
  const { source, documents } = read(
    '0:	from all lookup local\n32765:	from nowhere lookup 133\n32766:	from all lookup main\n',
  );
  expect(documents.map(({ kind }) => kind)).toEqual(['ip-rule']);
  expect(documents[0]?.content).toMatchObject({ policy: { rules: [{ priority: 0 }, { priority: 32766 }] } });
  expect(documents[0]?.diagnostics.map(({ span }) => textAt(source, span))).toEqual([
    '32765:	from nowhere lookup 133',
  ]);
});
