// A remedy -> what carries it out in a cluster, fit for copying. Names are those that the paste's commands, prompts and
// objects tell; one in capitals is the reader's to fill in.
import { returnCommand } from '../trace/missing-return.ts';
import type { Pod } from '../trace/pod.ts';
import { OWN_POD_NAME } from '../scenario.ts';
import { resourcesOf } from '../mesh/session/kube-facts.ts';
import { spokenPod } from '../mesh/session/own-documents.ts';
import { controllerOf, type Controller } from '../mesh/session/reference.ts';
import { excludedPorts } from './exclude-port.ts';
import { readProxyProtocol, sendProxyProtocol } from './proxy-protocol-objects.ts';
import { choosesSocket } from './proxy-protocol.ts';
import { argumentsOf } from './release-of-rules.ts';
import type { Remedy } from './remedy.ts';

export interface Command {
  readonly language: 'sh' | 'yaml';
  readonly text: string;
}

interface Target extends Controller {
  readonly namespace: string;
}

/** A pod that nobody named: no Deployment is called so. */
const UNNAMED = new RegExp(`^${OWN_POD_NAME}(?:-\\d+)?$`);

/** `web-5d9c7b4f6d-x2k4q` is a pod of the Deployment `web`, `db-0` of the StatefulSet `db`; a pasted object says it outright. */
function targetOf(name: string, pods: readonly Pod[]): Target {
  const paste = pods.find((pod) => pod.name === name)?.paste;
  const spoken = paste?.attachment && spokenPod(name, paste.attachment);
  const namespace = spoken?.namespace ?? 'NAMESPACE';
  const instance = spoken ? (spoken.instances.at(-1) ?? spoken.name) : name;
  const formed = UNNAMED.test(instance) ? null : controllerOf(instance);
  const plain = UNNAMED.test(instance) ? 'DEPLOYMENT' : instance;
  const made = formed ?? { kind: 'deployment', name: spoken?.name ?? plain };
  return { ...made, kind: kindPasted(paste, made.name) ?? made.kind, namespace };
}

function kindPasted(paste: Pod['paste'] | undefined, name: string): Controller['kind'] | null {
  const object = resourcesOf(paste?.all ?? []).find((each) => each.kind === 'workload' && each.name === name);
  const kind = object?.kind === 'workload' ? object.type.toLowerCase() : null;
  return KINDS.find((each) => each === kind) ?? null;
}

const KINDS: readonly Controller['kind'][] = ['deployment', 'statefulset', 'daemonset'];

/** Pods are made anew: istio-init runs and the injector reads annotations only then. */
function annotate({ kind, name, namespace }: Target, annotations: Readonly<Record<string, string>>): Command {
  const patch = JSON.stringify({ spec: { template: { metadata: { annotations } } } });
  return { language: 'sh', text: `kubectl -n ${namespace} patch ${kind} ${name} -p '${patch}'` };
}

/** The first release with inboundTrafficPolicy; before it istiod had a switch of its own. */
const FIRST_WITH_INBOUND_POLICY = 22;

const LOCALHOST = `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
  meshConfig:
    inboundTrafficPolicy:
      mode: LOCALHOST
`;

const LOCALHOST_BEFORE = `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
  values:
    pilot:
      env:
        PILOT_ENABLE_INBOUND_PASSTHROUGH: "false"
`;

/** The kubectl commands or the objects that do to a cluster what the patches do to the texts. */
export function commandsOf(remedy: Remedy, pods: readonly Pod[]): readonly Command[] {
  const workload = (name: string) => targetOf(name, pods);
  const named = (name: string) => pods.find((pod) => pod.name === name);
  switch (remedy.kind) {
    case 'tproxy':
      return [annotate(workload(remedy.pod), { 'sidecar.istio.io/interceptionMode': 'TPROXY' })];
    case 'exclude-port': {
      const pod = named(remedy.pod);
      const ports = pod ? excludedPorts(pod, remedy.port) : [String(remedy.port)];
      return [
        annotate(workload(remedy.pod), { 'traffic.sidecar.istio.io/excludeInboundPorts': ports.join(',') }),
      ];
    }
    case 'trust-xff': {
      const config = JSON.stringify({ gatewayTopology: { numTrustedProxies: remedy.hops } });
      return [annotate(workload(remedy.gateway), { 'proxy.istio.io/config': config })];
    }
    case 'external-traffic-policy': {
      const patch = `{"spec":{"externalTrafficPolicy":"Local"}}`;
      return [{ language: 'sh', text: `kubectl -n NAMESPACE patch service SERVICE -p '${patch}'` }];
    }
    case 'localhost': {
      const pod = named(remedy.pod);
      const minor = pod ? argumentsOf(pod).minor : null;
      const isOld = minor !== null && minor < FIRST_WITH_INBOUND_POLICY;
      return [{ language: 'yaml', text: isOld ? LOCALHOST_BEFORE : LOCALHOST }];
    }
    case 'return-rule': {
      const pod = named(remedy.pod);
      const text = pod && `nsenter --net --target PID ${returnCommand(remedy, pod)}`;
      return text === undefined ? [] : [{ language: 'sh', text }];
    }
    case 'ambient': {
      const { kind, name, namespace } = workload(remedy.pod);
      return [
        {
          language: 'sh',
          text: `kubectl label namespace ${namespace} istio-injection- istio.io/rev- istio.io/dataplane-mode=ambient --overwrite
kubectl -n ${namespace} rollout restart ${kind} ${name}`,
        },
      ];
    }
    case 'proxy-protocol': {
      const gateway = named(remedy.gateway);
      const chooses = gateway !== undefined && choosesSocket(gateway, remedy.cluster);
      return [
        { language: 'yaml', text: sendProxyProtocol(remedy.gateway, remedy.cluster, chooses) },
        { language: 'yaml', text: readProxyProtocol(workload(remedy.pod).name) },
      ];
    }
  }
}
