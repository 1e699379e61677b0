// A reply's walk through one host's kernel -> hops. No nat chain is asked: the connection's entry translates, and the
// evidence is the rule that set it up for the request. Kernel: net/netfilter/nf_nat_core.c (nf_nat_packet).
import type { Hook } from '../../documents/iptables/ruleset.ts';
import type { Pass, Step, Translation } from '../netfilter/step.ts';
import type { Walk } from '../netfilter/walk.ts';
import { rewrite } from '../packet/change.ts';
import { destinationText, sameTuple, sourceText, type Packet } from '../packet/packet.ts';
import { draftOf } from './kernel.ts';
import type { KernelCrossing } from './leg.ts';
import { ruleEvidence } from './rule-evidence.ts';
import type { HopDraft, Recorder } from './recorder.ts';
import type { Evidence } from './trace.ts';

/** Steps and translations of a pass in the order they happened. */
function inOrder({ steps, translations }: Pass): (Step | Translation)[] {
  const events: (Step | Translation)[] = [...steps];
  for (const translation of translations) events.splice(placeOf(translation, events), 0, translation);
  return events;
}

/** Behind the last chain of that hook that saw the packet untranslated; else before what comes later. */
function placeOf({ hook, before }: Translation, events: readonly (Step | Translation)[]): number {
  const still = events.findLastIndex(
    (event) => 'entry' in event && event.hook === hook && sameTuple(event.entry.tuple, before),
  );
  if (still >= 0) return still + 1;
  const later = events.findIndex(
    (event) => event.hook === hook || ORDER.indexOf(event.hook) > ORDER.indexOf(hook),
  );
  return later < 0 ? events.length : later;
}

const ORDER: readonly Hook[] = ['prerouting', 'input', 'forward', 'output', 'postrouting'];

/** The rule of the request's walk that changed the end which the reply has at its other side. */
function setUpBy({ walk, pod }: KernelCrossing, { before, after }: Translation): Evidence[] {
  const end =
    before.src.text !== after.src.text || before.sport !== after.sport ? destinationText : sourceText;
  const steps = walk.passes.flatMap((pass) => pass.steps);
  const step = steps.find(({ rule, before, after }) => rule && end(before.tuple) !== end(after.tuple));
  return step?.rule ? [ruleEvidence(pod, step.rule)] : [];
}

function translationDraft(crossing: KernelCrossing, translation: Translation, packet: Packet): HopDraft {
  const { before, after, hook } = translation;
  const { pod, stage, connection } = crossing;
  const evidence = setUpBy(crossing, translation);
  return {
    stage,
    connection,
    packet: 'reply',
    pod: pod.name,
    place: 'kernel',
    kernel: {
      hook: hook.toUpperCase(),
      table: null,
      chain: null,
      rule: null,
      verdict: 'conntrack',
      act: 'other',
    },
    before: { ...packet, tuple: before },
    after: { ...packet, tuple: after },
    basis: evidence.some(({ supplied }) => supplied) ? 'assumed' : 'derived',
    evidence,
    event: { code: 'kernel.conntrack', parameters: translated(translation) },
    change: rewrite(before, after, 'conntrack'),
  };
}

function translated({ before, after }: Translation): { from: string; to: string } {
  return sourceText(before) === sourceText(after)
    ? { from: destinationText(before), to: destinationText(after) }
    : { from: sourceText(before), to: sourceText(after) };
}

/** Adds the hops of the reply's walk through the kernel that the request crossed. */
export function addReplyHops(recorder: Recorder, crossing: KernelCrossing, walk: Walk): void {
  const { pod, stage, connection } = crossing;
  let packet = crossing.walk.packet;
  for (const pass of walk.passes)
    for (const event of inOrder(pass)) {
      const translation = !('entry' in event);
      if (!translation) packet = event.after;
      const { iif, oif } = pass;
      recorder.add(
        translation
          ? translationDraft(crossing, event, { ...packet, iif, oif: event.hook === 'output' ? oif : null })
          : draftOf(event, walk, { pod, stage, connection, packet: 'reply' }),
      );
    }
}
