// The arguments of istio-init -> the rules that its version makes, as iptables-save prints them.
// istio tools/istio-iptables/pkg/capture/run.go at the tags 1.3 to 1.25. Left out: DNS capture, virtual interfaces,
// dropping of invalid packets, versions before 1.3 and TPROXY before 1.11.
import type { Family } from '../../base/ip.ts';
import type { InitArguments } from '../../documents/istio/init-arguments.ts';

/** Stands for any version whose rules are still made today. */
const CURRENT = 25;

const LOOPBACK: Readonly<Record<Family, { readonly host: string; readonly inboundBind: string }>> = {
  4: { host: '127.0.0.1/32', inboundBind: '127.0.0.6/32' },
  6: { host: '::1/128', inboundBind: '::6/128' },
};

interface Scope {
  readonly asked: InitArguments;
  readonly minor: number;
  readonly family: Family;
  readonly tproxy: boolean;
}

/** The rules; null when a flag or a version is not followed. */
export function initRules(asked: InitArguments, family: Family): string | null {
  const minor = asked.minor ?? CURRENT;
  const tproxy = asked.mode === 'TPROXY';
  if (asked.unfollowed.length > 0 || minor < (tproxy ? (family === 6 ? 12 : 11) : 3)) return null;
  const scope: Scope = { asked, minor, family, tproxy };
  return (tproxy ? mangleTable(scope) : '') + natTable(scope);
}

function table(
  name: string,
  builtin: readonly string[],
  chains: ReadonlyMap<string, readonly string[]>,
): string {
  const own = [...chains.keys()].filter((chain) => !builtin.includes(chain));
  const lines = [
    `*${name}`,
    ...builtin.map((chain) => `:${chain} ACCEPT [0:0]`),
    ...own.map((chain) => `:${chain} - [0:0]`),
    ...[...chains].flatMap(([chain, rules]) => rules.map((rule) => `-A ${chain} ${rule}`)),
    'COMMIT',
  ];
  return `${lines.join('\n')}\n`;
}

function natTable(scope: Scope): string {
  const { asked, minor } = scope;
  const inbound = asked.inboundPorts.length > 0 && !scope.tproxy;
  const interfaces = (side: string) => asked.excludedInterfaces.map((name) => `-${side} ${name} -j RETURN`);
  return table(
    'nat',
    ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
    new Map([
      ['PREROUTING', [...interfaces('i'), ...(inbound ? ['-p tcp -j ISTIO_INBOUND'] : [])]],
      ['OUTPUT', [...interfaces('o'), `${minor < 25 ? '-p tcp ' : ''}-j ISTIO_OUTPUT`]],
      ['ISTIO_INBOUND', [...tunnelRules(scope), ...(inbound ? redirectInbound(scope) : [])]],
      ['ISTIO_IN_REDIRECT', [`-p tcp -j REDIRECT --to-ports ${asked.inboundPort}`]],
      ['ISTIO_OUTPUT', outputRules(scope)],
      ['ISTIO_REDIRECT', [`-p tcp -j REDIRECT --to-ports ${asked.envoyPort}`]],
    ]),
  );
}

function tcpPort(port: string): string {
  return `-p tcp -m tcp --dport ${port}`;
}

function tunnelRules({ asked, minor }: Scope): string[] {
  return minor < 7 ? [] : [`${tcpPort(asked.tunnelPort)} -j RETURN`];
}

/** Ports that stay uncaptured when all others are. Up to 1.12 SSH was one of them. */
function excludedInbound({ asked, minor }: Scope): string[] {
  const ports = [...(minor <= 12 ? ['22'] : []), ...asked.excludedInboundPorts];
  return ports.map((port) => `${tcpPort(port)} -j RETURN`);
}

function redirectInbound(scope: Scope): string[] {
  const { inboundPorts } = scope.asked;
  if (inboundPorts.includes('*')) return [...excludedInbound(scope), '-p tcp -j ISTIO_IN_REDIRECT'];
  return inboundPorts.map((port) => `${tcpPort(port)} -j ISTIO_IN_REDIRECT`);
}

function outputRules(scope: Scope): string[] {
  const { asked, minor, family } = scope;
  const { host, inboundBind } = LOOPBACK[family];
  const protocols = minor < 25 ? ['tcp'] : ['tcp', 'udp'];
  const isOfFamily = (range: string) => range.includes(':') === (family === 6);
  return [
    ...asked.excludedOutboundPorts.flatMap((port) =>
      protocols.map((protocol) => `-p ${protocol} -m ${protocol} --dport ${port} -j RETURN`),
    ),
    `-s ${inboundBind} -o lo -j RETURN`,
    ...(minor < 5 ? [`! -d ${host} -o lo -j ISTIO_IN_REDIRECT`] : []),
    ...asked.uids.flatMap((uid) => ownerRules(scope, `--uid-owner ${uid}`)),
    ...asked.gids.flatMap((gid) => ownerRules(scope, `--gid-owner ${gid}`)),
    `-d ${host} -j RETURN`,
    ...asked.excludedRanges.filter(isOfFamily).map((range) => `-d ${range} -j RETURN`),
    ...asked.outboundPorts.map((port) => `${tcpPort(port)} -j ISTIO_REDIRECT`),
    ...captureRules(asked.ranges, isOfFamily, minor),
  ];
}

/** What the proxy's own user sends: to its own pod through the inbound side, everything else past the proxy. */
function ownerRules({ asked, minor, family }: Scope, owner: string): string[] {
  const own = `-m owner ${owner} -j RETURN`;
  if (minor < 5) return [own];
  const noTunnel = minor < 18 ? '' : `-p tcp -m tcp ! --dport ${asked.tunnelPort} `;
  return [
    `! -d ${LOOPBACK[family].host} -o lo ${noTunnel}-m owner ${owner} -j ISTIO_IN_REDIRECT`,
    `-o lo -m owner ! ${owner} -j RETURN`,
    own,
  ];
}

function captureRules(
  ranges: readonly string[],
  isOfFamily: (range: string) => boolean,
  minor: number,
): string[] {
  if (ranges.includes('*')) return ['-j ISTIO_REDIRECT'];
  const captured = ranges.filter(isOfFamily).map((range) => `-d ${range} -j ISTIO_REDIRECT`);
  return captured.length > 0 && minor <= 22 ? [...captured, '-j RETURN'] : captured;
}

/** TPROXY catches what comes in before routing, and marks what the proxy itself sends over lo. */
function mangleTable(scope: Scope): string {
  const { asked, family } = scope;
  const { host } = LOOPBACK[family];
  const { mark } = asked;
  const interfaces = (side: string) => asked.excludedInterfaces.map((name) => `-${side} ${name} -j RETURN`);
  const owners = [
    ...asked.uids.map((id) => `--uid-owner ${id}`),
    ...asked.gids.map((id) => `--gid-owner ${id}`),
  ];
  return table(
    'mangle',
    ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
    new Map([
      [
        'PREROUTING',
        [
          ...interfaces('i'),
          ...(asked.inboundPorts.length > 0 ? ['-p tcp -j ISTIO_INBOUND'] : []),
          `-p tcp -m mark --mark ${mark} -j CONNMARK --save-mark`,
        ],
      ],
      [
        'OUTPUT',
        [
          ...interfaces('o'),
          `-o lo -p tcp -m mark --mark ${mark} -j RETURN`,
          ...owners.map((owner) => `! -d ${host} -o lo -p tcp -m owner ${owner} -j MARK --set-mark 1338`),
          `-p tcp -m connmark --mark ${mark} -j CONNMARK --restore-mark`,
        ],
      ],
      ['ISTIO_DIVERT', [`-j MARK --set-mark ${mark}`, '-j ACCEPT']],
      ['ISTIO_INBOUND', tproxyInbound(scope)],
      [
        'ISTIO_TPROXY',
        [`! -d ${host} -p tcp -j TPROXY --on-port ${asked.inboundPort} --tproxy-mark ${mark}/0xffffffff`],
      ],
    ]),
  );
}

/** A connection's later packets go to the socket that it has, its first to the listener. */
function diverted(match: string): string[] {
  return [`${match} -m conntrack --ctstate RELATED,ESTABLISHED -j ISTIO_DIVERT`, `${match} -j ISTIO_TPROXY`];
}

function tproxyInbound(scope: Scope): string[] {
  const { asked, family } = scope;
  const { inboundPorts, mark } = asked;
  if (inboundPorts.length === 0) return [];
  return [
    `-p tcp -m mark --mark ${mark} -j RETURN`,
    `-s ${LOOPBACK[family].inboundBind} -i lo -p tcp -j RETURN`,
    '-i lo -p tcp -m mark ! --mark 1338 -j RETURN',
    ...(inboundPorts.includes('*')
      ? [...excludedInbound(scope), ...diverted('-p tcp')]
      : inboundPorts.flatMap((port) => diverted(tcpPort(port)))),
  ];
}
