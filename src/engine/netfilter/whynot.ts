// Why a rule did not match: the conditions that failed, each as a code, and what the packet had instead.
// The sentences are i18n's, with the rule's own words as `condition` and the packet's value as `actual`.
import { addressTypes } from './addresstype.ts';
import type { Match, MatchTest } from '../../documents/iptables/match.ts';
import type { Rule } from '../../documents/iptables/ruleset.ts';
import { destinationText, sourceText } from '../packet/packet.ts';
import type { ConntrackEntry } from './conntrack.ts';
import { statesOf, type ConnectionTest } from './ctmatch.ts';
import type { View } from './flight.ts';
import { matchTruth } from './match.ts';
import { hasPorts } from './numbers.ts';

/** A condition that failed or could not be decided. */
export interface Failure {
  readonly match: Match;
  readonly truth: 'no' | 'unknown';
  /** `miss.source`, …: what the packet has, or that it has no such thing. */
  readonly code: string;
  /** The packet's own value, null when it has none. */
  readonly actual: string | null;
}

/** The first condition that failed, else the first that cannot be decided; null when every condition holds. */
export function whyNot(rule: Rule, view: View): Failure | null {
  const all = failures(rule, view);
  return all.find(({ truth }) => truth === 'no') ?? all[0] ?? null;
}

/** All conditions that do not hold, in the rule's order. `view` is that of the step that came after the rule. */
function failures(rule: Rule, view: View): readonly Failure[] {
  return rule.matches.flatMap((match) => {
    const truth = matchTruth(match, view);
    if (truth === 'yes') return [];
    const { code, actual } = miss(match, view);
    return [{ match, truth, code: truth === 'unknown' ? 'miss.undecided' : code, actual }];
  });
}

type Miss = Pick<Failure, 'code' | 'actual'>;

function told(code: string, actual: string | null): Miss {
  return { code, actual };
}

function miss({ test, negated }: Match, view: View): Miss {
  const { packet } = view;
  const { tuple } = packet;
  switch (test.kind) {
    case 'source':
    case 'source-range':
      return told('miss.source', tuple.src.text);
    case 'destination':
    case 'destination-range':
      return told('miss.destination', tuple.dst.text);
    case 'in-interface':
      return told(packet.iif === null ? 'miss.no-in-interface' : 'miss.in-interface', packet.iif);
    case 'out-interface':
      return told(packet.oif === null ? 'miss.no-out-interface' : 'miss.out-interface', packet.oif);
    case 'family':
      return told('miss.family', tuple.src.family === 4 ? 'IPv4' : 'IPv6');
    case 'protocol':
      return told('miss.protocol', tuple.protocol);
    case 'ports':
      return portsMiss(test, view);
    case 'tcp-flags':
      return tuple.protocol === 'tcp'
        ? told('miss.tcp-flags', view.segment.toUpperCase())
        : told('miss.protocol', tuple.protocol);
    case 'icmp-type':
      return packet.icmp
        ? told('miss.icmp-type', `${packet.icmp.type}/${packet.icmp.code}`)
        : told('miss.protocol', tuple.protocol);
    case 'mark':
      return told('miss.mark', hex(packet.mark));
    case 'address-type': {
      const address = test.side === 'source' ? tuple.src : tuple.dst;
      return told('miss.address-type', `${address.text} (${addressTypes(view.host, address).join(', ')})`);
    }
    case 'uid':
    case 'gid':
    case 'socket-exists':
    case 'socket-file':
    case 'socket':
      return socketMiss(test, negated, view);
    case 'fragment':
      return told('miss.fragment', null);
    case 'any-of':
      return told(negated ? 'miss.in-set' : 'miss.not-in-set', null);
    case 'comment':
    case 'unknown':
      return told('miss.undecided', null);
    case 'connmark':
    case 'ct-exists':
    case 'ct-state':
    case 'ct-status':
    case 'ct-direction':
    case 'ct-protocol':
    case 'ct-address':
    case 'ct-port':
      return connectionMiss(test, view);
  }
}

function portsMiss(test: MatchTest & { kind: 'ports' }, { packet }: View): Miss {
  const { protocol, sport, dport } = packet.tuple;
  if (!hasPorts(protocol)) return told('miss.no-ports', protocol);
  const [source, destination] = [`${protocol} ${sport ?? '*'}`, `${protocol} ${dport ?? '*'}`];
  if (test.side === 'source') return told('miss.source-port', source);
  if (test.side === 'destination') return told('miss.destination-port', destination);
  return told('miss.ports', `${source}, ${dport ?? '*'}`);
}

type SocketTest = MatchTest & { kind: 'uid' | 'gid' | 'socket-exists' | 'socket-file' | 'socket' };

function socketMiss({ kind }: SocketTest, negated: boolean, { packet }: View): Miss {
  if (kind === 'socket') return told(negated ? 'miss.has-socket' : 'miss.no-socket', null);
  if (packet.owner === null) return told('miss.no-owner', null);
  if (kind === 'uid') return told('miss.uid', packet.owner.uid?.toString() ?? null);
  if (kind === 'gid') return told('miss.gid', packet.owner.gid?.toString() ?? null);
  return told('miss.has-owner', null);
}

function connectionMiss(test: ConnectionTest, { tracking }: View): Miss {
  if (test.kind === 'ct-state') return told('miss.ct-state', statesOf(tracking).join(','));
  if (tracking.kind !== 'entry') return told('miss.no-connection', null);
  const { entry, direction } = tracking;
  switch (test.kind) {
    case 'connmark':
      return told('miss.connmark', hex(entry.mark));
    case 'ct-exists':
      return told('miss.has-connection', null);
    case 'ct-status':
      return told('miss.ct-status', statusText(entry));
    case 'ct-direction':
      return told('miss.ct-direction', direction);
    case 'ct-protocol':
      return told('miss.protocol', entry.original.protocol);
    case 'ct-address':
    case 'ct-port': {
      const end = test.side.startsWith('orig') ? entry.original : entry.reply;
      return told('miss.ct-end', test.side.endsWith('src') ? sourceText(end) : destinationText(end));
    }
  }
}

function statusText({ seenReply, translated }: ConntrackEntry): string {
  const found = { SEEN_REPLY: seenReply, SNAT: translated.source, DNAT: translated.destination };
  const names = Object.entries(found).flatMap(([name, holds]) => (holds ? [name] : []));
  return names.join(',') || 'NONE';
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
