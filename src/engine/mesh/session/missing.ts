// What an answer rests on that was not pasted -> the commands that get it, and what stays uncertain without it.
// Facts of Istio: the proxy's container has no NET_ADMIN, so rules are read from the node or from a debug container.
// https://kubernetes.io/docs/reference/kubectl/generated/kubectl_debug/
import type { Parameters } from '../../../base/diagnostic.ts';

/** Where a command runs: with kubectl and istioctl, on the pod's node as root, in a debug container of the pod. */
export type Variant = 'kubectl' | 'nsenter' | 'debug';

export interface Command {
  readonly variant: Variant;
  readonly text: string;
}

export type MissingCode =
  | 'missing.rules'
  | 'missing.interfaces'
  | 'missing.routing'
  | 'missing.listeners'
  | 'missing.clusters'
  | 'missing.log'
  | 'missing.address';

/** A sentence to be, `code` with its parameters; `uncertain` is one too. */
export interface MissingPiece {
  readonly code: MissingCode;
  readonly parameters: Parameters;
  readonly commands: readonly Command[];
  readonly uncertain: { readonly code: string; readonly parameters: Parameters };
}

/** Null where the paste does not tell: then the command has a word in capitals in its place. */
export interface AskedPod {
  readonly name: string | null;
  readonly namespace: string | null;
}

/** The kernel's side: needs the pod's network namespace and root. What needs no access to the node comes first. */
function inNamespace(pod: AskedPod, command: string): Command[] {
  const name = pod.name ?? 'POD';
  const container = `crictl ps -q --name istio-proxy --label io.kubernetes.pod.name=${name}`;
  const pid = `crictl inspect -o go-template --template '{{.info.pid}}' "$(${container})"`;
  const target = `-n ${pod.namespace ?? 'NAMESPACE'} ${name}`;
  return [
    {
      variant: 'debug',
      text: `kubectl debug ${target} -it --profile=netadmin --image=nicolaka/netshoot --target=istio-proxy -- ${command}`,
    },
    { variant: 'nsenter', text: `nsenter -t "$(${pid})" -n ${command}` },
  ];
}

function outside(text: string): Command {
  return { variant: 'kubectl', text };
}

/** Envoy's side: istioctl asks the proxy; its admin interface answers inside the pod. */
function proxyConfig(pod: AskedPod, part: 'listener' | 'cluster'): Command[] {
  const target = `${pod.name ?? 'POD'}.${pod.namespace ?? 'NAMESPACE'}`;
  return [
    outside(`istioctl proxy-config ${part} ${target} -o json`),
    ...inNamespace(pod, 'curl -s http://127.0.0.1:15000/config_dump'),
  ];
}

function commandsFor(code: MissingCode, pod: AskedPod): Command[] {
  const target = `-n ${pod.namespace ?? 'NAMESPACE'} ${pod.name ?? 'POD'}`;
  switch (code) {
    case 'missing.rules': {
      const [debug, ...others] = inNamespace(pod, 'iptables-save -c');
      const log = outside(`kubectl logs ${target} -c istio-init`);
      const spec = outside(`kubectl get pod ${target} -o yaml`);
      return [...(debug ? [debug] : []), log, ...others, spec];
    }
    case 'missing.interfaces':
      return inNamespace(pod, 'iptables-save -c');
    case 'missing.routing':
      return [
        ...inNamespace(pod, 'ip rule'),
        ...inNamespace(pod, 'ip route show table all'),
        outside(`kubectl exec ${target} -c istio-proxy -- ip rule`),
      ];
    case 'missing.listeners':
      return proxyConfig(pod, 'listener');
    case 'missing.clusters':
      return proxyConfig(pod, 'cluster');
    case 'missing.log':
      return [outside(`kubectl logs ${target} -c istio-proxy --tail=20`)];
    case 'missing.address':
      return [outside(`kubectl get pod ${target} -o wide`)];
  }
}

/** What to ask for, in the order of its weight. */
export function missingPieces(codes: readonly MissingCode[], pod: AskedPod): MissingPiece[] {
  return codes.map((code) => ({
    code,
    parameters: {},
    commands: commandsFor(code, pod),
    uncertain: { code: code.replace('missing.', 'uncertain.'), parameters: {} },
  }));
}
