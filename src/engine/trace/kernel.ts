// A walk through one host's kernel -> hops: one for each rule that matched and each policy that decided.
import { chainsByName } from '../../documents/iptables/contents.ts';
import type { UnknownReason } from '../../documents/iptables/match.ts';
import { matchText } from '../../documents/iptables/print.ts';
import type { Chain, Rule } from '../../documents/iptables/ruleset.ts';
import { sees } from '../../documents/iptables/ruleset.ts';
import { possibleActions } from '../../documents/iptables/target.ts';
import type { KernelAct, Stage } from '../mesh/step-labels.ts';
import type { Step } from '../netfilter/step.ts';
import { verdictText } from '../netfilter/verdict.ts';
import type { Undecided, Walk } from '../netfilter/walk.ts';
import { whyNot } from '../netfilter/whynot.ts';
import { rewrite } from '../packet/change.ts';
import { destinationText, familyOf, sourceText } from '../packet/packet.ts';
import { evidenceAt } from './evidence.ts';
import type { Pod } from './pod.ts';
import { addressesOf, type HopDraft, type Recorder } from './recorder.ts';
import { ruleEvidence } from './rule-evidence.ts';
import type { Basis, Evidence, Future, Hop, Message, Passed } from './trace.ts';

/** Of the rules passed over, so many nearest ones are told one by one. */
const PASSED_LIMIT = 30;

const POLICY_CODE = { accept: 'kernel.policy-accept', drop: 'kernel.policy-drop' } as const;

const VERDICT_CODE = {
  accept: 'kernel.accept',
  drop: 'kernel.drop',
  return: 'kernel.return',
  continue: 'kernel.continue',
} as const;

const UNDECIDED_CODE: Readonly<Record<UnknownReason | Undecided['reason'], string>> = {
  unsupported: 'kernel.undecided-unsupported',
  hidden: 'kernel.undecided-hidden',
  unresolved: 'kernel.undecided-unresolved',
  malformed: 'kernel.undecided-malformed',
  runtime: 'kernel.undecided-runtime',
  match: 'kernel.undecided-match',
  target: 'kernel.undecided-target',
  'chain-missing': 'kernel.undecided-chain-missing',
  'chain-loop': 'kernel.undecided-chain-loop',
  'chain-cut': 'kernel.undecided-chain-cut',
};

/** A set of ipset, or of nft, which a paste can tell. */
const NAMES_A_SET = /--match-set|@/;

export interface KernelLeg {
  readonly pod: Pod;
  readonly stage: Stage;
  readonly connection: number;
  /** Absent: of the request. */
  readonly packet?: Hop['packet'];
}

function chainOf(pod: Pod, step: Step): Chain | undefined {
  const family = familyOf(step.entry.tuple);
  const tables = pod.rules.ruleset.tables.filter(
    (table) => table.name === step.table && sees(table.family, family),
  );
  return tables.flatMap((table) => chainsByName(table).get(step.chain) ?? [])[0];
}

/** The first action of the rule that translates or hands over the packet; undefined when none does. */
function captureOf(rule: Rule | null): string | undefined {
  const kinds = ['redirect', 'dnat', 'snat', 'masquerade', 'netmap', 'tproxy'];
  const actions = rule?.targets.flatMap(({ action }) => possibleActions(action));
  return actions?.map(({ kind }) => kind).find((kind) => kinds.includes(kind));
}

/** What the drawing of the steps shows of a connection: the hook at which it meets the rules first. */
function isDrawn({ hook }: Step, stage: Stage): boolean {
  return hook === (stage === 'caught-inbound' ? 'prerouting' : 'output');
}

function actOf(step: Step, chain: Chain | undefined): KernelAct {
  if (captureOf(step.rule) !== undefined) return 'capture';
  switch (step.verdict.kind) {
    case 'jump':
    case 'goto':
      return chain?.base ? 'jump-from-base' : 'jump';
    case 'policy':
      return 'policy';
    case 'return':
    case 'accept':
      return chain?.base ? 'other' : 'return';
    case 'drop':
    case 'continue':
    case 'undecided':
      return 'other';
  }
}

/** The kernel's own wording, but for translations the kernel only says `accept`: those tell what they translate to. */
function verdictOf(step: Step): string {
  const capture = captureOf(step.rule);
  if (capture === undefined || step.verdict.kind === 'undecided') return verdictText(step.verdict);
  if (capture === 'tproxy') return `tproxy${tproxyPort(step.rule)}`;
  const source = capture === 'snat' || capture === 'masquerade';
  return `${capture} to ${source ? sourceText(step.after.tuple) : destinationText(step.after.tuple)}`;
}

function tproxyPort(rule: Rule | null): string {
  const action = rule?.targets.map(({ action }) => action).find((action) => action.kind === 'tproxy');
  return action?.kind === 'tproxy' && action.port !== 0 ? ` to :${action.port}` : '';
}

function eventOf(step: Step): Message {
  const parameters = { table: step.table, chain: step.chain, rule: step.rule?.number ?? 0 };
  const capture = captureOf(step.rule);
  if (step.verdict.kind === 'undecided') return { code: 'kernel.undecided', parameters };
  if (capture === 'tproxy')
    return { code: 'kernel.tproxy', parameters: { ...parameters, port: tproxyPort(step.rule).slice(4) } };
  if (capture === 'snat' || capture === 'masquerade')
    return {
      code: 'kernel.source-nat',
      parameters: { ...parameters, target: capture, to: sourceText(step.after.tuple) },
    };
  if (capture !== undefined)
    return {
      code: 'kernel.destination-nat',
      parameters: { ...parameters, target: capture, to: destinationText(step.after.tuple) },
    };
  if (step.before.mark !== step.after.mark)
    return { code: 'kernel.mark', parameters: { ...parameters, mark: `0x${step.after.mark.toString(16)}` } };
  switch (step.verdict.kind) {
    case 'jump':
    case 'goto':
      return { code: 'kernel.jump', parameters: { ...parameters, to: step.verdict.chain } };
    case 'policy':
      return { code: POLICY_CODE[step.verdict.policy], parameters };
    case 'accept':
    case 'drop':
    case 'return':
    case 'continue':
      return { code: VERDICT_CODE[step.verdict.kind], parameters };
  }
}

function whyPassed(rule: Rule, step: Step, pod: Pod): Passed {
  const failure = whyNot(rule, step.view);
  const { source } = pod.rules.paste;
  const condition = failure ? matchText(failure.match, source) : '';
  return {
    name: `${step.chain} #${rule.number}`,
    why: {
      code: failure?.code ?? 'miss.undecided',
      parameters: { condition, actual: failure?.actual ?? '' },
    },
    evidence: ruleEvidence(pod, rule),
  };
}

function passedRules(step: Step, chain: Chain | undefined): readonly Rule[] {
  const end = step.rule ? step.rule.number - 1 : (chain?.rules.length ?? 0);
  return chain?.rules.slice(step.first - 1, end) ?? [];
}

function summaryOf(walk: Walk): string {
  const last = walk.passes.at(-1)?.steps.at(-1);
  return last ? `${walk.fate}: ${last.chain} ${verdictOf(last)}` : walk.fate;
}

const FATE_CODE: Readonly<Record<Walk['fate'], string>> = {
  local: 'future.local',
  wire: 'future.wire',
  dropped: 'future.dropped',
  rejected: 'future.rejected',
  unroutable: 'future.unroutable',
  undecided: 'future.undecided',
};

function futureOf(assumption: Future['assumption'], walk: Walk): Future {
  const { fate, packet, transparentSocket } = walk;
  const last = walk.passes.at(-1)?.steps.at(-1);
  const parameters = {
    port: transparentSocket?.port ?? packet.tuple.dport ?? '*',
    interface: packet.oif ?? '',
    chain: last?.chain ?? '',
    rule: last?.rule?.number ?? 0,
  };
  return {
    assumption,
    verdict: summaryOf(walk),
    event: { code: FATE_CODE[fate], parameters },
    after: addressesOf(packet),
  };
}

function futuresOf(undecided: Undecided | null, step: Step): Future[] {
  if (!undecided?.futures || undecided.step !== step) return [];
  const { matches, doesNotMatch } = undecided.futures;
  return [futureOf('matches', matches), futureOf('does-not-match', doesNotMatch)];
}

function undecidedEvent(undecided: Undecided, pod: Pod): Message {
  const { match, reason, step } = undecided;
  const condition = match ? matchText(match, pod.rules.paste.source) : '';
  const why = match?.test.kind === 'unknown' ? match.test.reason : reason;
  return {
    code: why === 'runtime' && NAMES_A_SET.test(condition) ? 'kernel.undecided-set' : UNDECIDED_CODE[why],
    parameters: { table: step.table, chain: step.chain, rule: step.rule?.number ?? 0, condition },
  };
}

function basisOf({ verdict }: Step, proof: Evidence | null): Basis {
  if (verdict.kind === 'undecided') return 'undecided';
  return proof === null || proof.supplied ? 'assumed' : 'derived';
}

/** The rule's line; where no rule decided, the line that declares the chain and its policy. */
function proofOf({ rule }: Step, chain: Chain | undefined, pod: Pod): Evidence | null {
  if (rule) return ruleEvidence(pod, rule);
  const line = chain?.cutBy ?? chain?.span;
  return line ? evidenceAt(pod.rules.paste, line) : null;
}

function placeOf({ pod, stage, connection, packet = 'request' }: KernelLeg) {
  return { stage, connection, packet, pod: pod.name, place: 'kernel' } as const;
}

export function draftOf(step: Step, walk: Walk, leg: KernelLeg): HopDraft {
  const { pod } = leg;
  const chain = chainOf(pod, step);
  const proof = proofOf(step, chain, pod);
  const passed = passedRules(step, chain);
  const doubt = walk.undecided?.step === step ? walk.undecided : null;
  const capture = captureOf(step.rule);
  return {
    ...placeOf(leg),
    kernel: {
      hook: step.hook.toUpperCase(),
      table: step.table,
      chain: step.chain,
      rule: step.rule?.number ?? null,
      verdict: verdictOf(step),
      act: isDrawn(step, leg.stage) ? actOf(step, chain) : 'other',
    },
    before: step.before,
    after: step.after,
    basis: basisOf(step, proof),
    evidence: proof ? [proof] : [],
    event: doubt ? undecidedEvent(doubt, pod) : eventOf(step),
    passed: passed.slice(-PASSED_LIMIT).map((rule) => whyPassed(rule, step, pod)),
    passedCount: passed.length,
    futures: futuresOf(walk.undecided, step),
    change: rewrite(step.before.tuple, step.after.tuple, capture ?? 'rewrite'),
  };
}

/** Adds the hops of a walk. */
export function addKernelHops(recorder: Recorder, walk: Walk, leg: KernelLeg): void {
  const steps = walk.passes.flatMap((pass) => pass.steps);
  for (const step of steps) recorder.add(draftOf(step, walk, leg));
  const doubt = walk.undecided;
  if (doubt && !steps.includes(doubt.step)) recorder.add(draftOf(doubt.step, walk, leg));
}

function endText(walk: Walk): string {
  const { fate, packet, transparentSocket, originalDestination } = walk;
  return JSON.stringify([
    fate,
    addressesOf(packet),
    transparentSocket?.port,
    originalDestination?.address.text,
  ]);
}

/** The walk to go on with: the other ways on do not matter when both end the same; null when they differ. */
export function settled(walk: Walk): Walk | null {
  if (walk.fate !== 'undecided') return walk;
  const futures = walk.undecided?.futures;
  if (!futures) return null;
  const [a, b] = [settled(futures.matches), settled(futures.doesNotMatch)];
  return a && b && endText(a) === endText(b) ? a : null;
}
