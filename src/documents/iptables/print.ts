// A rule -> its text in `-A` notation, as iptables-save spells it. What was not understood prints as it was pasted.
// Spelling: iptables/extensions/libxt_*.c, the `save` function of each.
import { prefixText } from '../../base/ip.ts';
import { textAt, type Source } from '../../base/source.ts';
import type { Masked, Match, MatchTest, Range } from './match.ts';
import { protocolName } from './names.ts';
import type { AddressRange } from './address-range.ts';
import type { Rule } from './ruleset.ts';
import type { NatRange, Target, TargetAction } from './target.ts';
import { FULL_MASK } from './values.ts';

/** `-s 127.0.0.6/32 -o lo -j RETURN`. The source is where the rule was pasted. */
export function ruleText(rule: Rule, source: Source): string {
  const words = [
    ...rule.matches.map((match) => matchText(match, source)),
    ...rule.targets.map((target) => targetText(target, source)),
  ];
  return words.join(' ');
}

/** One match with its `!`, as iptables-save spells it. */
export function matchText(match: Match, source: Source): string {
  if (match.test.kind === 'unknown' || match.test.kind === 'any-of') return textAt(source, match.span);
  const [module, option, value] = spelling(match.test);
  return [module, match.negated ? '!' : '', option, value].filter((word) => word !== '').join(' ');
}

/** One target with its options, as iptables-save spells it. */
function targetText(target: Target, source: Source): string {
  const { action } = target;
  if (action.kind === 'unknown' || action.kind === 'continue' || action.kind === 'map')
    return textAt(source, target.span);
  return action.kind === 'goto' ? `-g ${action.chain}` : `-j ${actionText(action)}`;
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}

function maskedText({ value, mask }: Masked): string {
  return mask === FULL_MASK ? hex(value) : `${hex(value)}/${hex(mask)}`;
}

function rangeText({ from, to }: Range, dash: string): string {
  return from === to ? String(from) : `${from}${dash}${to}`;
}

function addressRangeText({ from, to }: AddressRange): string {
  return from.text === to.text ? from.text : `${from.text}-${to.text}`;
}

function portsSpelling(test: MatchTest & { kind: 'ports' }): [string, string, string] {
  const list = test.ranges.map((range) => rangeText(range, ':')).join(',');
  const side = { source: 'sport', destination: 'dport', either: 'port' }[test.side];
  const [protocol] = test.protocols;
  if (test.ranges.length > 1 || test.side === 'either') return ['-m multiport', `--${side}s`, list];
  return [protocol === undefined ? '' : `-m ${protocolName(protocol)}`, `--${side}`, list];
}

type PrintedTest = Exclude<MatchTest, { readonly kind: 'any-of' | 'unknown' }>;

/** Module, option and value. */
function spelling(test: PrintedTest): [string, string, string] {
  switch (test.kind) {
    case 'source':
    case 'destination':
      return ['', test.kind === 'source' ? '-s' : '-d', test.prefixes.map(prefixText).join(',')];
    case 'source-range':
    case 'destination-range':
      return [
        '-m iprange',
        test.kind === 'source-range' ? '--src-range' : '--dst-range',
        test.ranges.map(addressRangeText).join(','),
      ];
    case 'in-interface':
      return ['', '-i', test.names.join(',')];
    case 'out-interface':
      return ['', '-o', test.names.join(',')];
    case 'family':
      return ['', 'meta nfproto', test.family === 4 ? 'ipv4' : 'ipv6'];
    case 'protocol':
      return ['', '-p', test.protocols.map(protocolName).join(',') || 'all'];
    case 'ports':
      return portsSpelling(test);
    case 'tcp-flags':
      return ['-m tcp', '--tcp-flags', `${hex(test.mask)} ${hex(test.set)}`];
    case 'icmp-type':
      return ['', '--icmp-type', test.code === null ? String(test.type) : `${test.type}/${test.code}`];
    case 'uid':
    case 'gid':
      return [
        '-m owner',
        `--${test.kind}-owner`,
        test.ranges.map((range) => rangeText(range, '-')).join(','),
      ];
    case 'socket-exists':
    case 'socket-file':
      return ['-m owner', '--socket-exists', ''];
    case 'mark':
    case 'connmark':
      return [`-m ${test.kind}`, '--mark', test.values.map(maskedText).join(',')];
    case 'ct-exists':
    case 'ct-state':
    case 'ct-status':
    case 'ct-direction':
    case 'ct-protocol':
    case 'ct-address':
    case 'ct-port':
    case 'address-type':
    case 'socket':
    case 'fragment':
    case 'comment':
      return stateSpelling(test);
  }
}

type StateTest = Extract<
  MatchTest,
  {
    kind:
      | 'ct-exists'
      | 'ct-state'
      | 'ct-status'
      | 'ct-direction'
      | 'ct-protocol'
      | 'ct-address'
      | 'ct-port'
      | 'address-type'
      | 'socket'
      | 'fragment'
      | 'comment';
  }
>;

function stateSpelling(test: StateTest): [string, string, string] {
  switch (test.kind) {
    case 'ct-exists':
      return ['-m conntrack', '', ''];
    case 'ct-state':
      return ['-m conntrack', '--ctstate', test.states.join(',')];
    case 'ct-status':
      return ['-m conntrack', '--ctstatus', test.statuses.join(',') || 'NONE'];
    case 'ct-direction':
      return ['-m conntrack', '--ctdir', test.direction.toUpperCase()];
    case 'ct-protocol':
      return ['-m conntrack', '--ctproto', String(test.protocol)];
    case 'ct-address':
      return ['-m conntrack', `--ct${test.side}`, prefixText(test.prefix)];
    case 'ct-port':
      return ['-m conntrack', `--ct${test.side}port`, rangeText(test.range, ':')];
    case 'address-type':
      return ['-m addrtype', test.side === 'source' ? '--src-type' : '--dst-type', test.types.join(',')];
    case 'socket':
      return ['-m socket', '', test.transparent ? '--transparent' : ''];
    case 'fragment':
      return ['', '-f', ''];
    case 'comment':
      return ['-m comment', '--comment', `"${test.text}"`];
  }
}

function natRangeText({ addresses, ports }: NatRange): string {
  const address = addresses ? addressRangeText(addresses) : '';
  if (!ports) return address;
  const bracketed = address.includes(':') ? `[${address}]` : address;
  return `${bracketed}:${rangeText(ports, '-')}`;
}

type PrintedAction = Exclude<TargetAction, { readonly kind: 'continue' | 'map' | 'unknown' }>;

function actionText(action: PrintedAction): string {
  switch (action.kind) {
    case 'accept':
    case 'drop':
    case 'return':
      return action.kind.toUpperCase();
    case 'reject':
      return action.with === null ? 'REJECT' : `REJECT --reject-with ${action.with}`;
    case 'jump':
    case 'goto':
      return action.chain;
    case 'redirect':
    case 'masquerade':
      return (
        action.kind.toUpperCase() + (action.to.ports ? ` --to-ports ${rangeText(action.to.ports, '-')}` : '')
      );
    case 'dnat':
      return `DNAT --to-destination ${natRangeText(action.to)}`;
    case 'snat':
      return `SNAT --to-source ${natRangeText(action.to)}`;
    case 'netmap':
      return `NETMAP --to ${prefixText(action.to)}`;
    case 'tproxy': {
      const address = action.address ? ` --on-ip ${action.address.text}` : '';
      const mark = `${hex(action.value)}/${hex(action.mask)}`;
      return `TPROXY --on-port ${action.port}${address} --tproxy-mark ${mark}`;
    }
    case 'mark':
      return `MARK --set-xmark ${hex(action.value)}/${hex(action.mask)}`;
    case 'connmark-set':
      return `CONNMARK --set-xmark ${hex(action.value)}/${hex(action.mask)}`;
    case 'connmark-save':
      return `CONNMARK --save-mark --nfmask ${hex(action.nfmask)} --ctmask ${hex(action.ctmask)}`;
    case 'connmark-restore':
      return `CONNMARK --restore-mark --nfmask ${hex(action.nfmask)} --ctmask ${hex(action.ctmask)}`;
    case 'notrack':
      return 'CT --notrack';
    case 'zone': {
      const option = { both: '--zone', original: '--zone-orig', reply: '--zone-reply' }[action.direction];
      return `CT ${option} ${action.zone}`;
    }
  }
}
