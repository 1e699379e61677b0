// One case -> its answer: every pass of each packet's TCP handshake, in the form of the kernel's own trace.
import type { Parsed } from '../../base/diagnostic.ts';
import { wholeOf, type Source, type Span } from '../../base/source.ts';
import { parseNft } from '../../documents/nft/parse.ts';
import { parseSave } from '../../documents/iptables/save.ts';
import { mergeRulesets, type Ruleset } from '../../documents/iptables/ruleset.ts';
import { parseDocuments } from '../../documents/parse.ts';
import { parseInterfaces } from '../../documents/route/interfaces.ts';
import { parsePolicy } from '../../documents/route/policy.ts';
import { parseRoutes } from '../../documents/route/routes.ts';
import { readSettings } from '../../documents/sysctl/read.ts';
import type { Tuple } from '../packet/packet.ts';
import type { Answer, AnswerDoubt, AnswerEnd, AnswerPass, AnswerStep, Case, CasePacket } from './case.ts';
import { createConntrack } from './conntrack.ts';
import { Handshake } from './handshake.ts';
import type { Host } from './host.ts';
import { labHost } from './lab.ts';
import { hasPorts } from './numbers.ts';
import type { Pass, Step } from './step.ts';
import { verdictText } from './verdict.ts';
import type { Undecided, Walk } from './walk.ts';

const FIRST_PORT = 33001;

/** Walks every packet of a case in turn, as the recorder sends them. */
export function answerCase(asked: Case): Answer {
  const host = hostOf(asked);
  const conntrack = createConntrack();
  const packets = asked.packets.map((packet, i) => {
    const sport = packet.sport ?? FIRST_PORT + i;
    const handshake = new Handshake(host, conntrack);
    handshake.run(packet, sport);
    const passes = handshake.passes.filter((pass) => isAttributed(pass, packet, sport)).map(answerPass);
    const undecided = handshake.undecided && { undecided: answerDoubt(handshake.undecided) };
    return { id: packet.id, sport, passes, ...undecided };
  });
  return { id: asked.id, loaded: true, error: null, packets };
}

/** The lab's pod, with the routing that the case shows instead of its own. */
function hostOf(asked: Case): Host {
  const host = labHost(rulesetOf(asked), asked.routing);
  if (!asked.network) return host;
  const { rules4, rules6, routes4, routes6, addresses, sysctl } = asked.network;
  const shown = { name: asked.id, text: sysctl };
  const read = <T>(text: string, parse: (source: Source, span: Span) => Parsed<T>): T => {
    const source = { name: asked.id, text };
    return parse(source, wholeOf(source)).value;
  };
  const interfaces = read(addresses, parseInterfaces);
  return {
    ...host,
    settings: readSettings(shown, wholeOf(shown)) ?? [],
    interfaces: interfaces.map(({ name, addresses: own }) => ({
      name,
      addresses: own.map(({ address }) => address),
      links: own.map(({ prefix }) => prefix),
    })),
    network: {
      policies: [
        read(rules4, (...at) => parsePolicy(...at, 4)),
        read(rules6, (...at) => parsePolicy(...at, 6)),
      ],
      routes: [
        read(routes4, (...at) => parseRoutes(...at, null, 4)),
        read(routes6, (...at) => parseRoutes(...at, null, 6)),
      ],
    },
  };
}

function rulesetOf({ id, v4, v6, nft }: Case): Ruleset {
  const sourceOf = (text: string | null): Source => ({ name: id, text: text ?? '' });
  const sources = { v4: sourceOf(v4), v6: sourceOf(v6), nft: sourceOf(nft) };
  return mergeRulesets([
    ...iptablesOf(sources.v4, 'ip'),
    ...iptablesOf(sources.v6, 'ip6'),
    parseNft(sources.nft, wholeOf(sources.nft)).value,
  ]);
}

/** As iptables-restore loads it, or as a terminal printed it: the commands stand above their output then. */
function iptablesOf(source: Source, family: 'ip' | 'ip6'): readonly Ruleset[] {
  if (!/^\s*\$ ip6?tables /m.test(source.text)) return [parseSave(source, wholeOf(source), family).value];
  return parseDocuments(source).flatMap(({ content }) =>
    content.kind === 'ruleset' ? [content.ruleset] : [],
  );
}

/**
 * A pass is known by the port that was asked for, or by an echo's identifier. One in which that port does not show, for an
 * answer that meets no rule or a port that NAT chose at random, is in no recording.
 */
function isAttributed({ class: kind, steps }: Pass, { proto }: CasePacket, sport: number): boolean {
  if (proto === 'icmp' || (kind !== 'reply' && steps.length === 0)) return true;
  return steps.some(({ entry: { tuple } }) => tuple.sport === sport || tuple.dport === sport);
}

function answerPass(pass: Pass): AnswerPass {
  return { class: pass.class, iif: pass.iif, oif: pass.oif, steps: pass.steps.map(answerStep) };
}

function answerDoubt({ step, reason, futures }: Undecided): AnswerDoubt {
  const { table, chain, rule } = step;
  const ends = futures && {
    matches: answerEnd(futures.matches),
    doesNotMatch: answerEnd(futures.doesNotMatch),
  };
  return { table, chain, rule: rule?.number ?? null, reason, futures: ends };
}

function answerEnd({ fate, packet, undecided }: Walk): AnswerEnd {
  return {
    fate,
    tuple: answerTuple(packet.tuple),
    ...(undecided && { undecided: answerDoubt(undecided) }),
  };
}

function answerTuple({ protocol, src, sport, dst, dport }: Tuple): AnswerStep['tuple'] {
  return hasPorts(protocol) ? [src.text, sport, dst.text, dport] : [src.text, 0, dst.text, 0];
}

function answerStep(step: Step): AnswerStep {
  const { tuple, iif, oif } = step.entry;
  return {
    table: step.table,
    chain: step.chain,
    rule: step.rule?.number ?? null,
    verdict: verdictText(step.verdict),
    tuple: answerTuple(tuple),
    iif,
    oif,
    mark: step.rule === null ? step.after.mark : null,
  };
}
