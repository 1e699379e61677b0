// What istio-init puts into the nat table, version by version.
// istio tools/packaging/common/istio-iptables.sh (1.1 to 1.4), tools/istio-iptables/pkg/cmd/run.go (1.5 to 1.11) and
// pkg/capture/run.go (from 1.12); each version at its .0 tag.
import { isLoopback, parseAddress, type Family } from '../../../base/ip.ts';
import type { InitArguments } from '../../../documents/istio/init-arguments.ts';
import { dnsNatRules, lateDnsNatRules } from './dns-rules.ts';
import type { InitScope, MadeRules } from './made-rules.ts';

export function tcpPort(port: string): string {
  return `-p tcp -m tcp --dport ${port}`;
}

/** Adds all rules of the nat table. */
export function natRules(rules: MadeRules, asked: InitArguments, scope: InitScope): void {
  for (const name of asked.excludedInterfaces) {
    rules.append('nat', 'PREROUTING', `-i ${name} -j RETURN`);
    rules.append('nat', 'OUTPUT', `-o ${name} -j RETURN`);
  }
  for (const name of asked.virtualInterfaces) rules.insert('nat', 'PREROUTING', 1, `-i ${name} -j RETURN`);
  inboundRules(rules, asked, scope);
  rules.append('nat', 'OUTPUT', `${scope.minor < 25 ? '-p tcp ' : ''}-j ISTIO_OUTPUT`);
  outputRules(rules, asked, scope);
  lateDnsNatRules(rules, asked, scope);
}

function inboundRules(rules: MadeRules, asked: InitArguments, scope: InitScope): void {
  const { minor } = scope;
  if (minor >= 7) rules.append('nat', 'ISTIO_INBOUND', `${tcpPort(asked.tunnelPort)} -j RETURN`);
  rules.append('nat', 'ISTIO_REDIRECT', `-p tcp -j REDIRECT --to-ports ${asked.envoyPort}`);
  rules.append('nat', 'ISTIO_IN_REDIRECT', `-p tcp -j REDIRECT --to-ports ${asked.inboundPort}`);
  if (asked.inboundPorts.length === 0 || scope.tproxy) return;
  rules.append('nat', 'PREROUTING', '-p tcp -j ISTIO_INBOUND');
  if (!asked.inboundPorts.includes('*'))
    for (const port of asked.inboundPorts)
      rules.append('nat', 'ISTIO_INBOUND', `${tcpPort(port)} -j ISTIO_IN_REDIRECT`);
  else {
    for (const port of excludedInbound(asked, scope))
      rules.append('nat', 'ISTIO_INBOUND', `${tcpPort(port)} -j RETURN`);
    rules.append('nat', 'ISTIO_INBOUND', '-p tcp -j ISTIO_IN_REDIRECT');
  }
}

/** Ports that stay uncaptured when all others are. Up to 1.12 SSH was one of them. */
export function excludedInbound({ excludedInboundPorts }: InitArguments, { minor }: InitScope): string[] {
  return [...(minor <= 12 ? ['22'] : []), ...excludedInboundPorts];
}

function outputRules(rules: MadeRules, asked: InitArguments, scope: InitScope): void {
  const { minor, family } = scope;
  const add = (words: string, only: Family | null = null) => rules.append('nat', 'ISTIO_OUTPUT', words, only);
  for (const port of asked.excludedOutboundPorts)
    for (const protocol of minor < 25 ? ['tcp'] : ['tcp', 'udp'])
      add(`-p ${protocol} -m ${protocol} --dport ${port} -j RETURN`);
  if (minor >= 3) add('-s <bind> -o lo -j RETURN');
  if (minor < 5) add(`! -d <host> -o lo -j ${minor < 3 ? 'ISTIO_REDIRECT' : 'ISTIO_IN_REDIRECT'}`);
  for (const uid of asked.uids) ownerRules(rules, asked, scope, 'uid', uid);
  for (const gid of asked.gids) ownerRules(rules, asked, scope, 'gid', gid);
  ownerGroupRules(rules, asked);
  dnsNatRules(rules, asked, scope);
  add('-d <host> -j RETURN');
  for (const range of asked.excludedRanges) add(`-d ${range} -j RETURN`, familyOf(range));
  for (const port of asked.outboundPorts) add(`${tcpPort(port)} -j ISTIO_REDIRECT`);
  captureRules(rules, asked, minor, family);
}

function familyOf(range: string): Family {
  return range.includes(':') ? 6 : 4;
}

/** What the proxy's own user sends: to its own pod through the inbound side, everything else past the proxy. */
function ownerRules(
  rules: MadeRules,
  asked: InitArguments,
  scope: InitScope,
  kind: 'uid' | 'gid',
  id: string,
): void {
  const { minor } = scope;
  const owner = `--${kind}-owner ${id}`;
  const add = (words: string) => rules.append('nat', 'ISTIO_OUTPUT', words);
  if (minor >= 5) {
    const ports = untouchedPorts(asked, scope, kind);
    add(`! -d <host> -o lo ${ports}-m owner ${owner} -j ISTIO_IN_REDIRECT`);
    const noDns = followsDns(asked, scope) ? '-p tcp -m tcp ! --dport 53 ' : '';
    if (!catchesLoopback(asked, scope)) add(`-o lo ${noDns}-m owner ! ${owner} -j RETURN`);
  }
  add(`-m owner ${owner} -j RETURN`);
}

/** The ports on which the proxy's calls to its own pod do not go through the inbound side. */
function untouchedPorts(asked: InitArguments, scope: InitScope, kind: 'uid' | 'gid'): string {
  const dns = kind === 'uid' && followsDns(asked, scope);
  if (scope.minor < 18) return dns ? '-p tcp -m tcp ! --dport 53 ' : '';
  if (dns) return `-p tcp -m multiport ! --dports 53,${asked.tunnelPort} `;
  return `-p tcp -m tcp ! --dport ${asked.tunnelPort} `;
}

/** Before 1.9 the rules on lo did not know of DNS; before 1.12 those of IPv6 did not. */
function followsDns({ dns }: InitArguments, { minor, family }: InitScope): boolean {
  return dns !== null && minor >= (family === 6 ? 12 : 9);
}

function isLoopbackRange(range: string): boolean {
  const address = parseAddress(range.replace(/\/.*/, ''));
  return address !== null && isLoopback(address);
}

/** Whether loopback itself is asked to be caught: then calls of the application to itself are not released. */
function catchesLoopback({ ranges }: InitArguments, { minor, family }: InitScope): boolean {
  return minor >= (family === 6 ? 12 : 6) && ranges.some(isLoopbackRange);
}

function ownerGroupRules(rules: MadeRules, { ownerGroups, excludedOwnerGroups }: InitArguments): void {
  const add = (words: string) => rules.append('nat', 'ISTIO_OUTPUT', words);
  if (ownerGroups.includes('*'))
    for (const group of excludedOwnerGroups) add(`-m owner --gid-owner ${group} -j RETURN`);
  else add(`${ownerGroups.map((group) => `-m owner ! --gid-owner ${group} `).join('')}-j RETURN`);
}

/** What is caught at the end, on virtual machines' interfaces too. Up to 1.22 a list of ranges ended in RETURN. */
function captureRules(rules: MadeRules, asked: InitArguments, minor: number, family: Family): void {
  const add = (words: string, only: Family | null) => rules.append('nat', 'ISTIO_OUTPUT', words, only);
  const fromVirtual = (words: string, only: Family | null) => {
    for (const name of asked.virtualInterfaces)
      rules.insert('nat', 'PREROUTING', 1, `-i ${name} ${words}`, only);
  };
  if (asked.ranges.includes('*')) {
    add('-j ISTIO_REDIRECT', null);
    fromVirtual(family === 6 && minor < 12 ? '-j RETURN' : '-j ISTIO_REDIRECT', null);
    return;
  }
  for (const range of asked.ranges) {
    fromVirtual(`-d ${range} -j ISTIO_REDIRECT`, familyOf(range));
    add(`-d ${range} -j ISTIO_REDIRECT`, familyOf(range));
  }
  const caught = asked.ranges.some((range) => familyOf(range) === family);
  if (caught && minor <= 22) add('-j RETURN', null);
}
