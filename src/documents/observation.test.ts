import { expect, test } from 'vitest';
import { endpointText, type IpAddress } from '../base/ip.ts';
import type { ConntrackTuple } from './conntrack/entry.ts';
import type { DocumentContent } from './document.ts';
import type { Endpoint } from './endpoint.ts';
import { parseDocuments } from './parse.ts';

/** The content of the only document of a text. */
function only(text: string): DocumentContent {
  const documents = parseDocuments({ name: 'test', text });
  expect(documents).toHaveLength(1);
  return documents[0]?.content ?? { kind: 'prose' };
}

function contentOf<K extends DocumentContent['kind']>(
  text: string,
  kind: K,
): Extract<DocumentContent, { kind: K }> {
  const content = only(text);
  if (!isKind(content, kind)) throw new Error(`${content.kind} instead of ${kind}`);
  return content;
}

function isKind<K extends DocumentContent['kind']>(
  content: DocumentContent,
  kind: K,
): content is Extract<DocumentContent, { kind: K }> {
  return content.kind === kind;
}

function end(endpoint: Endpoint | null): string {
  return endpoint ? endpointText(endpoint.address, endpoint.port) : '*';
}

function tuple({ source, sourcePort, destination, destinationPort }: ConntrackTuple): string {
  return `${end({ address: source, port: sourcePort })} > ${end({ address: destination, port: destinationPort })}`;
}

function text(address: IpAddress | null | undefined): string | undefined {
  return address?.text;
}

test('ss: states by the kernel’s names, mapped addresses as IPv4, processes', () => {
  const { sockets } = contentOf(
    `Netid State  Recv-Q Send-Q      Local Address:Port      Peer Address:Port Process
tcp   LISTEN 0      4096              0.0.0.0:15006          0.0.0.0:*     users:(("envoy",pid=18,fd=31))
tcp   ESTAB  0      0      [::ffff:10.1.0.7]:8080 [::ffff:127.0.0.6]:40001 users:(("java",pid=1,fd=9)) uid:1000
tcp   TIME-WAIT 0   0             [fd00::7]:8080       [fd00::9]:51000
udp   UNCONN 0      0         127.0.0.1%lo:15053          0.0.0.0:*`,
    'sockets',
  );
  expect(
    sockets.map((s) => `${s.protocol} ${s.state} ${end(s.local)} ${end(s.peer)} ${s.process?.name} ${s.uid}`),
  ).toEqual([
    'tcp LISTEN * * envoy null',
    'tcp ESTABLISHED 10.1.0.7:8080 127.0.0.6:40001 java 1000',
    'tcp TIME_WAIT [fd00::7]:8080 [fd00::9]:51000 undefined null',
    'udp  127.0.0.1:15053 * undefined null',
  ]);
  expect(sockets[0]?.localPort).toBe(15006);
});

test('netstat: with and without -e, IPv6 without brackets, columns whose blanks are lost', () => {
  const { sockets } = contentOf(
    `Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address Foreign Address State User Inode PID/Program name
tcp 0 0 172.17.0.57:80 127.0.0.6:56043 TIME_WAIT 0 0 -
tcp6 0 0 :::8080 :::* LISTEN 1000 2001 1/java
tcp6 0 0 ::ffff:10.1.0.7:8080 ::ffff:127.0.0.6:40001 ESTABLISHED 1000 2002 1/java`,
    'sockets',
  );
  expect(sockets.map((s) => `${s.state} ${end(s.local)} ${end(s.peer)} ${s.process?.pid} ${s.uid}`)).toEqual([
    'TIME_WAIT 172.17.0.57:80 127.0.0.6:56043 undefined 0',
    'LISTEN * * 1 1000',
    'ESTABLISHED 10.1.0.7:8080 127.0.0.6:40001 1 1000',
  ]);
});

test('conntrack: both tuples, as conntrack -L, -E and /proc print them', () => {
  const { entries } = contentOf(
    `ipv4     2 tcp      6 119 TIME_WAIT src=10.244.1.1 dst=10.244.1.7 sport=46290 dport=8080 packets=5 bytes=420 src=10.244.1.7 dst=10.244.1.1 sport=15006 dport=46290 packets=4 bytes=400 [ASSURED] mark=0 zone=2 use=1
udp      17 29 src=10.1.0.7 dst=10.96.0.10 sport=40000 dport=53 [UNREPLIED] src=127.0.0.1 dst=10.1.0.7 sport=15053 dport=40000 mark=1337 use=1
    [NEW] tcp      6 120 SYN_SENT src=fd00::9 dst=fd00::7 sport=1 dport=80 [UNREPLIED] src=fd00::7 dst=fd00::9 sport=80 dport=1
conntrack v1.4.6 (conntrack-tools): 3 flow entries have been shown.`,
    'conntrack',
  );
  expect(entries.map(({ original, reply }) => [tuple(original), tuple(reply)])).toEqual([
    ['10.244.1.1:46290 > 10.244.1.7:8080', '10.244.1.7:15006 > 10.244.1.1:46290'],
    ['10.1.0.7:40000 > 10.96.0.10:53', '127.0.0.1:15053 > 10.1.0.7:40000'],
    ['[fd00::9]:1 > [fd00::7]:80', '[fd00::7]:80 > [fd00::9]:1'],
  ]);
  expect(entries[0]).toMatchObject({
    protocol: 'tcp',
    state: 'TIME_WAIT',
    assured: true,
    unreplied: false,
    mark: 0,
    zone: 2,
  });
  expect(entries[0]?.original.packets).toBe(5);
  expect(entries[1]).toMatchObject({ state: null, assured: false, unreplied: true, mark: 1337, zone: null });
});

test('xtables-monitor: a packet holds for the steps below it', () => {
  const { steps } = contentOf(
    `PACKET: 2 dc485866 IN=eth0 MACSRC=aa:65:1f:8:8a:53 MACDST=9a:91:ec:35:3e:4b MACPROTO=0800 SRC=10.244.1.1 DST=10.244.1.7 LEN=60 TOS=0x0 TTL=64 ID=1 DF SPORT=46290 DPORT=8080 SYN 
 TRACE: 2 dc485866 nat:PREROUTING:rule:0xc:JUMP:ISTIO_INBOUND  -4 -t nat -A PREROUTING -p tcp -j ISTIO_INBOUND
 TRACE: 2 dc485866 raw:PREROUTING:policy:ACCEPT `,
    'kernel-trace',
  );
  expect(steps).toMatchObject([
    {
      id: 'dc485866',
      family: 'ip',
      table: 'nat',
      chain: 'PREROUTING',
      event: 'rule',
      handle: 12,
      verdict: 'jump ISTIO_INBOUND',
    },
    { table: 'raw', event: 'policy', verdict: 'accept', rule: null },
  ]);
  expect(steps[0]?.rule).toBe('-t nat -A PREROUTING -p tcp -j ISTIO_INBOUND');
  expect(steps[1]?.packet).toMatchObject({
    iif: 'eth0',
    oif: null,
    sourcePort: 46290,
    destinationPort: 8080,
    flags: ['SYN'],
  });
});

test('the kernel’s log: the number of the rule, the packet on the same line', () => {
  const { steps } = contentOf(
    'Nov 21 04:00:00 node kernel: [12345.678901] TRACE: mangle:PREROUTING:rule:2 IN=lo OUT= MAC=00 SRC=127.0.0.6 DST=10.1.0.7 LEN=60 TTL=64 DF PROTO=TCP SPT=40001 DPT=8080 ACK PSH URGP=0 UID=1337 GID=1337 MARK=0x53a',
    'kernel-trace',
  );
  expect(steps).toMatchObject([
    { table: 'mangle', chain: 'PREROUTING', event: 'rule', number: 2, handle: null, verdict: null },
  ]);
  expect(steps[0]?.packet).toMatchObject({
    iif: 'lo',
    oif: null,
    sourcePort: 40001,
    mark: 0x53a,
    flags: ['ACK', 'PSH'],
  });
  expect(text(steps[0]?.packet?.source)).toBe('127.0.0.6');
});

test('nft monitor trace: packets by their id', () => {
  const { steps } = contentOf(
    `trace id 7a3f1c02 ip nat PREROUTING packet: iif "eth0" ether saddr 02:42:ac:11:00:02 ip saddr 10.1.0.9 ip daddr 10.1.0.7 ip ttl 64 tcp sport 41000 tcp dport 8080 tcp flags == syn tcp window 64240
trace id 7a3f1c02 ip nat PREROUTING rule meta l4proto tcp counter packets 3 bytes 180 jump ISTIO_INBOUND (verdict jump ISTIO_INBOUND)
trace id 7a3f1c02 ip nat ISTIO_INBOUND verdict continue
trace id 7a3f1c02 ip nat PREROUTING policy accept`,
    'kernel-trace',
  );
  expect(steps.map(({ event, chain, verdict }) => `${chain} ${event} ${verdict}`)).toEqual([
    'PREROUTING packet null',
    'PREROUTING rule jump ISTIO_INBOUND',
    'ISTIO_INBOUND return continue',
    'PREROUTING policy accept',
  ]);
  expect(steps[3]?.packet).toMatchObject({
    iif: 'eth0',
    sourcePort: 41000,
    destinationPort: 8080,
    flags: ['SYN'],
  });
});

test('tcpdump: -i any, -e, -v, -q, IPv6; names in place of addresses are left out', () => {
  const { packets } = contentOf(
    `listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 262144 bytes
08:00:00.120101 eth0  In  IP 10.1.0.9.51000 > 10.1.0.7.8080: Flags [S], seq 1, win 64240, length 0
08:00:00.120200 lo    Out IP 127.0.0.6.40001 > 10.1.0.7.8080: tcp 27
04:12:01.120999 02:42:ac:11:00:02 > 02:42:ac:11:00:03, ethertype IPv4 (0x0800), length 74: 10.1.0.9.51000 > 10.1.0.7.8080: Flags [P.], seq 1:48, ack 1, win 502, length 47: HTTP: GET / HTTP/1.1
04:12:02.000001 IP (tos 0x0, ttl 64, id 1, offset 0, flags [DF], proto TCP (6), length 60)
    10.1.0.9.51000 > 10.1.0.7.8080: Flags [S], cksum 0x1 (correct), seq 1, win 64240, length 0
IP6 fd00::9.51000 > fd00::7.8080: Flags [.], ack 1, win 502, length 0
08:00:03.000001 IP client.51000 > web.http: Flags [S], seq 1, win 64240, length 0
5 packets captured`,
    'packet-capture',
  );
  expect(
    packets.map(
      (p) =>
        `${p.time} ${p.networkInterface} ${p.direction} ${end(p.source)} ${end(p.destination)} ${p.flags} ${p.length}`,
    ),
  ).toEqual([
    '08:00:00.120101 eth0 in 10.1.0.9:51000 10.1.0.7:8080 S 0',
    '08:00:00.120200 lo out 127.0.0.6:40001 10.1.0.7:8080 null 27',
    '04:12:01.120999 null null 10.1.0.9:51000 10.1.0.7:8080 P. 47',
    '04:12:02.000001 null null 10.1.0.9:51000 10.1.0.7:8080 S 0',
    'null null null [fd00::9]:51000 [fd00::7]:8080 . 0',
  ]);
});

const V1 = 'PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\n';

/** What `hexdump -C` and `xxd` print, made here from the bytes. */
function dump(bytes: Uint8Array, group: 1 | 2): string {
  const rows = Array.from({ length: Math.ceil(bytes.length / 16) }, (_, i) =>
    bytes.slice(i * 16, i * 16 + 16),
  );
  return rows
    .map((row, i) => {
      const offset = (i * 16).toString(16).padStart(8, '0');
      const hex = Array.from(row, (byte) => byte.toString(16).padStart(2, '0'));
      const ascii = Array.from(row, (byte) =>
        byte >= 32 && byte < 127 ? String.fromCodePoint(byte) : '.',
      ).join('');
      return group === 1
        ? `${offset}  ${[hex.slice(0, 8).join(' '), hex.slice(8).join(' ')].join('  ').padEnd(49)}|${ascii}|`
        : `${offset}: ${hex
            .join('')
            .replace(/(.{4})(?=.)/g, '$1 ')
            .padEnd(40)} ${ascii}`;
    })
    .join('\n');
}

test.each([1, 2] as const)('hexdump and xxd give back the header’s bytes (groups of %i)', (group) => {
  const bytes = new TextEncoder().encode(`\u0000\u0001${V1}`);
  const { header } = contentOf(dump(bytes, group), 'proxy-header');
  expect(header.version).toBe(1);
  expect(new TextDecoder().decode(header.bytes)).toBe(V1);
});

test('a dump of anything else is no header', () => {
  expect(only(dump(new TextEncoder().encode('GET / HTTP/1.1\r\nHost: a\r\n\r\n'), 1)).kind).toBe('prose');
});

test('curl: the body alone, a whole answer, -v; what the server saw', () => {
  expect(contentOf('{\n  "origin": "10.1.0.9, 127.0.0.6"\n}', 'http-response').response.origin?.text).toBe(
    '10.1.0.9, 127.0.0.6',
  );
  const whole = contentOf(
    'HTTP/1.1 200 OK\nServer: envoy\n\n{"headers": {"Host": "a", "X-Forwarded-For": ["10.1.0.9"]}, "origin": "10.1.0.9"}',
    'http-response',
  ).response;
  expect(whole).toMatchObject({
    status: 200,
    headers: { server: 'envoy' },
    requestHeaders: { 'x-forwarded-for': '10.1.0.9' },
  });
  const verbose = contentOf(
    '* Connected to a (10.96.0.1) port 80\n> GET / HTTP/1.1\n>\n< HTTP/1.1 503 Service Unavailable\n< server: envoy\n<\nno healthy upstream\n* Connection #0 to host a left intact',
    'http-response',
  ).response;
  expect(verbose).toMatchObject({ status: 503, headers: { server: 'envoy' }, origin: null });
});

test('metrics: labels, numbers, and Envoy’s own names; histograms are passed over', () => {
  const { samples } = contentOf(
    `# HELP istio_requests_total requests
# TYPE istio_requests_total counter
istio_requests_total{reporter="destination",path="/a\\"b",response_code="200"} 1.2e+03 1700000000000
cluster.inbound|8080||.upstream_cx_total: 12
http.inbound_0.0.0.0_8080.downstream_rq_time: P0(nan,1.0) P25(nan,1.025)`,
    'metrics',
  );
  expect(samples).toMatchObject([
    { name: 'istio_requests_total', labels: { reporter: 'destination', response_code: '200' }, value: 1200 },
    { name: 'cluster.inbound|8080||.upstream_cx_total', labels: {}, value: 12 },
  ]);
});

test.each([
  ['2024-03-04T10:12:01Z INFO request remote_addr=127.0.0.6:51234 path=/cart', '127.0.0.6:51234'],
  ['X-Forwarded-For=, RemoteAddr=127.0.0.6:44213', '127.0.0.6:44213'],
  ['{"level":"info","remote_addr":"[fd00::9]:44213","msg":"served"}', '[fd00::9]:44213'],
  ['127.0.0.6 - - [01/May/2024:08:00:00 +0000] "GET / HTTP/1.1" 200 612 "-" "curl"', '127.0.0.6:*'],
  ['::ffff:127.0.0.6 - - [01/May/2024:08:00:00 +0000] "GET / HTTP/1.1" 200 612', '127.0.0.6:*'],
  ['[GIN] 2024/05/01 - 08:00:00 | 200 |     1.2ms |       127.0.0.6 | GET      "/ping"', '127.0.0.6:*'],
  ['INFO:     127.0.0.6:44213 - "GET / HTTP/1.1" 200 OK', '127.0.0.6:44213'],
])('the application’s log names the peer: %s', (line, peer) => {
  const { lines } = contentOf(line, 'server-log');
  expect(lines.map((each) => end(each.peer))).toEqual([peer]);
});

test.each([
  'RemoteAddr=10.42.2.8 in the log, as before. Thanks!',
  '服务端日志里 RemoteAddr=127.0.0.6:44213，不是客户端地址',
  '• downstream_remote_address: 172.17.0.58:46864 ## sleep address',
  '- remote_addr: 127.0.0.6',
])('a sentence about a log is none: %s', (line) => {
  expect(only(line).kind).toBe('prose');
});

test('ipset: save and list, cut off', () => {
  const saved = contentOf(
    'create allow hash:net family inet hashsize 1024\nadd allow 10.0.0.0/8\nadd allow 192.168.1.1 timeout 30',
    'ipsets',
  );
  const listed = contentOf(
    'Name: six\nType: hash:ip\nHeader: family inet6 hashsize 64\nMembers:\nfd00::1\n...',
    'ipsets',
  );
  expect(saved.sets).toMatchObject([{ name: 'allow', type: 'hash:net', family: 4, complete: true }]);
  expect(saved.sets[0]?.entries.map((entry) => entry.text)).toEqual(['10.0.0.0/8', '192.168.1.1']);
  expect(listed.sets).toMatchObject([
    { name: 'six', family: 6, complete: false, entries: [{ text: 'fd00::1' }] },
  ]);
});

test('Envoy’s admin: /clusters gives endpoints, /listeners names and addresses', () => {
  const { config } = contentOf(
    'outbound|80||a.ns::default_priority::max_connections::1024\noutbound|80||a.ns::10.0.0.9:8080::cx_active::1\noutbound|80||a.ns::10.0.0.9:8080::health_flags::healthy\noutbound|80||a.ns::10.0.0.10:8080::cx_active::0',
    'proxy-config',
  );
  expect(config.loadAssignments).toHaveLength(1);
  expect(config.loadAssignments[0]?.clusterName).toBe('outbound|80||a.ns');
  const { listeners } = contentOf(
    'virtualInbound::0.0.0.0:15006\nadmin::127.0.0.1:15000',
    'proxy-config',
  ).config;
  expect(listeners.map(({ name }) => name)).toEqual(['virtualInbound', 'admin']);
});

test('tcpdump: an option of TOA holds port and address; another option of another length holds none', () => {
  const packets = ['0x17cd6a348374', '0x17cd'].flatMap((bytes) =>
    parseDocuments({
      name: 'pod',
      text: `IP 10.30.0.5.6093 > 10.30.0.21.8080: Flags [S], win 64240, options [unknown-200 ${bytes}], length 0\n`,
    }).flatMap(({ content }) => (content.kind === 'packet-capture' ? content.packets : [])),
  );
  expect(packets.map(({ addressOption: found }) => found && [found.address.text, found.port])).toEqual([
    ['106.52.131.116', 6093],
    null,
  ]);
});
