// What the recorded cases do not show: doubts and their futures, what a walk tells besides its steps, reasons.
import { describe, expect, test } from 'vitest';
import { parseEndpoint } from '../../base/ip.ts';
import { textAt, wholeOf, type Source } from '../../base/source.ts';
import { parseList } from '../../documents/iptables/list.ts';
import { parseSave } from '../../documents/iptables/save.ts';
import { readSets } from '../../documents/ipset/read.ts';
import { parseNft } from '../../documents/nft/parse.ts';
import type { Packet, Protocol, SocketOwner, Tuple } from '../packet/packet.ts';
import { reversed } from '../packet/packet.ts';
import { createConntrack } from './conntrack.ts';
import type { Host } from './host.ts';
import { labHost } from './lab.ts';
import { verdictText } from './verdict.ts';
import { receive, send, type Walk } from './walk.ts';
import { whyNot } from './whynot.ts';

function sourceOf(rules: string): Source {
  return { name: 'pod', text: rules };
}

/** The pod 10.20.0.77 of the conformance cases, with these rules. */
function pod(rules: string, routing: 'default' | 'tproxy' = 'default'): Host {
  const source = sourceOf(rules);
  return labHost(parseSave(source, wholeOf(source), null).value, routing);
}

/** `10.20.0.77:33001 > 10.20.0.78:9080`; a port that nothing tells is `*`. */
function tuple(text: string, protocol: Protocol = 'tcp'): Tuple {
  const [from, to] = text.split(' > ').map(parseEndpoint);
  if (!from || !to) throw new Error(`not a tuple: ${text}`);
  return { protocol, src: from.address, sport: from.port, dst: to.address, dport: to.port };
}

const WORKLOAD: SocketOwner = { uid: 1000, gid: 1000 };

function sent(text: string, owner: SocketOwner | null = WORKLOAD): Packet {
  return { tuple: tuple(text), iif: null, oif: null, mark: 0, owner };
}

function arriving(text: string): Packet {
  return { tuple: tuple(text), iif: 'eth0', oif: null, mark: 0, owner: null };
}

/** `nat/OUTPUT#1 jump X`, one a step. */
function steps(walk: Walk): string[] {
  return walk.passes.flatMap((pass) =>
    pass.steps.map(
      ({ table, chain, rule, verdict }) => `${table}/${chain}#${rule?.number ?? '-'} ${verdictText(verdict)}`,
    ),
  );
}

const REDIRECT = `*nat
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A PREROUTING -p tcp -j REDIRECT --to-ports 15006
-A OUTPUT -p tcp -m owner ! --uid-owner 1337 -j REDIRECT --to-ports 15001
COMMIT
`;

describe('a redirected connection', () => {
  test('remembers where it was first sent to, and the step shows the change', () => {
    const walk = receive(pod(REDIRECT), createConntrack(), arriving('10.20.0.78:33204 > 10.20.0.77:18080'));
    expect(walk.fate).toBe('local');
    expect(walk.packet.tuple).toEqual(tuple('10.20.0.78:33204 > 10.20.0.77:15006'));
    expect(walk.originalDestination).toMatchObject({ address: { text: '10.20.0.77' }, port: 18080 });
    const [step] = walk.passes[0]?.steps ?? [];
    expect([step?.before.tuple.dport, step?.after.tuple.dport]).toEqual([18080, 15006]);
  });

  test('is answered by translation, without a nat rule', () => {
    const [host, conntrack] = [pod(REDIRECT), createConntrack()];
    const walk = receive(host, conntrack, arriving('10.20.0.78:33204 > 10.20.0.77:18080'));
    const answer = send(
      host,
      conntrack,
      { ...sent('10.0.0.1:1 > 10.0.0.2:2'), tuple: reversed(walk.packet.tuple) },
      'syn-ack',
    );
    expect(steps(answer)).toEqual([]);
    expect(answer.packet.tuple).toEqual(tuple('10.20.0.77:18080 > 10.20.0.78:33204'));
    expect(answer.passes[0]?.translations.map(({ hook }) => hook)).toEqual(['postrouting']);
  });

  test('comes back over lo without meeting nat again', () => {
    const walk = send(pod(REDIRECT), createConntrack(), sent('10.20.0.77:40000 > 172.30.7.9:80'));
    expect(walk.passes.map(({ iif, oif }) => [iif, oif])).toEqual([
      [null, 'eth0'],
      ['lo', null],
    ]);
    expect(steps(walk)).toEqual(['nat/OUTPUT#1 accept']);
    expect(walk.packet.tuple).toEqual(tuple('10.20.0.77:40000 > 127.0.0.1:15001'));
  });

  test('may have a port that nothing tells', () => {
    const walk = receive(pod(REDIRECT), createConntrack(), arriving('10.20.0.78:* > 10.20.0.77:18080'));
    expect(walk.fate).toBe('local');
    expect(walk.packet.tuple.sport).toBeNull();
  });
});

describe('what cannot be decided', () => {
  const LIMITED = `*filter
:INPUT ACCEPT [0:0]
-A INPUT -p tcp -m limit --limit 1/sec -j DROP
-A INPUT -p tcp -j ACCEPT
COMMIT
`;

  test('stops the walk at the rule, and both ways on are told', () => {
    const conntrack = createConntrack();
    const walk = receive(pod(LIMITED), conntrack, arriving('10.20.0.78:33204 > 10.20.0.77:80'));
    expect(walk.fate).toBe('undecided');
    expect(steps(walk)).toEqual(['filter/INPUT#1 undecided']);
    const { undecided } = walk;
    expect(undecided?.match && textAt(sourceOf(LIMITED), undecided.match.span)).toBe(
      '-m limit --limit 1/sec',
    );
    expect(undecided?.futures?.matches.fate).toBe('dropped');
    expect(undecided?.futures?.doesNotMatch.fate).toBe('local');
    expect(conntrack.entries).toEqual([]);
  });

  test('is no doubt where another condition of the rule fails', () => {
    const udp = {
      ...arriving('10.20.0.78:5000 > 10.20.0.77:80'),
      tuple: tuple('10.20.0.78:5000 > 10.20.0.77:80', 'udp'),
    };
    expect(receive(pod(LIMITED), createConntrack(), udp).fate).toBe('local');
  });

  test('does not stop at a rule that only notes', () => {
    const rules = '*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -m limit --limit 1/sec -j LOG\nCOMMIT\n';
    const walk = receive(pod(rules), createConntrack(), arriving('10.20.0.78:33204 > 10.20.0.77:80'));
    expect(walk.fate).toBe('local');
    expect(steps(walk)).toEqual(['filter/INPUT#1 undecided', 'filter/INPUT#- policy accept']);
  });

  test('an element of a map that chance picks: each is followed, and of all numbers the last is certain', () => {
    const text = `table ip t {
 chain out { type nat hook output priority -100;
  numgen random mod 2 vmap { 0 : goto a, 1 : goto b }
 }
 chain a { meta l4proto tcp dnat to 10.20.0.78:81 }
 chain b { meta l4proto tcp dnat to 10.20.0.79:82 }
}`;
    const source = sourceOf(text);
    const host = labHost(parseNft(source, wholeOf(source)).value, 'default');
    const walk = send(host, createConntrack(), sent('10.20.0.77:40000 > 172.30.7.9:80'));
    const { matches, doesNotMatch } = walk.undecided?.futures ?? {};
    expect(matches?.packet.tuple).toEqual(tuple('10.20.0.77:40000 > 10.20.0.78:81'));
    expect(doesNotMatch?.packet.tuple).toEqual(tuple('10.20.0.77:40000 > 10.20.0.79:82'));
    expect(doesNotMatch?.undecided).toBeNull();
  });

  test('an owner that nothing tells', () => {
    const owner = { uid: null, gid: 1337 };
    const walk = send(pod(REDIRECT), createConntrack(), sent('10.20.0.77:40000 > 172.30.7.9:80', owner));
    expect(walk.undecided?.reason).toBe('match');
    expect(walk.undecided?.futures?.matches.packet.tuple.dst.text).toBe('127.0.0.1');
    expect(walk.undecided?.futures?.doesNotMatch.fate).toBe('wire');
  });

  test('a jump to a chain that was not pasted', () => {
    const rules = '*nat\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -j ELSEWHERE\nCOMMIT\n';
    const walk = send(pod(rules), createConntrack(), sent('10.20.0.77:40000 > 172.30.7.9:80'));
    expect(walk.undecided).toMatchObject({ reason: 'chain-missing', futures: null });
  });

  test('chains that call each other in a circle', () => {
    const rules = '*mangle\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -j A\n-A A -j B\n-A B -j A\nCOMMIT\n';
    const walk = send(pod(rules), createConntrack(), sent('10.20.0.77:40000 > 172.30.7.9:80'));
    expect(walk.undecided?.reason).toBe('chain-loop');
  });

  test('doubts inside doubts are followed to a depth', () => {
    const rule = '-A INPUT -m limit --limit 1/sec -j DROP\n';
    const walk = receive(
      pod(`*filter\n:INPUT ACCEPT [0:0]\n${rule.repeat(40)}COMMIT\n`),
      createConntrack(),
      arriving('10.20.0.78:1 > 10.20.0.77:2'),
    );
    let depth = 0;
    for (let on = walk.undecided; on?.futures; on = on.futures.doesNotMatch.undecided) depth += 1;
    expect(depth).toBeGreaterThan(0);
    expect(depth).toBeLessThan(10);
  });
});

test('a listing without -v leaves open which interface a rule means', () => {
  const source = sourceOf(
    'Chain INPUT (policy DROP)\ntarget prot opt source destination\nACCEPT all -- anywhere anywhere\n',
  );
  const host = labHost(parseList(source, wholeOf(source), 'filter', 'ip').value, 'default');
  const walk = receive(host, createConntrack(), arriving('10.20.0.78:33204 > 10.20.0.77:80'));
  expect(walk.undecided?.match?.test).toMatchObject({ reason: 'hidden' });
  expect(walk.undecided?.futures?.doesNotMatch.fate).toBe('dropped');
});

describe('why a rule did not match: the condition that failed, and what the packet had', () => {
  test.each([
    ['-s 10.9.0.0/16', 'miss.source', '10.20.0.77'],
    ['! -d 172.30.0.0/16', 'miss.destination', '172.30.7.9'],
    ['-m iprange --dst-range 10.0.0.1-10.0.0.9', 'miss.destination', '172.30.7.9'],
    ['-o lo', 'miss.out-interface', 'eth0'],
    ['-p udp', 'miss.protocol', 'tcp'],
    ['-p tcp -m tcp --dport 443', 'miss.destination-port', 'tcp 80'],
    ['-p tcp -m tcp --sport 1:9', 'miss.source-port', 'tcp 40000'],
    ['-p tcp -m multiport --ports 1,2', 'miss.ports', 'tcp 40000, 80'],
    ['-p tcp -m tcp --tcp-flags SYN,ACK ACK', 'miss.tcp-flags', 'SYN'],
    ['-m owner --uid-owner 1337', 'miss.uid', '1000'],
    ['-m owner --gid-owner 1337', 'miss.gid', '1000'],
    ['-m owner ! --socket-exists', 'miss.has-owner', null],
    ['-m mark --mark 0x1/0xf', 'miss.mark', '0x0'],
    ['-m connmark --mark 7', 'miss.connmark', '0x0'],
    ['-m conntrack --ctstate ESTABLISHED,RELATED', 'miss.ct-state', 'NEW'],
    ['-m conntrack --ctstatus SNAT', 'miss.ct-status', 'NONE'],
    ['-m conntrack --ctdir REPLY', 'miss.ct-direction', 'original'],
    ['-m conntrack --ctorigdst 10.0.0.1', 'miss.ct-end', '172.30.7.9:80'],
    ['-m addrtype --dst-type LOCAL', 'miss.address-type', '172.30.7.9 (UNICAST)'],
    ['-m limit --limit 1/sec', 'miss.undecided', null],
  ])('%s', (condition, code, actual) => {
    const rules = `*filter\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT ${condition} -j LOG\nCOMMIT\n`;
    const walk = send(pod(rules), createConntrack(), sent('10.20.0.77:40000 > 172.30.7.9:80'));
    const policy = walk.passes[0]?.steps.at(-1);
    const [rule] = pod(rules).ruleset.tables[0]?.chains[0]?.rules ?? [];
    const failure = rule && policy ? whyNot(rule, policy.view) : null;
    expect(failure && textAt(sourceOf(rules), failure.match.span)).toBe(
      condition.replace(/^-p tcp -m \w+ |^-m (?!limit)\w+ /, ''),
    );
    expect(failure).toMatchObject({ code, actual });
  });
});

describe('where routing ends a packet', () => {
  test('a DNAT to loopback from outside', () => {
    const rules =
      '*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -j DNAT --to-destination 127.0.0.1:8080\nCOMMIT\n';
    const walk = receive(pod(rules), createConntrack(), arriving('10.20.0.78:33204 > 10.20.0.77:80'));
    expect([walk.fate, walk.routingError]).toEqual(['unroutable', 'localnet']);
    const node = receive(
      { ...pod(rules), forwarding: true },
      createConntrack(),
      arriving('10.20.0.78:33204 > 10.20.0.77:80'),
    );
    expect([node.fate, node.routingError]).toEqual(['undecided', 'undecided-localnet']);
  });

  test('a packet for another host, when the host does not forward', () => {
    const walk = receive(pod(''), createConntrack(), arriving('10.20.0.78:33204 > 10.9.9.9:80'));
    expect([walk.fate, walk.routingError]).toEqual(['unroutable', 'not-forwarding']);
  });

  test('and what forwarding makes of it', () => {
    const rules =
      '*filter\n:FORWARD DROP [0:0]\n-A FORWARD -i eth0 -p tcp -m tcp --dport 80 -j ACCEPT\nCOMMIT\n';
    const host = { ...pod(rules), forwarding: true };
    const to = (port: number) =>
      receive(host, createConntrack(), arriving(`10.20.0.78:33204 > 10.9.9.9:${port}`)).fate;
    expect([to(80), to(81)]).toEqual(['wire', 'dropped']);
  });
});

describe('a set that was pasted is asked', () => {
  const text = 'create blocked hash:net,port family inet hashsize 1024\nadd blocked 10.20.0.0/24,tcp:80\n';
  const source: Source = { name: 'sets', text };
  const sets = readSets(source, wholeOf(source)) ?? [];
  test.each([
    ['-m set --match-set blocked src,dst', 80, 'dropped'],
    ['-m set --match-set blocked src,dst', 81, 'local'],
    ['-m set ! --match-set blocked src,dst', 81, 'dropped'],
    ['-m set --match-set elsewhere src', 80, 'undecided'],
  ])('%s, port %i: %s', (condition, port, fate) => {
    const host = { ...pod(`*filter\n:INPUT ACCEPT [0:0]\n-A INPUT ${condition} -j DROP\nCOMMIT\n`), sets };
    const walk = receive(host, createConntrack(), arriving(`10.20.0.78:33204 > 10.20.0.77:${port}`));
    expect(walk.fate).toBe(fate);
  });
});

test('two connections whose answers would be the same: the later one leaves from a port that nothing tells', () => {
  const rules = '*nat\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -j SNAT --to-source 10.20.0.200\nCOMMIT\n';
  const [host, conntrack] = [pod(rules), createConntrack()];
  const ports = ['10.20.0.77:4000 > 203.0.113.40:80', '127.0.0.6:4000 > 203.0.113.40:80'].map(
    (flow) => send({ ...host, forwarding: true }, conntrack, sent(flow)).packet.tuple.sport,
  );
  expect(ports[0]).toBe(4000);
  const other = { ...sent('10.20.0.77:4000 > 203.0.113.41:80') };
  expect(send(host, conntrack, other).packet.tuple.sport).toBe(4000);
  conntrack.entries = conntrack.entries.map((entry) => ({
    ...entry,
    original: tuple('10.9.9.9:1 > 10.9.9.8:2'),
  }));
  expect(send(host, conntrack, sent('10.20.0.77:4000 > 203.0.113.40:80')).packet.tuple.sport).toBeNull();
});

test('TPROXY hands over without changing an address', () => {
  const rules =
    '*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -j TPROXY --on-port 15006 --tproxy-mark 0x539/0xffffffff\nCOMMIT\n';
  const walk = receive(pod(rules, 'tproxy'), createConntrack(), arriving('10.20.0.78:33204 > 10.9.9.9:80'));
  expect(walk.fate).toBe('local');
  expect(walk.transparentSocket).toEqual({ address: null, port: 15006, listening: true });
  expect(walk.packet).toMatchObject({ mark: 0x539, tuple: tuple('10.20.0.78:33204 > 10.9.9.9:80') });
});

describe('nat chains are consulted only while a loaded rule makes the kernel track connections', () => {
  // each measured on Linux 6.18 with scripts/conformance/record.py
  const NAT = '*nat\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -j RETURN\nCOMMIT\n';
  test.each([
    ['none does', '', false],
    ['a match on the state', '*filter\n-A OUTPUT -m conntrack --ctstate INVALID -j DROP\nCOMMIT\n', true],
    ['a connection mark', '*mangle\n-A OUTPUT -p udp -j CONNMARK --set-mark 1\nCOMMIT\n', true],
    ['CT --notrack does not', '*raw\n-A OUTPUT -p udp -j CT --notrack\nCOMMIT\n', false],
    ['-m socket does not', '*mangle\n-A PREROUTING -p udp -m socket -j ACCEPT\nCOMMIT\n', false],
  ])('%s', (_, rules, consulted) => {
    const walk = send(pod(NAT + rules), createConntrack(), sent('10.20.0.77:40000 > 10.20.0.78:80'));
    expect(steps(walk).includes('nat/OUTPUT#1 return')).toBe(consulted);
  });
});
