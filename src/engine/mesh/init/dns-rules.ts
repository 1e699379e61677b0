// What istio-init does to DNS when the agent answers it: nat takes queries to the agent, raw keeps the agent's own
// queries and the application's apart in conntrack zones. HandleDNSUDP and SetupDNSRedir of Istio's run.go.
import type { Family } from '../../../base/ip.ts';
import type { InitArguments } from '../../../documents/istio/init-arguments.ts';
import type { InitScope, MadeRules } from './made-rules.ts';

const AGENT_PORT = '15053';

/** Stands for the servers of a resolv.conf that was not pasted: whether a rule for them matches stays open. */
const UNKNOWN_SERVER = 'resolv-conf-nameserver';

interface Server {
  /** `10.96.0.10/32`; null: every server. */
  readonly address: string | null;
  readonly family: Family | null;
}

/** The servers whose queries are taken. */
function serversOf({ dns }: InitArguments): Server[] {
  if (dns === null) return [];
  if (dns.all) return [{ address: null, family: null }];
  if (dns.servers === null) return [{ address: UNKNOWN_SERVER, family: null }];
  return dns.servers.map((server) =>
    server.includes(':') ? { address: `${server}/128`, family: 6 } : { address: `${server}/32`, family: 4 },
  );
}

/** A match of packets to or from a server. A name stands last, so that only what else fits depends on it. */
function withServer(option: '-d' | '-s', { address }: Server, ports: string): string {
  if (address === null) return ports;
  return address === UNKNOWN_SERVER ? `${ports} ${option} ${address}` : `${option} ${address} ${ports}`;
}

/** Whether DNS is taken at all: without a server to take it from, Istio gives up. */
function takesDns({ dns }: InitArguments): boolean {
  return dns !== null && (dns.all || dns.servers === null || dns.servers.length > 0);
}

/** The part that stands before the loopback rule of ISTIO_OUTPUT: TCP queries, and from 1.25 all of it. */
export function dnsNatRules(rules: MadeRules, asked: InitArguments, { minor, family }: InitScope): void {
  if (!takesDns(asked) || minor < 9 || (minor < 12 && family === 6)) return;
  const chain = minor < 25 ? 'ISTIO_OUTPUT' : 'ISTIO_OUTPUT_DNS';
  const servers = serversOf(asked);
  if (minor >= 25)
    for (const only of familiesOf(servers)) rules.append('nat', 'ISTIO_OUTPUT', '-j ISTIO_OUTPUT_DNS', only);
  for (const protocol of minor < 25 ? ['tcp'] : ['tcp', 'udp'])
    for (const server of servers) {
      const query = withServer('-d', server, `-p ${protocol} -m ${protocol} --dport 53`);
      rules.append('nat', chain, `${query} -j REDIRECT --to-ports ${AGENT_PORT}`, server.family);
    }
}

/** The families that have a server of their own; null alone when all queries are taken. */
function familiesOf(servers: readonly Server[]): (Family | null)[] {
  return [...new Set(servers.map(({ family }) => family))];
}

/** The part that stands at the end of OUTPUT up to 1.22, and the zones in raw. */
export function lateDnsNatRules(rules: MadeRules, asked: InitArguments, scope: InitScope): void {
  const { minor, family } = scope;
  if (!takesDns(asked) || (minor < 12 && family === 6)) return;
  if (minor < 25) udpNatRules(rules, asked, minor);
  if (minor >= 11) zoneRules(rules, asked, minor);
}

function udpNatRules(rules: MadeRules, asked: InitArguments, minor: number): void {
  const query = '-p udp -m udp --dport 53';
  const add = (words: string, only: Family | null = null) => rules.append('nat', 'OUTPUT', words, only);
  for (const owner of owners(asked)) add(`${query} -m owner ${owner} -j RETURN`);
  if (asked.ownerGroups.includes('*'))
    for (const group of asked.excludedOwnerGroups) add(`${query} -m owner --gid-owner ${group} -j RETURN`);
  else
    add(`${query} ${asked.ownerGroups.map((group) => `-m owner ! --gid-owner ${group} `).join('')}-j RETURN`);
  if (minor > 8) {
    for (const server of serversOf(asked))
      add(`${withServer('-d', server, query)} -j REDIRECT --to-ports ${AGENT_PORT}`, server.family);
    return;
  }
  add(`${query} -j DNAT --to-destination 127.0.0.1:${AGENT_PORT}`, 4);
  rules.append('nat', 'POSTROUTING', `-p udp -m udp --dport ${AGENT_PORT} -j SNAT --to-source 127.0.0.1`, 4);
}

function owners({ uids, gids }: InitArguments): string[] {
  return [...uids.map((uid) => `--uid-owner ${uid}`), ...gids.map((gid) => `--gid-owner ${gid}`)];
}

/** Zone 1 holds what goes between the agent and the servers, zone 2 what goes between the application and the agent. */
function zoneRules(rules: MadeRules, asked: InitArguments, minor: number): void {
  const [output, input] = minor < 25 ? ['OUTPUT', 'PREROUTING'] : ['ISTIO_OUTPUT_DNS', 'ISTIO_INBOUND'];
  const add = (chain: string, words: string, only: Family | null = null) =>
    rules.append('raw', chain, words, only);
  if (minor >= 25) add('OUTPUT', '-j ISTIO_OUTPUT_DNS');
  for (const owner of owners(asked)) {
    add(output, `-p udp -m udp --dport 53 -m owner ${owner} -j CT --zone 1`);
    add(output, `-p udp -m udp --sport ${AGENT_PORT} -m owner ${owner} -j CT --zone 2`);
  }
  const servers = serversOf(asked);
  if (minor >= 25) for (const only of familiesOf(servers)) add('PREROUTING', '-j ISTIO_INBOUND', only);
  for (const server of servers) {
    const from = minor < 20 ? '-d' : '-s'; // until 1.20 the wrong end was asked for
    add(output, `${withServer('-d', server, '-p udp -m udp --dport 53')} -j CT --zone 2`, server.family);
    add(input, `${withServer(from, server, '-p udp -m udp --sport 53')} -j CT --zone 1`, server.family);
  }
}
