// The rules of a pod -> patches that put others in their place, or one line more into them. Where only istio-init's
// arguments were pasted, those are changed.
import type { Family } from '../../base/ip.ts';
import { textAt } from '../../base/source.ts';
import type { Document } from '../../documents/document.ts';
import { sees, type Chain, type Ruleset } from '../../documents/iptables/ruleset.ts';
import type { InitArguments } from '../../documents/istio/init-arguments.ts';
import { withInitFlag } from '../../documents/istio/init-edit.ts';
import { initRules } from '../mesh/istio-init.ts';
import type { Pod } from '../trace/pod.ts';
import { appended, patchAt, type Patch } from './edit.ts';

/** The flags of istio-init that get another value, and the rules made with all arguments. */
export interface Change {
  readonly flags: Readonly<Record<string, string>>;
  readonly asked: InitArguments;
}

/** The arguments changed when they are all there is, else the rules they make; null when those cannot be made. */
export function changedRules(pod: Pod, { flags, asked }: Change): Patch[] | null {
  const init = pod.paste.documents.findLast(({ content }) => content.kind === 'istio-init');
  if (init && pod.rules.paste.supplied !== null) {
    const { source } = pod.paste;
    const text = Object.entries(flags).reduce(
      (changed, [flag, value]) => withInitFlag(changed, flag, value),
      textAt(source, init.span),
    );
    return [patchAt(pod.name, 'istio-init', source, init.span, text)];
  }
  const made = familiesOf(pod).map((family) => [family, initRules(asked, family)] as const);
  const patches = made.map(([family, text]) => text && rulesInstead(pod, family, text.trimEnd()));
  return patches.every((patch) => patch !== null && patch !== '') ? patches.flat() : null;
}

/** Those that rules were pasted of, else those of the pod's addresses. */
export function familiesOf({ paste, addresses }: Pod): Family[] {
  const tables = paste.documents.flatMap(({ content }) =>
    content.kind === 'ruleset' ? content.ruleset.tables : [],
  );
  const both: readonly Family[] = [4, 6];
  if (tables.some(({ family }) => family === 'inet')) return addresses[0]?.family === 6 ? [6] : [4];
  const pasted = both.filter((family) => tables.some((table) => sees(table.family, family)));
  return pasted.length > 0 ? pasted : [addresses[0]?.family ?? 4];
}

/** That text instead of the pod's rules of that family; behind its paste when it has none. */
export function rulesInstead(pod: Pod, family: Family, text: string): Patch[] {
  const { paste, name } = pod;
  const [first, ...others] = paste.documents.filter((document) => isRulesFor(document, family));
  const isNft = text.startsWith('table ');
  const kind = isNft ? 'nft-ruleset' : 'iptables-save';
  if (!first) return [appended(name, kind, paste.source.text, `${text}\n`)];
  const printer = isNft ? 'nft list ruleset' : family === 6 ? 'ip6tables-save' : 'iptables-save';
  return [
    ...commandPatches(pod, first, printer),
    patchAt(name, kind, paste.source, first.span, text),
    ...others.map((document) => patchAt(name, document.kind, paste.source, document.span, '')),
  ];
}

/** The command that prints the new text, in the place of the one that printed the old. */
function commandPatches({ name, paste }: Pod, { kind, command }: Document, printer: string): Patch[] {
  if (!command) return [];
  const words = /\bip6?tables\S*(?:\s.*)?$|\bnft\s.*$/.exec(textAt(paste.source, command));
  if (!words || words[0].startsWith(printer)) return [];
  const span = { from: command.from + words.index, to: command.to };
  return [patchAt(name, kind, paste.source, span, printer)];
}

/** Tables that istio-init never touches stay. */
function isRulesFor({ content }: Document, family: Family): boolean {
  if (content.kind === 'istio-init') return true;
  if (content.kind !== 'ruleset') return false;
  return content.ruleset.tables.some((table) => sees(table.family, family) && table.name !== 'filter');
}

/** What was seen on the running system tells of the time before the remedy: it goes. */
export function withoutObservations({ paste, name }: Pod): Patch[] {
  return paste.documents
    .filter(({ content }) => OBSERVED.has(content.kind))
    .map((document) => patchAt(name, document.kind, paste.source, document.span, ''));
}

const OBSERVED: ReadonlySet<Document['content']['kind']> = new Set([
  ...(['access-log', 'sockets', 'conntrack', 'kernel-trace', 'packet-capture'] as const),
  ...(['proxy-header', 'http-response', 'metrics', 'server-log'] as const),
]);

/** In each table, the chain that PREROUTING hands packets to; PREROUTING itself when it hands none over. */
export function capturingChains({ tables }: Ruleset): Chain[] {
  return tables.flatMap(({ chains }) => {
    const base = chains.find(({ base, rules }) => base?.hook === 'prerouting' && rules.length > 0);
    const jump = base?.rules.flatMap(({ targets }) => targets).find(({ action }) => action.kind === 'jump');
    const name = jump?.action.kind === 'jump' ? jump.action.chain : null;
    return chains.find((chain) => chain.name === name) ?? base ?? [];
  });
}
