// Trace + current hop -> netfilter's tables over its hooks, as a map: where a table hangs at a hook, and which chains this
// pass of the packet through the kernel went by there. The grid is the kernel's own (net/ipv4/netfilter/iptable_*.c).
import type { Hop, Trace } from '../engine/trace/trace.ts';
import { visitsOf, type Visit } from './visits.ts';

export const HOOKS = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'] as const;
type Hook = (typeof HOOKS)[number];

/** Where each table hangs. */
const GRID: Readonly<Record<string, readonly Hook[]>> = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: HOOKS,
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
};

export interface MapChain {
  readonly name: string;
  /** The hops of this pass in the chain. */
  readonly hops: readonly Hop[];
  readonly isCurrent: boolean;
}

export interface MapCell {
  readonly hook: Hook;
  /** False where the table has no chain at the hook. */
  readonly exists: boolean;
  /** In the order in which the packet went by them; empty where no chain decided anything. */
  readonly chains: readonly MapChain[];
}

export interface HookMap {
  readonly pod: string;
  readonly packet: Hop['packet'];
  readonly connection: number;
  readonly rows: readonly { readonly table: string; readonly cells: readonly MapCell[] }[];
}

/** Of the pass that the current hop is in, else of the one before it, else of the first. Null when no kernel is passed. */
export function hookMapOf(trace: Trace, current: Hop | null): HookMap | null {
  const passes = visitsOf(trace).filter(
    ({ place, hops }) => place === 'kernel' && hops.some(({ table }) => table),
  );
  const n = current?.n ?? 0;
  const pass = passes.findLast(({ hops }) => hops[0].n <= n) ?? passes[0];
  if (!pass?.pod) return null;
  const named = pass.hops.flatMap(({ table }) => table ?? []);
  const tables = [...new Set([...Object.keys(GRID), ...named])];
  const rows = tables.filter((table) => GRID[table] || named.includes(table));
  const [{ packet, connection }] = pass.hops;
  return {
    pod: pass.pod,
    packet,
    connection,
    rows: rows.map((table) => ({ table, cells: HOOKS.map((hook) => cellOf(pass, table, hook, n)) })),
  };
}

function cellOf({ hops }: Visit, table: string, hook: Hook, n: number): MapCell {
  const here = hops.filter((hop) => hop.table === table && hop.hook === hook);
  const names = [...new Set(here.flatMap(({ chain }) => chain ?? []))];
  return {
    hook,
    exists: GRID[table]?.includes(hook) ?? here.length > 0,
    chains: names.map((name) => {
      const own = here.filter(({ chain }) => chain === name);
      return { name, hops: own, isCurrent: own.some((hop) => hop.n === n) };
    }),
  };
}
