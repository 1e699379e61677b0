// One case -> its answer: every pass of each packet's TCP handshake, in the form of the kernel's own trace.
import { parseNft } from '../../documents/nft/parse.ts';
import { parseSave } from '../../documents/iptables/save.ts';
import { mergeRulesets, type Ruleset } from '../../documents/iptables/ruleset.ts';
import type { Answer, AnswerPass, AnswerStep, Case } from './case.ts';
import { createConntrack } from './conntrack.ts';
import { Handshake } from './handshake.ts';
import { labHost } from './lab.ts';
import type { Pass, Step } from './step.ts';
import { verdictText } from './verdict.ts';

const FIRST_PORT = 33001;

/** Walks every packet of a case in turn, as the recorder sends them. */
export function answerCase(asked: Case): Answer {
  const host = labHost(rulesetOf(asked), asked.routing);
  const conntrack = createConntrack();
  const packets = asked.packets.map((packet, i) => {
    const sport = packet.sport ?? FIRST_PORT + i;
    const handshake = new Handshake(host, conntrack);
    handshake.run(packet, sport);
    return { id: packet.id, sport, passes: handshake.passes.filter(isAttributed).map(answerPass) };
  });
  return { id: asked.id, loaded: true, error: null, packets };
}

function rulesetOf(asked: Case): Ruleset {
  const rulesets: Ruleset[] = [];
  const whole = (text: string) => ({ from: 0, to: text.length });
  const read = (text: string, family: 'ip' | 'ip6') =>
    parseSave({ name: asked.id, text }, whole(text), family).value;
  if (asked.v4) rulesets.push(read(asked.v4, 'ip'));
  if (asked.v6) rulesets.push(read(asked.v6, 'ip6'));
  if (asked.nft) rulesets.push(parseNft({ name: asked.id, text: asked.nft }, whole(asked.nft)).value);
  return mergeRulesets(rulesets);
}

/** An answer that meets no rule leaves no trace of whose answer it is, so none was recorded. */
function isAttributed(pass: Pass): boolean {
  return pass.class !== 'reply' || pass.steps.length > 0;
}

function answerPass(pass: Pass): AnswerPass {
  return { class: pass.class, iif: pass.iif, oif: pass.oif, steps: pass.steps.map(answerStep) };
}

function answerStep(step: Step): AnswerStep {
  const { tuple, iif, oif } = step.entry;
  return {
    table: step.table,
    chain: step.chain,
    rule: step.rule?.number ?? null,
    verdict: verdictText(step.verdict),
    tuple: [tuple.src.text, tuple.sport, tuple.dst.text, tuple.dport],
    iif,
    oif,
    mark: step.rule === null ? step.after.mark : null,
  };
}
