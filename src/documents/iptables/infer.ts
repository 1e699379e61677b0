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

/** What is by custom in one table, though the kernel loads it in others too: these targets, and chains named for one. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\s)(?:MARK|CONNMARK)\s|(?:-[AjgN]|Chain)\s+\S*(?:TPROXY|DIVERT)/m, 'mangle'],
  [/(?:-[AjgN]|Chain)\s+\S*(?:REDIR|DNAT|SNAT|MASQ)/, 'nat'],
];

/** In the order in which they are assumed: `filter` is iptables' own default. What `raw` is for has its own targets. */
const CANDIDATES = ['filter', 'nat', 'mangle'];

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
  const signs = SIGNS.flatMap(([pattern, name]) => (pattern.test(text) ? [name] : []));
  const fits = (name: string) => chains.every((chain) => builtinChain(name, chain, 'accept'));
  const table = [...signs, ...CANDIDATES].find(fits) ?? 'filter';
  return { table, diagnostics: [diagnostic('warning', 'rules.table.assumed', span, { table })] };
}
