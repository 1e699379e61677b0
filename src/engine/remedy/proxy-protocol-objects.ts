// The objects of Istio that make a gateway send PROXY protocol and a sidecar read it.
// https://istio.io/latest/docs/reference/config/networking/envoy-filter/ (LISTENER_FILTER: 1.17 and later),
// https://istio.io/latest/docs/reference/config/networking/destination-rule/ (proxyProtocol: 1.22 and later)

/** Istio labels the gateways that it installs itself. */
function labelOf(gateway: string): string {
  const own = /(?:ingress|egress)gateway/.exec(gateway)?.[0];
  return own ? `istio: ${own}` : `app: ${gateway}`;
}

/**
 * An EnvoyFilter sets the cluster's transport socket; where the cluster chooses one by the endpoint, as under automatic
 * mTLS, only a DestinationRule can.
 */
export function sendProxyProtocol(gateway: string, cluster: string, choosesSocket: boolean): string {
  return choosesSocket ? destinationRule(labelOf(gateway), cluster) : senderFilter(labelOf(gateway), cluster);
}

function destinationRule(label: string, cluster: string): string {
  return `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: send-proxy-protocol
  namespace: NAMESPACE
spec:
  host: ${cluster.split('|').at(-1) ?? cluster}
  workloadSelector:
    matchLabels:
      ${label}
  trafficPolicy:
    proxyProtocol:
      version: V1
`;
}

function envoyFilter(name: string, label: string, patch: string): string {
  return `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata:
  name: ${name}
  namespace: NAMESPACE
spec:
  workloadSelector:
    labels:
      ${label}
  configPatches:
${patch}`;
}

function senderFilter(label: string, cluster: string): string {
  return envoyFilter(
    'send-proxy-protocol',
    label,
    `  - applyTo: CLUSTER
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
`,
  );
}

/** Before all other listener filters: merged into the listener it would stand behind them. */
export function readProxyProtocol(app: string): string {
  return envoyFilter(
    'read-proxy-protocol',
    `app: ${app}`,
    `  - applyTo: LISTENER_FILTER
    match:
      context: SIDECAR_INBOUND
      listener:
        name: virtualInbound
    patch:
      operation: INSERT_FIRST
      value:
        name: envoy.filters.listener.proxy_protocol
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol
`,
  );
}
