// What istio-init puts into the mangle table: TPROXY catches what comes in before routing and marks what the proxy sends
// over lo; packets that conntrack calls invalid can be dropped. Versions as in nat-rules.ts.
import type { InitArguments } from '../../../documents/istio/init-arguments.ts';
import type { InitScope, MadeRules } from './made-rules.ts';
import { excludedInbound, tcpPort } from './nat-rules.ts';

/** The proxy's outbound connections to its own pod: they are caught once more, as inbound. */
const OUTBOUND_MARK = '1338';

/** Adds all rules of the mangle table. */
export function mangleRules(rules: MadeRules, asked: InitArguments, scope: InitScope): void {
  if (scope.tproxy)
    for (const name of asked.excludedInterfaces) {
      rules.append('mangle', 'PREROUTING', `-i ${name} -j RETURN`);
      rules.append('mangle', 'OUTPUT', `-o ${name} -j RETURN`);
    }
  if (asked.dropInvalid) {
    const tcp = asked.nativeNftables ? '-p tcp ' : '';
    rules.append('mangle', 'PREROUTING', `${tcp}-m conntrack --ctstate INVALID -j ISTIO_DROP`);
    rules.append('mangle', 'ISTIO_DROP', '-j DROP');
  }
  if (!scope.tproxy) return;
  if (asked.inboundPorts.length > 0) inboundRules(rules, asked, scope);
  markRules(rules, asked, scope);
}

function inboundRules(rules: MadeRules, asked: InitArguments, scope: InitScope): void {
  const { mark } = asked;
  const port = scope.minor < 9 ? asked.envoyPort : asked.inboundPort;
  rules.append('mangle', 'ISTIO_DIVERT', `-j MARK --set-mark ${mark}`);
  rules.append('mangle', 'ISTIO_DIVERT', '-j ACCEPT');
  rules.append(
    'mangle',
    'ISTIO_TPROXY',
    `! -d <host> -p tcp -j TPROXY --on-port ${port} --tproxy-mark ${mark}/0xffffffff`,
  );
  rules.append('mangle', 'PREROUTING', '-p tcp -j ISTIO_INBOUND');
  const add = (words: string) => rules.append('mangle', 'ISTIO_INBOUND', words);
  if (asked.inboundPorts.includes('*')) {
    for (const excluded of excludedInbound(asked, scope)) add(`${tcpPort(excluded)} -j RETURN`);
    for (const words of diverted('-p tcp', scope)) add(words);
  } else
    for (const included of asked.inboundPorts)
      for (const words of diverted(tcpPort(included), scope)) add(words);
}

/** A connection's later packets go to the socket that it has, its first to the listener. */
function diverted(match: string, { minor }: InitScope): string[] {
  const divert =
    minor < 6
      ? `${match} -m socket -j ISTIO_DIVERT`
      : `${match} -m conntrack --ctstate RELATED,ESTABLISHED -j ISTIO_DIVERT`;
  const twice = minor < 6 && match.includes('--dport'); // so it was written
  return [divert, ...(twice ? [divert] : []), `${match} -j ISTIO_TPROXY`];
}

function markRules(rules: MadeRules, asked: InitArguments, { minor }: InitScope): void {
  const { mark } = asked;
  const output = (words: string) => rules.append('mangle', 'OUTPUT', words);
  if (minor < 6) return;
  if (minor < 9) return output(`-s 127.0.0.1/32 ! -d 127.0.0.1/32 -p tcp -j MARK --set-mark ${mark}`);
  rules.append('mangle', 'PREROUTING', `-p tcp -m mark --mark ${mark} -j CONNMARK --save-mark`);
  if (minor >= 11) {
    output(`-o lo -p tcp -m mark --mark ${mark} -j RETURN`);
    const owners = [
      ...asked.uids.map((uid) => `--uid-owner ${uid}`),
      ...asked.gids.map((gid) => `--gid-owner ${gid}`),
    ];
    for (const owner of owners)
      output(`! -d <host> -o lo -p tcp -m owner ${owner} -j MARK --set-mark ${OUTBOUND_MARK}`);
  }
  output(`-p tcp -m connmark --mark ${mark} -j CONNMARK --restore-mark`);
  const released = [
    `-p tcp -m mark --mark ${mark} -j RETURN`,
    '-s <bind> -i lo -p tcp -j RETURN',
    `-i lo -p tcp -m mark ! --mark ${OUTBOUND_MARK} -j RETURN`,
  ];
  for (const [i, words] of released.slice(0, minor < 11 ? 1 : 3).entries())
    rules.insert('mangle', 'ISTIO_INBOUND', i + 1, words);
}
