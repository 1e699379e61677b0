// The built-in chains of iptables' tables: their hooks and priorities.
// Kernel: include/uapi/linux/netfilter_ipv4.h (enum nf_ip_hook_priorities); iptables: iptables/nft.c (xtables_ipv4).
import type { BaseChain, Hook } from './ruleset.ts';

const HOOKS: ReadonlyMap<string, Hook> = new Map([
  ['PREROUTING', 'prerouting'],
  ['INPUT', 'input'],
  ['FORWARD', 'forward'],
  ['OUTPUT', 'output'],
  ['POSTROUTING', 'postrouting'],
]);

interface BuiltinTable {
  readonly chains: readonly string[];
  readonly priority: number;
}

const TABLES: Readonly<Record<string, BuiltinTable>> = {
  raw: { chains: ['PREROUTING', 'OUTPUT'], priority: -300 },
  mangle: { chains: [...HOOKS.keys()], priority: -150 },
  nat: { chains: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'], priority: -100 },
  filter: { chains: ['INPUT', 'FORWARD', 'OUTPUT'], priority: 0 },
  // 50 in the legacy back end; nf_tables (the default since 1.8) hangs it behind nat INPUT
  security: { chains: ['INPUT', 'FORWARD', 'OUTPUT'], priority: 150 },
};

/** Source NAT runs behind the filters: INPUT and POSTROUTING of the nat table. */
const SOURCE_NAT_PRIORITY = 100;

export function isBuiltinTable(name: string): boolean {
  return Object.hasOwn(TABLES, name);
}

export function isBuiltinChain(name: string): boolean {
  return HOOKS.has(name);
}

/** What a built-in chain of that table is in the kernel; null for a user-defined chain or an unknown table. */
export function builtinChain(table: string, chain: string, policy: BaseChain['policy']): BaseChain | null {
  const hook = HOOKS.get(chain);
  if (!hook) return null;
  const known = Object.hasOwn(TABLES, table) ? TABLES[table] : undefined;
  if (!known?.chains.includes(chain)) return null;
  const type = table === 'nat' ? 'nat' : table === 'mangle' && hook === 'output' ? 'route' : 'filter';
  const sourceNat = table === 'nat' && (hook === 'input' || hook === 'postrouting');
  return { type, hook, priority: sourceNat ? SOURCE_NAT_PRIORITY : known.priority, policy };
}
