// The map of netfilter: the kernel's own grid, lit where the pass went.
import { expect, test } from 'vitest';
import { simulate } from '../engine/trace/simulate.ts';
import { sampleOf } from './samples.ts';
import { hookMapOf } from '../graph/hook-map.ts';

const { trace } = simulate(sampleOf('tproxy-keeps-client')!.scenario);

/** `table HOOK: chains` of every lit cell. */
function litAt(n: number): string[] {
  const map = hookMapOf(trace, trace.hops.find((hop) => hop.n === n) ?? null);
  return (map?.rows ?? []).flatMap(({ table, cells }) =>
    cells
      .filter(({ chains }) => chains.length > 0)
      .map(({ hook, chains }) => `${table} ${hook}: ${chains.map(({ name }) => name).join(' ')}`),
  );
}

test('TPROXY catches in mangle, at PREROUTING', () => {
  const caught = trace.hops.find(({ event }) => event.code === 'kernel.tproxy');
  expect(litAt(caught?.n ?? 0)).toContain('mangle PREROUTING: PREROUTING ISTIO_INBOUND ISTIO_TPROXY');
});

test('a reply goes by no chain of nat', () => {
  const replies = trace.hops.filter(({ packet, table }) => packet === 'reply' && table !== null);
  expect(replies.length).toBeGreaterThan(0);
  for (const { n } of replies) expect(litAt(n).filter((cell) => cell.startsWith('nat '))).toEqual([]);
});

test('the grid has no nat at FORWARD and no filter at PREROUTING; one chain is current', () => {
  const hop = trace.hops.find(({ chain }) => chain === 'ISTIO_INBOUND') ?? null;
  const map = hookMapOf(trace, hop);
  const cell = (table: string, hook: string) =>
    map?.rows.find((row) => row.table === table)?.cells.find((each) => each.hook === hook);
  expect([cell('nat', 'FORWARD')?.exists, cell('filter', 'PREROUTING')?.exists]).toEqual([false, false]);
  const chains = map?.rows.flatMap(({ cells }) => cells.flatMap((each) => each.chains)) ?? [];
  expect(chains.filter(({ isCurrent }) => isCurrent).map(({ name }) => name)).toEqual(['ISTIO_INBOUND']);
});
