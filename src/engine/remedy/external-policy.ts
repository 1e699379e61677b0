// externalTrafficPolicy Local: kube-proxy marks nothing for masquerade on the way from outside.
// https://kubernetes.io/docs/tutorials/services/source-ip/ ; kubernetes pkg/proxy/iptables, pkg/proxy/nftables
import { lineSpanAt, textAt } from '../../base/source.ts';
import type { Rule } from '../../documents/iptables/ruleset.ts';
import type { Pod } from '../trace/pod.ts';
import { patchAt, type Patch } from './edit.ts';
import { withoutObservations } from './rules-patch.ts';

/** The chains that take what comes from outside, of the iptables and of the nftables mode. */
const EXTERNAL = /^(?:KUBE-(?:EXT|XLB|FW|NODEPORTS)|external-)/;
const MARKING = new Set(['KUBE-MARK-MASQ', 'mark-for-masquerade']);

/** The node's rules, and the policy in a Service that was pasted with them. Null when nothing is marked. */
export function localPolicyPatches(pod: Pod): Patch[] | null {
  const rules = pod.rules.ruleset.tables.flatMap(({ chains }) =>
    chains.filter(({ name }) => EXTERNAL.test(name)).flatMap(({ rules: own }) => own),
  );
  const marking = rules.filter(marks);
  if (marking.length === 0 || pod.rules.paste.supplied !== null) return null;
  return [
    ...withoutObservations(pod),
    ...marking.map((rule) => withoutLine(pod, rule)),
    ...servicePatches(pod),
  ];
}

function marks({ targets }: Rule): boolean {
  return targets.some(({ action }) => action.kind === 'jump' && MARKING.has(action.chain));
}

/** A rule that stands alone in its line goes with the line. */
function withoutLine({ name, paste }: Pod, { span }: Rule): Patch {
  const line = lineSpanAt(paste.source, span.from);
  const alone = textAt(paste.source, line).trim() === textAt(paste.source, span).trim();
  const whole = { from: line.from, to: Math.min(line.to + 1, paste.source.text.length) };
  const kind = paste.documents.find((each) => each.span.from <= span.from && span.from < each.span.to)?.kind;
  return patchAt(name, kind ?? 'iptables-save', paste.source, alone ? whole : span, '');
}

/** YAML or JSON; the value alone is replaced. */
export function servicePatches({ name, paste }: Pod): Patch[] {
  const objects = paste.all.filter(({ kind }) => kind === 'kube-object');
  return objects.flatMap(({ span }) =>
    [...textAt(paste.source, span).matchAll(/(externalTrafficPolicy["']?\s*:\s*["']?)Cluster\b/g)].map(
      (match) => {
        const from = span.from + match.index + (match[1]?.length ?? 0);
        return patchAt(name, 'kube-object', paste.source, { from, to: from + 'Cluster'.length }, 'Local');
      },
    ),
  );
}
