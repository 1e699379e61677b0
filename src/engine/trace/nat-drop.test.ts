// DROP in a nat table: iptables would not load it, and the kernel asks for it only while something tracks connections.
// The walks are the kernel's (Linux 6.18): dropped beside a redirect, let through without one.
import { expect, test } from 'vitest';
import { PLAIN_REQUEST } from '../scenario.ts';
import { simulate } from './simulate.ts';

const SAVED = `*nat
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A PREROUTING -p tcp -m tcp --dport 8080 -j DROP
COMMIT
`;
const NFT = `table ip nat {
  chain PREROUTING {
    type nat hook prerouting priority dstnat; policy accept;
    tcp dport 8080 drop
  }
}
`;
const REDIRECT = `-A OUTPUT -p tcp -m tcp --dport 9080 -j REDIRECT --to-ports 15001
COMMIT`;

function found(paste: string) {
  const request = { ...PLAIN_REQUEST, from: '10.4.0.9:50000', to: '10.4.0.7:8080', protocol: 'tcp' as const };
  const pods = [{ name: 'web', role: 'server' as const, addresses: ['10.4.0.7'], paste }];
  const { outcome, findings } = simulate({ version: 1, title: '', request, pods }).trace;
  return [outcome, ...findings.map(({ code }) => code).filter((code) => code.startsWith('finding.nat-'))];
}

test.each([
  ['iptables-save', SAVED, ['delivered', 'finding.nat-drop-refused', 'finding.nat-idle']],
  ['beside a redirect', SAVED.replace('COMMIT', REDIRECT), ['dropped', 'finding.nat-drop-refused']],
  ['nft', NFT, ['delivered', 'finding.nat-idle']],
  ['none', SAVED.replace('DROP', 'RETURN'), ['delivered']],
])('%s', (_, paste, expected) => {
  expect(found(paste)).toEqual(expected);
});

function codes(paste: string): string[] {
  const pods = [{ name: 'web', role: 'server' as const, addresses: ['10.4.0.7'], paste }];
  return simulate({ version: 1, title: '', request: null, pods }).trace.findings.map(({ code }) => code);
}

test('what nft only names is said to stay open; what it prints whole is not', () => {
  const named = NFT.replace(
    'tcp dport 8080 drop',
    'xt match "owner" counter packets 0 bytes 0 xt target "REDIRECT"',
  );
  expect(codes(named)).toContain('finding.rules-opaque');
  expect(codes(NFT)).not.toContain('finding.rules-opaque');
});
