// Pasted rules that can never match, stand twice, or are but an excerpt -> findings, one a kind and pod, with the lines.
import { canDo } from '../../documents/iptables/contents.ts';
import { kindsOf } from '../../documents/iptables/ruleset.ts';
import { missingPieces } from '../mesh/session/missing.ts';
import { spokenPod } from '../mesh/session/own-documents.ts';
import { tracksConnections } from '../netfilter/activation.ts';
import { lint, type RuleFact } from '../netfilter/lint.ts';
import { evidenceAt } from './evidence.ts';
import type { Pod } from './pod.ts';
import type { Finding } from './trace.ts';

const CODES: Readonly<Record<RuleFact['kind'], string>> = {
  unreachable: 'finding.rules-unreachable',
  shadowed: 'finding.rules-shadowed',
  duplicate: 'finding.rules-duplicate',
};

/** Of many such rules, so many are quoted. */
const QUOTED = 6;

/** Lines of a set that istio-init makes: the rest of it was supplied. */
function excerptOf({ rules, paste, name }: Pod): Finding[] {
  const [first] = [...rules.printed.values()];
  if (!first) return [];
  const all = rules.ruleset.tables.flatMap(({ chains }) => chains.flatMap((chain) => chain.rules));
  const parameters = { pod: name, printed: rules.printed.size, assumed: all.length - rules.printed.size };
  const evidence = [...rules.printed.values()].map((span) => evidenceAt(paste, span));
  return [{ code: 'finding.rules-excerpt', severity: 'info', hop: null, parameters, evidence }];
}

/** A dump that was cut: the chains that belong to it and were not printed. */
function cutOf({ name, paste, rules: { gaps } }: Pod): Finding[] {
  const missing = gaps.filter(({ kind }) => kind !== 'reached-from-nowhere');
  if (missing.length === 0) return [];
  const parameters = { pod: name, chains: [...new Set(missing.map(({ chain }) => chain))].join(', ') };
  const lines = [...new Set(gaps.map(({ span }) => span))].slice(0, QUOTED);
  const evidence = lines.map((span) => evidenceAt(paste, span));
  return [{ code: 'finding.rules-cut', severity: 'warning', hop: null, parameters, evidence }];
}

/** Rules that were asked for and not shown: what gets them. */
function refusedIn({ name, paste }: Pod): Finding[] {
  const refused = paste.all.flatMap(({ diagnostics }) =>
    diagnostics.flatMap(({ code, span }) => (code === 'paste.refused' ? [span] : [])),
  );
  if (refused.length === 0) return [];
  const spoken = paste.attachment && spokenPod(name, paste.attachment);
  const asked = { name: spoken?.instances.at(-1) ?? null, namespace: spoken?.namespace ?? null };
  const [piece] = missingPieces(['missing.rules'], asked);
  const [first = '', second = ''] = piece?.commands.map(({ text }) => text) ?? [];
  const evidence = refused.map((span) => evidenceAt(paste, span));
  const parameters = { pod: name, first, second };
  return [{ code: 'finding.command-refused', severity: 'warning', hop: null, parameters, evidence }];
}

/**
 * Filtering in a nat chain: iptables does not load it, nft does; and where no rule makes the kernel track connections, it
 * asks no nat chain at all. iptables/libiptc (nat is not for filtering), nf_nat_inet_fn.
 */
function natDrops({ name, paste, rules: { ruleset } }: Pod): Finding[] {
  if (!canDo(ruleset, 'drop')) return [];
  const chains = ruleset.tables.flatMap((table) =>
    table.chains.some(({ base }) => base?.type === 'nat') ? table.chains : [],
  );
  const drops = chains.flatMap((chain) =>
    chain.rules
      .filter((rule) => kindsOf(rule).targets.some(({ action }) => action.kind === 'drop'))
      .map((rule) => ({ text: `${chain.name} #${rule.number}`, evidence: evidenceAt(paste, rule.span) })),
  );
  if (drops.length === 0) return [];
  const parameters = { pod: name, rules: drops.map(({ text }) => text).join(', ') };
  const evidence = drops.slice(0, QUOTED).map((drop) => drop.evidence);
  const refused = drops.some(({ evidence: { document: kind } }) => kind.startsWith('iptables'));
  const idle = !tracksConnections(ruleset, 4) && !tracksConnections(ruleset, 6);
  const codes = [...(refused ? ['finding.nat-drop-refused'] : []), ...(idle ? ['finding.nat-idle'] : [])];
  return codes.map((code) => ({ code, severity: 'warning', hop: null, parameters, evidence }));
}

/** `xt match "owner"`: of iptables' extensions nft prints the name alone. No remedy rewrites what nobody can read. */
function opaqueIn({ name, paste }: Pod): Finding[] {
  const hidden = paste.documents.flatMap(({ diagnostics }) =>
    diagnostics.filter(({ code }) => code === 'rules.extension.hidden'),
  );
  if (hidden.length === 0) return [];
  const evidence = hidden.slice(0, QUOTED).map(({ span }) => evidenceAt(paste, span));
  const parameters = { pod: name, count: hidden.length };
  return [{ code: 'finding.rules-opaque', severity: 'warning', hop: null, parameters, evidence }];
}

export function ruleFindings(pod: Pod): Finding[] {
  const { rules, name } = pod;
  if (rules.paste.supplied !== null) return [...refusedIn(pod), ...cutOf(pod), ...excerptOf(pod)];
  const facts = lint(rules.ruleset);
  const linted = (['unreachable', 'shadowed', 'duplicate'] as const).flatMap((kind): Finding[] => {
    const found = facts.filter((fact) => fact.kind === kind);
    if (found.length === 0) return [];
    const told = found.slice(0, QUOTED);
    const list = told.map(({ chain, rule }) => `${chain.name} #${rule.number}`).join(', ');
    const spans = told.flatMap(({ rule, because }) => [rule.span, because.span]);
    const evidence = spans.map((span) => evidenceAt(rules.paste, span));
    const parameters = { pod: name, count: found.length, rules: list };
    return [{ code: CODES[kind], severity: 'info', hop: null, parameters, evidence }];
  });
  return [...cutOf(pod), ...opaqueIn(pod), ...natDrops(pod), ...linted];
}
