// One case -> its answer: every pass of each packet's TCP handshake, in the form of the kernel's own trace.
import type { Parsed } from '../../base/diagnostic.ts';
import { wholeOf, type Source, type Span } from '../../base/source.ts';
import { parseNft } from '../../documents/nft/parse.ts';
import { parseSave } from '../../documents/iptables/save.ts';
import { mergeRulesets, type Ruleset } from '../../documents/iptables/ruleset.ts';
import { parseInterfaces } from '../../documents/route/interfaces.ts';
import { parsePolicy } from '../../documents/route/policy.ts';
import { parseRoutes } from '../../documents/route/routes.ts';
import type { Answer, AnswerPass, AnswerStep, Case, CasePacket } from './case.ts';
import { createConntrack } from './conntrack.ts';
import { Handshake } from './handshake.ts';
import type { Host } from './host.ts';
import { labHost } from './lab.ts';
import { hasPorts } from './numbers.ts';
import type { Pass, Step } from './step.ts';
import { verdictText } from './verdict.ts';

const FIRST_PORT = 33001;

/** Walks every packet of a case in turn, as the recorder sends them. */
export function answerCase(asked: Case): Answer {
  const host = hostOf(asked);
  const conntrack = createConntrack();
  const packets = asked.packets.map((packet, i) => {
    const sport = packet.sport ?? FIRST_PORT + i;
    const handshake = new Handshake(host, conntrack);
    handshake.run(packet, sport);
    return {
      id: packet.id,
      sport,
      passes: handshake.passes.filter((pass) => isAttributed(pass, packet, sport)).map(answerPass),
    };
  });
  return { id: asked.id, loaded: true, error: null, packets };
}

/** The lab's pod, with the routing that the case shows instead of its own. */
function hostOf(asked: Case): Host {
  const host = labHost(rulesetOf(asked), asked.routing);
  if (!asked.network) return host;
  const { rules4, rules6, routes4, routes6, addresses } = asked.network;
  const read = <T>(text: string, parse: (source: Source, span: Span) => Parsed<T>): T => {
    const source = { name: asked.id, text };
    return parse(source, wholeOf(source)).value;
  };
  const interfaces = read(addresses, parseInterfaces);
  return {
    ...host,
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
    parseSave(sources.v4, wholeOf(sources.v4), 'ip').value,
    parseSave(sources.v6, wholeOf(sources.v6), 'ip6').value,
    parseNft(sources.nft, wholeOf(sources.nft)).value,
  ]);
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

function answerStep(step: Step): AnswerStep {
  const { tuple, iif, oif } = step.entry;
  const [sport, dport] = hasPorts(tuple.protocol) ? [tuple.sport, tuple.dport] : [0, 0];
  return {
    table: step.table,
    chain: step.chain,
    rule: step.rule?.number ?? null,
    verdict: verdictText(step.verdict),
    tuple: [tuple.src.text, sport, tuple.dst.text, dport],
    iif,
    oif,
    mark: step.rule === null ? step.after.mark : null,
  };
}
