// Which table a listing without one shows. Targets and chains that only one table can hold prove it
// (iptables-extensions(8): "only valid in the nat table"); else it is assumed, and said so.
import { diagnostic, type Diagnostic } from '../../base/diagnostic.ts';
import type { Span } from '../../base/source.ts';
import { builtinChain, isBuiltinChain } from './builtin.ts';

/** Targets that load in one table alone; net/netfilter/xt_*.c, `.table`. */
const PROOFS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:REDIRECT|DNAT|SNAT|MASQUERADE|NETMAP)\b/, 'nat'],
  [/\bTPROXY\b/, 'mangle'],
  [/(?:-j|^|\s)(?:CT|NOTRACK)\s/m, 'raw'],
];

/** In the order in which they are assumed: `filter` is iptables' own default. */
const CANDIDATES = ['filter', 'raw', 'nat', 'mangle'];

const CHAIN_NAME = /^\s*(?:\[\d+:\d+\]\s*)?(?:-[PA]|Chain)\s+(\S+)/gm;

export interface InferredTable {
  readonly table: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** The table that was given, that the text proves, or else the first that has all the built-in chains named in it. */
export function inferTable(given: string | null, text: string, span: Span): InferredTable {
  if (given !== null) return { table: given, diagnostics: [] };
  const proven = PROOFS.find(([pattern]) => pattern.test(text))?.[1];
  if (proven !== undefined)
    return {
      table: proven,
      diagnostics: [diagnostic('info', 'rules.table.inferred', span, { table: proven })],
    };
  const chains = [...text.matchAll(CHAIN_NAME)].map((match) => match[1] ?? '').filter(isBuiltinChain);
  const table =
    CANDIDATES.find((name) => chains.every((chain) => builtinChain(name, chain, 'accept'))) ?? 'filter';
  return { table, diagnostics: [diagnostic('warning', 'rules.table.assumed', span, { table })] };
}
