// A loop: the rule that lets the proxy's own connection pass, in front of the chain that catches it, in the notation that
// was pasted. Istio's own rule is tools/istio-iptables/pkg/capture/run.go: `-o lo -s 127.0.0.6/32 -j RETURN`.
import { lineSpanAt, textAt } from '../../base/source.ts';
import type { Rule } from '../../documents/iptables/ruleset.ts';
import { returnRule, returnRuleOfNft, type MissingReturn } from '../trace/missing-return.ts';
import type { Pod } from '../trace/pod.ts';
import { patchAt, type Patch } from './edit.ts';
import { withoutObservations } from './rules-patch.ts';

/** Null where the rules are in a notation that takes no line more: JSON, listings that hide interfaces or count lines. */
export function returnRulePatches(pod: Pod, missing: MissingReturn): Patch[] | null {
  const { name, rules } = pod;
  const table = rules.ruleset.tables.find((each) => each.name === missing.table);
  const [first] = table?.chains.find((chain) => chain.name === missing.chain)?.rules ?? [];
  if (!first || rules.paste.supplied !== null) return null;
  const document = pod.paste.documents.find(
    ({ span }) => span.from <= first.span.from && first.span.to <= span.to,
  );
  const line = document && lineFor(pod, first, missing);
  if (!document || !line) return null;
  const at = { from: lineSpanAt(pod.paste.source, first.span.from).from };
  const patch = patchAt(name, document.kind, pod.paste.source, { ...at, to: at.from }, `${line}\n`);
  return [...withoutObservations(pod), patch];
}

/** A line like the one it stands before. */
function lineFor({ paste }: Pod, first: Rule, missing: MissingReturn): string | null {
  const line = textAt(paste.source, lineSpanAt(paste.source, first.span.from));
  const appends = /^(.*?(?:-A|--append|-I|--insert)\s+\S+)\s/.exec(line);
  if (appends) return `${appends[1]} ${returnRule(missing)}`;
  const added = /^(.*?\b(?:add|insert)\s+rule\s+(?:ip6?\s+|inet\s+)?\S+\s+\S+)\s/.exec(line);
  if (added) return `${added[1]} ${returnRuleOfNft(missing)}`;
  const listed = listedRow(line, missing);
  if (listed) return listed;
  return /^\s*(?:\{|"|chain\b)|^\S*\s*\d+\s/.test(line) || / -- /.test(line)
    ? null
    : `${/^\s*/.exec(line)?.[0] ?? ''}${returnRuleOfNft(missing)}`;
}

/** `iptables -L -v`: packets, bytes, target, prot, opt, in, out, source, destination. */
function listedRow(line: string, { by, value, family }: MissingReturn): string | null {
  if (!/^\s*\d+\w?\s+\d+\w?\s+\S+\s+\S+\s+(?:--\s+)?\S+\s+\S+\s+\S+[.:]\S*\s+\S+/.test(line)) return null;
  const any = family === 4 ? '0.0.0.0/0' : '::/0';
  const opt = family === 4 ? '--' : '  ';
  const source = (by === 'source' ? value : any).padEnd(20);
  const owner = by === 'source' ? '' : `            owner ${by.toUpperCase()} match ${value}`;
  return `    0     0 RETURN     all  ${opt}  *      ${by === 'source' ? 'lo' : '* '}      ${source} ${any}${owner}`;
}
