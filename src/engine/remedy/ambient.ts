// The rules that istio-cni writes into an ambient pod, as iptables-save prints them: istio cni/pkg/iptables, 1.24 and later.
import type { Family } from '../../base/ip.ts';
import type { Pod } from '../trace/pod.ts';
import { patchAt, type Patch } from './edit.ts';
import { textInstead, withoutLogs } from './rules-patch.ts';

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

/** ztunnel's rules instead of the sidecar's, whose configuration goes with it. */
export function ambientPatches(pod: Pod): Patch[] {
  const { paste, name, addresses } = pod;
  const config = paste.documents
    .filter(({ kind }) => kind === 'envoy-config' || kind === 'istioctl-table')
    .map((document) => patchAt(name, document.kind, paste.source, document.span, ''));
  return [...withoutLogs(pod), ...config, ...textInstead(pod, ambientRules(addresses[0]?.family ?? 4))];
}
