// The rules of a pod -> patches that put others in their place, or one line more into them.
import type { Document } from '../../documents/document.ts';
import type { InitArguments } from '../../documents/istio/init-arguments.ts';
import { sees, type Chain, type Ruleset } from '../../documents/iptables/ruleset.ts';
import { initRules } from '../mesh/istio-init.ts';
import type { Pod } from '../trace/pod.ts';
import { appended, patchAt, type Patch } from './edit.ts';

/** The rules of these arguments instead of whatever rules or arguments were pasted; null when they cannot be made. */
export function rulesInstead(pod: Pod, asked: InitArguments): Patch[] | null {
  const family = pod.addresses[0]?.family ?? 4;
  const text = initRules(asked, family);
  return text === null ? null : textInstead(pod, `${text.trimEnd()}\n`);
}

/** That text instead of the pod's rules; behind its paste when it has none. */
export function textInstead(pod: Pod, text: string): Patch[] {
  const { paste, name } = pod;
  const family = pod.addresses[0]?.family ?? 4;
  const [first, ...others] = paste.documents.filter((document) => isRulesFor(document, family));
  const kind = text.startsWith('table ') ? 'nft-ruleset' : 'iptables-save';
  if (!first) return [appended(name, kind, paste.source.text, text)];
  return [
    patchAt(name, kind, paste.source, first.span, text.trimEnd()),
    ...others.map((document) => patchAt(name, document.kind, paste.source, document.span, '')),
  ];
}

function isRulesFor({ content }: Document, family: 4 | 6): boolean {
  if (content.kind === 'istio-init') return true;
  return content.kind === 'ruleset' && content.ruleset.tables.some((table) => sees(table.family, family));
}

/** Log lines tell of what was before the remedy: they go. */
export function withoutLogs({ paste, name }: Pod): Patch[] {
  return paste.documents
    .filter(({ kind }) => kind === 'access-log')
    .map((document) => patchAt(name, document.kind, paste.source, document.span, ''));
}

/** In each table, the chain that PREROUTING hands packets to; PREROUTING itself when it hands none over. */
export function capturingChains({ tables }: Ruleset): Chain[] {
  return tables.flatMap(({ chains }) => {
    const base = chains.find(({ base, rules }) => base?.hook === 'prerouting' && rules.length > 0);
    const jump = base?.rules.flatMap(({ targets }) => targets).find(({ action }) => action.kind === 'jump');
    const name = jump?.action.kind === 'jump' ? jump.action.chain : null;
    return chains.find((chain) => chain.name === name) ?? base ?? [];
  });
}
