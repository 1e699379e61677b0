// A table of which only some lines were pasted -> what shows that, and the hooks of which nothing is known then.
// A dump declares its chains (`:X`, `-P`, `-N`, `Chain X`); only a table that declares none is looked at.
import { perObject } from '../../base/lazy.ts';
import type { Span } from '../../base/source.ts';
import { builtinChain } from './builtin.ts';
import { chainsByName } from './contents.ts';
import type { Chain, Ruleset, Table } from './ruleset.ts';
import { possibleActions } from './target.ts';

/** A chain that the lines speak of and that is not among them, one that nothing leads to, a hook's own, or one that was cut off. */
export interface Gap {
  readonly kind: 'jumped-to' | 'reached-from-nowhere' | 'hook' | 'cut-off';
  readonly chain: string;
  readonly span: Span;
}

/** Where connections are captured: these chains must be known before a request can be followed. */
const CAPTURING = ['PREROUTING', 'OUTPUT'];

function jumpsIn({ rules }: Chain): { readonly chain: string; readonly span: Span }[] {
  return rules.flatMap(({ targets, span }) =>
    targets
      .flatMap(({ action }) => possibleActions(action))
      .flatMap((action) =>
        action.kind === 'jump' || action.kind === 'goto' ? [{ chain: action.chain, span }] : [],
      ),
  );
}

/** None where the table is whole, or may be. `span` is the line that shows it. */
export const gapsIn = perObject((table: Table): readonly Gap[] => {
  if (table.chains.some(({ span }) => span !== null)) return cutOffIn(table);
  const shown = [...missingIn(table), ...orphansIn(table)];
  const [first] = shown;
  const hooks = first ? CAPTURING.filter((name) => lacksHook(table, name)) : [];
  return [...shown, ...hooks.flatMap((chain): Gap[] => (first ? [{ ...first, kind: 'hook', chain }] : []))];
});

function cutOffIn({ chains }: Table): Gap[] {
  return chains.flatMap(({ name, cutBy }): Gap[] =>
    cutBy ? [{ kind: 'cut-off', chain: name, span: cutBy }] : [],
  );
}

/**
 * A table that no COMMIT closes: rules may follow in the chain of its last line, and in those that a dump prints behind it.
 * `last` is that line. A dump prints chains as it declares them; where this one does not, any empty chain may come behind.
 */
export function cutOff(table: Table, last: Span): Table {
  const { chains } = table;
  const at = chains.findIndex(({ rules }) =>
    rules.some(({ span }) => last.from <= span.from && span.to <= last.to),
  );
  const ruled = chains.filter(({ rules }) => rules.length > 0);
  const starts = ruled.map(({ rules }) => rules[0]?.span.from ?? 0);
  const inOrder = starts.every((from, i) => i === 0 || (starts[i - 1] ?? 0) < from);
  const open = (chain: Chain, i: number) =>
    i === at || (chain.rules.length === 0 && (inOrder ? i > at : chain.base === null));
  return { ...table, chains: chains.map((chain, i) => (open(chain, i) ? { ...chain, cutBy: last } : chain)) };
}

function missingIn(table: Table): Gap[] {
  const known = chainsByName(table);
  const lines = new Map<string, Span>();
  for (const { chain, span } of table.chains.flatMap(jumpsIn))
    if (!known.has(chain) && !lines.has(chain)) lines.set(chain, span);
  return [...lines].map(([chain, span]) => ({ kind: 'jumped-to', chain, span }));
}

function orphansIn({ chains }: Table): Gap[] {
  const reached = new Set(chains.flatMap(jumpsIn).map(({ chain }) => chain));
  return chains.flatMap(({ name, base, rules: [first] }): Gap[] =>
    base || reached.has(name) || !first
      ? []
      : [{ kind: 'reached-from-nowhere', chain: name, span: first.span }],
  );
}

function lacksHook(table: Table, name: string): boolean {
  return builtinChain(table.name, name, 'accept') !== null && !chainsByName(table).has(name);
}

function withHooks(table: Table): Table {
  const added = gapsIn(table).flatMap(({ kind, chain, span }): Chain[] => {
    const base = kind === 'hook' ? builtinChain(table.name, chain, 'accept') : null;
    return base ? [{ name: chain, base, rules: [], counters: null, span: null, cutBy: span }] : [];
  });
  return added.length === 0 ? table : { ...table, chains: [...table.chains, ...added], origin: {} };
}

/** The ruleset with the chains of hooks that were not printed, at which a walk ends undecided. */
export function withUnprintedHooks(ruleset: Ruleset): Ruleset {
  const isWhole = ruleset.tables.every((table) => gapsIn(table).length === 0);
  return isWhole ? ruleset : { tables: ruleset.tables.map(withHooks) };
}
