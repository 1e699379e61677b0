// What is made of each chain of a table, and made again only of the chains that an edit changed.
import type { Chain, Table } from './ruleset.ts';

/** What was made of the chains that stand at the same places. */
interface Made<V> {
  readonly chains: readonly (object | undefined)[];
  readonly values: readonly V[];
}

/** `make` must tell no places in the text, and nothing of other chains: it holds wherever the chain stands. */
export function perChain<V>(make: (chain: Chain, table: Table) => V): (table: Table) => readonly V[] {
  const last = new WeakMap<object, Made<V>>();
  return (table) => {
    const before = table.origin && last.get(table.origin);
    const chains = table.chains.map(({ identity }) => identity);
    const values = table.chains.map((chain, i): V => {
      const isSame = chain.identity !== undefined && before?.chains[i] === chain.identity;
      const known = isSame ? before.values[i] : undefined;
      return known ?? make(chain, table);
    });
    if (table.origin) last.set(table.origin, { chains, values });
    return values;
  };
}
