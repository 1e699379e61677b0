import { expect, it } from 'vitest';
import { EXAMPLE_HOP } from '../../engine/trace/example-hop.ts';
import type { Evidence, Hop, Trace } from '../../engine/trace/trace.ts';
import { wordsOf } from '../../i18n/languages.ts';
import { marksOf } from './marks-of.ts';

function evidence(pod: string, line: number, supplied = false): Evidence {
  return {
    pod,
    document: 'iptables-save',
    line,
    column: 1,
    text: 'x',
    from: line * 10,
    to: line * 10 + 5,
    supplied,
  };
}

function hop(n: number, src: string, proof: readonly Evidence[]): Hop {
  const at = { src, dst: '10.0.0.2:80', iif: null, oif: null, mark: 0 };
  return {
    ...EXAMPLE_HOP,
    n,
    pod: 'web',
    before: at,
    after: at,
    evidence: proof,
  };
}

const trace: Trace = {
  version: 1,
  hops: [
    hop(1, '10.0.0.1:1', [evidence('web', 3)]),
    hop(2, '127.0.0.6:1', [evidence('web', 7), evidence('other', 1)]),
    hop(3, '127.0.0.6:1', [evidence('web', 3), evidence('web', 9, true)]),
  ],
  sourceChanges: [],
  app: { remoteAddress: null, remotePort: null, xForwardedFor: null, proxyHeader: null },
  outcome: 'delivered',
  lap: null,
  findings: [],
};

const found = { name: 'web', documents: [], missing: [], pods: [] };

it('marks each line that decided with its hops and the colour of the source, what was supplied left out', () => {
  const { decided } = marksOf(trace, null, 'web', found, wordsOf('en'));
  expect(decided).toEqual([
    { line: 3, hops: [1, 3], source: 1 },
    { line: 7, hops: [2], source: 1 },
  ]);
});

it('lights the lines of the current hop that stand in this pod', () => {
  const { evidence: lit, current } = marksOf(trace, trace.hops[1] ?? null, 'web', found, wordsOf('en'));
  expect(lit.map(({ from }) => from)).toEqual([70]);
  expect(current).toBe(2);
});

it('tells where a problem is and what it is', () => {
  const problem = {
    severity: 'warning',
    code: 'rules.chain.missing',
    parameters: { chain: 'X' },
    line: 4,
    column: 2,
    from: 31,
    to: 40,
  } as const;
  const document = {
    kind: 'iptables-save',
    command: null,
    pod: null,
    belongs: 'own',
    firstLine: 1,
    lastLine: 9,
    from: 0,
    to: 90,
    facts: [],
    problems: [problem],
  } as const;
  const { problems } = marksOf(trace, null, 'web', { ...found, documents: [document] }, wordsOf('en'));
  expect(problems).toEqual([
    {
      from: 31,
      to: 40,
      severity: 'warning',
      message: 'Line 4, column 2: Chain X is jumped to but is not in the paste.',
    },
  ]);
});
