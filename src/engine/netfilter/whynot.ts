// Why a rule did not match: the first of its conditions that failed, and what the packet had instead.
import type { Match, MatchTest } from '../../documents/iptables/match.ts';
import type { Rule } from '../../documents/iptables/ruleset.ts';
import { destinationText, sourceText } from '../packet/packet.ts';
import type { ConntrackEntry } from './conntrack.ts';
import { statesOf } from './ctmatch.ts';
import type { View } from './flight.ts';
import { matchTruth } from './match.ts';

/** A condition that failed or could not be decided. `actual` is the packet's own value, null when it has none. */
export interface Failure {
  readonly match: Match;
  readonly truth: 'no' | 'unknown';
  readonly actual: string | null;
}

/** Null when every condition holds. `view` is that of the step that came after the rule in its chain. */
export function whyNot(rule: Rule, view: View): Failure | null {
  let doubt: Failure | null = null;
  for (const match of rule.matches) {
    const truth = matchTruth(match, view);
    if (truth === 'yes') continue;
    const failure: Failure = { match, truth, actual: actualValue(match.test, view) };
    if (truth === 'no') return failure;
    doubt ??= failure;
  }
  return doubt;
}

/** The packet's value that a test compares, as text. */
function actualValue(test: MatchTest, view: View): string | null {
  const { packet, tracking } = view;
  const { tuple } = packet;
  const entry = tracking.kind === 'entry' ? tracking.entry : null;
  switch (test.kind) {
    case 'source':
    case 'source-range':
      return tuple.src.text;
    case 'destination':
    case 'destination-range':
      return tuple.dst.text;
    case 'in-interface':
      return packet.iif;
    case 'out-interface':
      return packet.oif;
    case 'family':
      return tuple.src.family === 4 ? 'ipv4' : 'ipv6';
    case 'protocol':
      return tuple.protocol;
    case 'ports':
      return portsValue(test, view);
    case 'tcp-flags':
      return tuple.protocol === 'tcp' ? view.segment.toUpperCase() : tuple.protocol;
    case 'uid':
    case 'gid':
      return packet.owner?.[test.kind]?.toString() ?? null;
    case 'mark':
      return hex(packet.mark);
    case 'connmark':
      return entry && hex(entry.mark);
    case 'ct-state':
      return statesOf(tracking).join(',');
    case 'ct-status':
      return entry && statusText(entry);
    case 'ct-direction':
      return tracking.kind === 'entry' ? tracking.direction : null;
    case 'ct-protocol':
      return entry && entry.original.protocol;
    case 'ct-address':
    case 'ct-port': {
      if (!entry) return null;
      const end = test.side.startsWith('orig') ? entry.original : entry.reply;
      return test.side.endsWith('src') ? sourceText(end) : destinationText(end);
    }
    case 'address-type':
      return test.side === 'source' ? tuple.src.text : tuple.dst.text;
    case 'icmp-type':
    case 'socket-exists':
    case 'socket-file':
    case 'socket':
    case 'ct-exists':
    case 'fragment':
    case 'any-of':
    case 'comment':
    case 'unknown':
      return null;
  }
}

function portsValue(test: MatchTest & { kind: 'ports' }, { packet }: View): string {
  const { protocol, sport, dport } = packet.tuple;
  const port = test.side === 'source' ? sport : dport;
  return `${protocol} ${port ?? '*'}`;
}

function statusText({ seenReply, translated }: ConntrackEntry): string {
  const found = { SEEN_REPLY: seenReply, SNAT: translated.source, DNAT: translated.destination };
  return Object.entries(found)
    .flatMap(([name, holds]) => (holds ? [name] : []))
    .join(',');
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
