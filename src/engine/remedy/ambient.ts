// The rules that istio-cni writes into an ambient pod, as iptables-save prints them: istio cni/pkg/iptables, 1.24 and later.
import type { Family } from '../../base/ip.ts';
import type { DocumentKind } from '../../documents/document.ts';
import type { Pod } from '../trace/pod.ts';
import { appended, patchAt, type Patch } from './edit.ts';
import { familiesOf, rulesInstead, withoutObservations } from './rules-patch.ts';

const LOOPBACK: Readonly<Record<Family, string>> = { 4: '127.0.0.1/32', 6: '::1/128' };
/** What kubelet's probes come from: the node gives them this source. */
const PROBE: Readonly<Record<Family, string>> = {
  4: '169.254.7.127/32',
  6: 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128',
};

function ambientRules(family: Family): string {
  const [host, probe] = [LOOPBACK[family], PROBE[family]];
  const notZtunnel = '-m mark ! --mark 0x539/0xfff';
  return `*mangle
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:ISTIO_OUTPUT - [0:0]
:ISTIO_PRERT - [0:0]
-A PREROUTING -j ISTIO_PRERT
-A OUTPUT -j ISTIO_OUTPUT
-A ISTIO_OUTPUT -m connmark --mark 0x111/0xfff -j CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff
-A ISTIO_PRERT -m mark --mark 0x539/0xfff -j CONNMARK --set-xmark 0x111/0xfff
COMMIT
*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:ISTIO_OUTPUT - [0:0]
:ISTIO_PRERT - [0:0]
-A PREROUTING -j ISTIO_PRERT
-A OUTPUT -j ISTIO_OUTPUT
-A ISTIO_OUTPUT -d ${probe} -p tcp -m tcp -j ACCEPT
-A ISTIO_OUTPUT -p tcp -m mark --mark 0x111/0xfff -j ACCEPT
-A ISTIO_OUTPUT ! -d ${host} -o lo -j ACCEPT
-A ISTIO_OUTPUT ! -d ${host} -p tcp ${notZtunnel} -j REDIRECT --to-ports 15001
-A ISTIO_PRERT -s ${probe} -p tcp -m tcp -j ACCEPT
-A ISTIO_PRERT ! -d ${host} -p tcp -m tcp ! --dport 15008 ${notZtunnel} -j REDIRECT --to-ports 15006
COMMIT
`;
}

/** What iproute2 prints in an ambient pod: istio cni/pkg/iptables (AddInpodMarkIPRule, AddLoopbackRoutes). */
function policy(ip: 'ip' | 'ip -6'): string {
  return `$ ${ip} rule
0:\tfrom all lookup local
32764:\tfrom all fwmark 0x111/0xfff lookup 100
32766:\tfrom all lookup main
32767:\tfrom all lookup default

$ ${ip} route show table 100
local default dev lo scope host
`;
}

/** ztunnel's rules and routing instead of the sidecar's, whose configuration goes with it. */
export function ambientPatches(pod: Pod): Patch[] {
  const { paste, name } = pod;
  const gone = paste.documents
    .filter(({ kind }) => SIDECAR_ONLY.has(kind))
    .map((document) => patchAt(name, document.kind, paste.source, document.span, ''));
  const families = familiesOf(pod);
  const rules = families.flatMap((family) => rulesInstead(pod, family, ambientRules(family).trimEnd()));
  const routing = families.map((family) => policy(family === 6 ? 'ip -6' : 'ip')).join('\n');
  return [
    ...withoutObservations(pod),
    ...gone,
    ...rules,
    appended(name, 'ip-rule', paste.source.text, routing),
  ];
}

/** Envoy's configuration, and the routing that TPROXY needs. */
const SIDECAR_ONLY: ReadonlySet<DocumentKind> = new Set(['envoy-config', 'istioctl-table', 'ip-rule']);
