import { expect, test } from 'vitest';
import { simulate } from './simulate.ts';

const ASKED = '$ kubectl exec orders-6d9f7c8b5-x2k4p -n shop -c istio-proxy -- iptables-save\n';

function ask(paste: string) {
  const pods = [{ name: 'orders', role: 'server' as const, addresses: [], paste }];
  return simulate({ version: 1, title: '', request: null, pods });
}

test.each([
  'iptables-save v1.8.7 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root)',
  "iptables v1.8.4 (legacy): can't initialize iptables table `nat': Permission denied (you must be root)",
  'nsenter: cannot open /proc/4711/ns/net: Permission denied',
  'Error: Could not process rule: nft: Operation not permitted',
])('%s: the rules are not known, and the commands that get them are those of the pod', (line) => {
  const { trace, pods } = ask(`${ASKED}${line}\ncommand terminated with exit code 4\n`);
  const said = trace.findings.find(({ code }) => code === 'finding.command-refused');
  expect(said?.evidence.map((each) => [each.line, each.text])).toEqual([[2, line]]);
  expect(said?.parameters['first']).toMatch(
    /^kubectl debug -n shop orders-6d9f7c8b5-x2k4p .*--profile=netadmin/,
  );
  expect(said?.parameters['second']).toBe('kubectl logs -n shop orders-6d9f7c8b5-x2k4p -c istio-init');
  expect(pods[0]?.documents[0]?.problems.map(({ code }) => code)).toEqual(['paste.refused']);
});

test('other words about permission are none', () => {
  const { trace } = ask('ssh: Permission denied (publickey).\niptables is permitted here.\n');
  expect(trace.findings.map(({ code }) => code)).not.toContain('finding.command-refused');
});
