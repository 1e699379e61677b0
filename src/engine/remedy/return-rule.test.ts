// The loop's remedy, in each notation that rules are pasted in: tried out, the request arrives; pasted back as text, the
// trace is the same; what could not be written is not offered.
import { expect, test } from 'vitest';
import { PLAIN_REQUEST, type Scenario } from '../scenario.ts';
import { simulate } from '../trace/simulate.ts';
import { applyRemedy, remediesFor } from './apply.ts';

const LINES = [
  '-A PREROUTING -p tcp -j IN',
  '-A OUTPUT -p tcp -j OUT',
  '-A IN -p tcp -j REDIRECT --to-ports 15006',
  '-A OUT -o lo -m owner --uid-owner 1337 -j IN',
  '-A OUT -m owner --uid-owner 1337 -j RETURN',
];
const CHAINS = [':PREROUTING ACCEPT [0:0]', ':OUTPUT ACCEPT [0:0]', ':IN - [0:0]', ':OUT - [0:0]'];
const LISTING = `$ iptables -t nat -L -v -n
Chain PREROUTING (policy ACCEPT 0 packets, 0 bytes)
 pkts bytes target     prot opt in     out     source               destination         
    0     0 IN         tcp  --  *      *       0.0.0.0/0            0.0.0.0/0           

Chain OUTPUT (policy ACCEPT 0 packets, 0 bytes)
 pkts bytes target     prot opt in     out     source               destination         
    0     0 OUT        tcp  --  *      *       0.0.0.0/0            0.0.0.0/0           

Chain IN (2 references)
 pkts bytes target     prot opt in     out     source               destination         
    0     0 REDIRECT   tcp  --  *      *       0.0.0.0/0            0.0.0.0/0            redir ports 15006

Chain OUT (1 references)
 pkts bytes target     prot opt in     out     source               destination         
    0     0 IN         all  --  *      lo      0.0.0.0/0            0.0.0.0/0            owner UID match 1337
    0     0 RETURN     all  --  *      *       0.0.0.0/0            0.0.0.0/0            owner UID match 1337
`;
const NFT = `table ip nat {
\tchain PREROUTING {
\t\ttype nat hook prerouting priority dstnat; policy accept;
\t\tip protocol tcp jump IN
\t}
\tchain OUTPUT {
\t\ttype nat hook output priority -100; policy accept;
\t\tip protocol tcp jump OUT
\t}
\tchain IN {
\t\tmeta l4proto tcp redirect to :15006
\t}
\tchain OUT {
\t\toifname "lo" meta skuid 1337 counter packets 3 bytes 180 jump IN
\t\tmeta skuid 1337 return
\t}
}
`;
const NOTATIONS: Readonly<Record<string, string>> = {
  'iptables-save': `*nat\n${[...CHAINS, ...LINES].join('\n')}\nCOMMIT\n`,
  'iptables-save -c': `*nat\n${[...CHAINS, ...LINES.map((line) => `[7:420] ${line}`)].join('\n')}\nCOMMIT\n`,
  'iptables -S': `$ iptables -t nat -S\n-P PREROUTING ACCEPT\n-P OUTPUT ACCEPT\n-N IN\n-N OUT\n${LINES.join('\n')}\n`,
  commands: `iptables -t nat -N IN\niptables -t nat -N OUT\n${LINES.map((line) => `iptables -t nat ${line}`).join('\n')}\n`,
  'iptables -L -v -n': LISTING,
  'nft list ruleset': NFT,
};

function scenarioOf(paste: string): Scenario {
  const request = { ...PLAIN_REQUEST, from: '10.3.0.9:50000', to: '10.3.0.7:80', protocol: 'tcp' as const };
  return {
    version: 1,
    title: '',
    request,
    pods: [{ name: 'web', role: 'server', addresses: ['10.3.0.7'], paste }],
  };
}

function cure(scenario: Scenario) {
  const remedy = remediesFor(scenario).find(({ kind }) => kind === 'return-rule');
  return remedy ? applyRemedy(scenario, remedy) : null;
}

test.each(Object.entries(NOTATIONS))('%s: one line more, and the request arrives', (name, paste) => {
  const scenario = scenarioOf(paste);
  expect(simulate(scenario).trace.outcome).toBe('loop');
  const applied = cure(scenario);
  expect(applied?.patches.map(({ before }) => before)).toEqual(['']);
  expect(applied?.patches[0]?.after.trimEnd().split('\n')).toHaveLength(1);
  const text = applied?.scenario.pods[0]?.paste ?? '';
  const { trace } = simulate(scenarioOf(text));
  expect([trace.outcome, trace.app.remoteAddress]).toEqual(['delivered', '127.0.0.6']);
  expect(trace).toEqual(simulate(applied?.scenario ?? scenario).trace);
  expect(applied?.commands[0]?.text).toBe(
    name.startsWith('nft')
      ? 'nsenter --net --target PID nft insert rule ip nat OUT oifname "lo" ip saddr 127.0.0.6 return'
      : 'nsenter --net --target PID iptables -t nat -I OUT 1 -s 127.0.0.6/32 -o lo -j RETURN',
  );
});

test('rows that are counted take no row more', () => {
  const rows = LISTING.replaceAll(/^ {4}0 {5}0 /gm, '1        0     0 ').replaceAll(/^ pkts/gm, 'num   pkts');
  const scenario = scenarioOf(rows);
  expect(simulate(scenario).trace.outcome).toBe('loop');
  expect(cure(scenario)).toBeNull();
});

test('a proxy whose own calls out come back to it passes by its user', () => {
  const outbound = `*nat\n:OUTPUT ACCEPT [0:0]\n:OUT - [0:0]\n-A OUTPUT -p tcp -j OUT\n-A OUT -d 127.0.0.1/32 -j RETURN\n-A OUT -p tcp -j REDIRECT --to-ports 15001\nCOMMIT\n`;
  const { request } = scenarioOf('');
  const pods: Scenario['pods'] = [
    { name: 'shop', role: 'client', addresses: ['10.3.0.9'], paste: outbound },
    { name: 'web', role: 'server', addresses: ['10.3.0.7'], paste: NOTATIONS['iptables-save'] ?? '' },
  ];
  const scenario: Scenario = { version: 1, title: '', request, pods };
  expect(simulate(scenario).trace.outcome).toBe('loop');
  const applied = cure(scenario);
  expect(applied?.patches[0]?.after).toBe('-A OUT -m owner --uid-owner 1337 -j RETURN\n');
  const once = applied?.scenario ?? scenario;
  expect(simulate(once).trace.hops.some(({ event }) => event.code === 'network.leaves')).toBe(true);
});
