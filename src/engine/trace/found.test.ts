import { expect, test } from 'vitest';
import { scenarioOfPaste } from '../scenario.ts';
import { simulate } from './simulate.ts';

test('what was found stands with its lines, what it holds, what is wrong and what is missing', () => {
  const paste =
    'Hello\n\n$ iptables -t nat -S\n-P OUTPUT ACCEPT\n-A OUTPUT -p tcp -j ACCEPT\n%%%\n-A OUTPUT -j ACCEPT\n';
  const [pod] = simulate(scenarioOfPaste(paste)).pods;
  expect(pod?.documents).toMatchObject([
    { kind: 'prose', firstLine: 1, lastLine: 1 },
    {
      kind: 'iptables-rules',
      command: 'iptables -t nat -S',
      firstLine: 4,
      lastLine: 7,
      facts: [{ code: 'found.table', parameters: { table: 'nat', rules: 2 } }],
      problems: [{ severity: 'error', line: 6, column: 1 }],
    },
  ]);
  expect(pod?.missing.map(({ code }) => code)).toEqual([
    'missing.listeners',
    'missing.clusters',
    'missing.log',
    'missing.address',
  ]);
  expect(pod?.missing.flatMap(({ commands }) => commands.map(({ text }) => text))).toContain(
    'kubectl logs -n NAMESPACE POD -c istio-proxy --tail=20',
  );
});
