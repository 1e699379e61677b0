// A remedy -> what carries it out in a cluster, fit for copying. Names in capitals are the reader's to fill in: no paste
// tells the namespace, the Deployment or the Service for sure.
import type { Remedy } from './remedy.ts';

export interface Command {
  readonly language: 'sh' | 'yaml';
  readonly text: string;
}

/** `web-5d9c7b4f6d-x2k4q` is a pod of the Deployment `web`. */
function deploymentOf(pod: string): string {
  return pod.replace(/-[a-f0-9]{6,10}-[a-z0-9]{5}$/, '');
}

function annotate(pod: string, annotations: Readonly<Record<string, string>>): Command {
  const patch = JSON.stringify({ spec: { template: { metadata: { annotations } } } });
  return { language: 'sh', text: `kubectl -n NAMESPACE patch deployment ${deploymentOf(pod)} -p '${patch}'` };
}

function envoyFilter(name: string, labels: string, patch: string): Command {
  const text = `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata:
  name: ${name}
  namespace: NAMESPACE
spec:
  workloadSelector:
    labels:
      ${labels}
  configPatches:
${patch}`;
  return { language: 'yaml', text };
}

const SENDS = (cluster: string) => `  - applyTo: CLUSTER
    match:
      context: GATEWAY
      cluster:
        name: ${cluster}
    patch:
      operation: MERGE
      value:
        transport_socket:
          name: envoy.transport_sockets.upstream_proxy_protocol
          typed_config:
            "@type": type.googleapis.com/envoy.extensions.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport
            config:
              version: V1
            transport_socket:
              name: envoy.transport_sockets.raw_buffer
`;

const READS = `  - applyTo: LISTENER
    match:
      context: SIDECAR_INBOUND
    patch:
      operation: MERGE
      value:
        listener_filters:
        - name: envoy.filters.listener.proxy_protocol
          typed_config:
            "@type": type.googleapis.com/envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol
`;

const LOCALHOST = `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
  meshConfig:
    inboundTrafficPolicy:
      mode: LOCALHOST
`;

export function commandsOf(remedy: Remedy): readonly Command[] {
  switch (remedy.kind) {
    case 'tproxy':
      return [annotate(remedy.pod, { 'sidecar.istio.io/interceptionMode': 'TPROXY' })];
    case 'exclude-port':
      return [annotate(remedy.pod, { 'traffic.sidecar.istio.io/excludeInboundPorts': String(remedy.port) })];
    case 'trust-xff':
      return [
        annotate(remedy.gateway, {
          'proxy.istio.io/config': JSON.stringify({ gatewayTopology: { numTrustedProxies: remedy.hops } }),
        }),
      ];
    case 'external-traffic-policy':
      return [
        {
          language: 'sh',
          text: `kubectl -n NAMESPACE patch service SERVICE -p '{"spec":{"externalTrafficPolicy":"Local"}}'`,
        },
      ];
    case 'localhost':
      return [{ language: 'yaml', text: LOCALHOST }];
    case 'ambient':
      return [
        {
          language: 'sh',
          text: `kubectl label namespace NAMESPACE istio-injection- istio.io/dataplane-mode=ambient --overwrite
kubectl -n NAMESPACE rollout restart deployment ${deploymentOf(remedy.pod)}`,
        },
      ];
    case 'proxy-protocol':
      return [
        envoyFilter('send-proxy-protocol', 'istio: ingressgateway', SENDS(remedy.cluster)),
        envoyFilter('read-proxy-protocol', `app: ${deploymentOf(remedy.pod)}`, READS),
      ];
  }
}
