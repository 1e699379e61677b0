import { expect, test } from 'vitest';
import { PLAIN_REQUEST, type ScenarioPod } from '../scenario.ts';
import { simulate } from './simulate.ts';
import type { Trace } from './trace.ts';

const SENDS_HEADER = `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata:
  name: edge-pp
spec:
  configPatches:
  - applyTo: CLUSTER
    patch:
      operation: MERGE
      value:
        transport_socket:
          name: envoy.transport_sockets.upstream_proxy_protocol
          typed_config:
            "@type": type.googleapis.com/envoy.extensions.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport
            config:
              version: V1
  workloadSelector:
    labels:
      app: edge
`;
const READS_HEADER = `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata:
  name: shop-pp
spec:
  configPatches:
  - applyTo: LISTENER
    match:
      context: SIDECAR_INBOUND
    patch:
      operation: MERGE
      value:
        listener_filters:
        - name: envoy.filters.listener.proxy_protocol
        - name: envoy.filters.listener.original_dst
`;

function line(fields: Readonly<Record<string, string>>): string {
  const whole = {
    protocol: null,
    response_code: 0,
    response_flags: '-',
    bytes_sent: 262,
    bytes_received: 83,
  };
  return ` ${JSON.stringify({ ...whole, ...fields })}`;
}
const AT_EDGE = line({
  downstream_remote_address: '198.51.100.4:6093',
  downstream_local_address: '10.7.0.4:8000',
  upstream_local_address: '10.7.0.4:36162',
  upstream_host: '10.7.0.9:80',
  upstream_cluster: 'outbound|8000||shop.web.svc.cluster.local',
});
const AT_SHOP = line({
  downstream_remote_address: '198.51.100.4:6093',
  downstream_local_address: '10.7.0.9:80',
  upstream_local_address: '127.0.0.6:40111',
  upstream_host: '10.7.0.9:80',
  upstream_cluster: 'inbound|80||',
});

function traceOf(edge: string, shop: string): Trace {
  const pods: ScenarioPod[] = [
    { name: 'edge', role: 'gateway', addresses: ['10.7.0.4'], paste: edge },
    { name: 'shop', role: 'server', addresses: ['10.7.0.9'], paste: shop },
  ];
  const request = {
    ...PLAIN_REQUEST,
    from: '198.51.100.4:6093',
    to: '10.7.0.4:8000',
    protocol: 'tcp' as const,
  };
  return simulate({ version: 1, title: '', request, pods }).trace;
}

/** `pod connection: packet` where each connection begins. */
function opened({ hops }: Trace): string[] {
  const request = hops.filter(({ packet }) => packet === 'request');
  const firsts = request.filter(({ connection }, i) => request[i - 1]?.connection !== connection);
  return firsts.map(({ pod, after }) => `${pod ?? 'client'}: ${after.src} > ${after.dst}`);
}

test('a gateway of which only the log was pasted sends on what the log shows', () => {
  const trace = traceOf(AT_EDGE, AT_SHOP);
  expect(opened(trace)).toEqual([
    'client: 198.51.100.4:6093 > 10.7.0.4:8000',
    'edge: 10.7.0.4:36162 > 10.7.0.9:80',
    'shop: 127.0.0.6:* > 10.7.0.9:80',
  ]);
  const at = trace.hops.find(({ pod, cluster }) => pod === 'edge' && cluster !== null);
  expect([at?.listener, at?.cluster, at?.basis]).toEqual([
    '0.0.0.0_8000',
    'outbound|8000||shop.web.svc.cluster.local',
    'observed',
  ]);
});

test('a proxy that reads the PROXY header logs the header’s client: its line is still this request’s', () => {
  const trace = traceOf(`${SENDS_HEADER}\n${AT_EDGE}`, `${READS_HEADER}\n${AT_SHOP}`);
  expect(opened(trace)).toEqual([
    'client: 198.51.100.4:6093 > 10.7.0.4:8000',
    'edge: 10.7.0.4:36162 > 10.7.0.9:80',
    'shop: 127.0.0.6:40111 > 10.7.0.9:80',
  ]);
});

test('without listeners, and without a line of the log for it, nobody knows whether a gateway takes it', () => {
  const other = AT_EDGE.replace('198.51.100.4:6093', '198.51.100.5:7000');
  const trace = traceOf(other, AT_SHOP);
  expect(trace.outcome).toBe('undecided');
  expect(trace.findings.map(({ code }) => code)).toContain('finding.listeners-not-pasted');
});

function listed(name: string, address: string): string {
  return `$ kubectl get pods -o wide\nNAME READY STATUS RESTARTS AGE IP NODE\n${name} 1/1 Running 0 3d ${address} n1\n`;
}

function logOf(name: string, text: string): string {
  return `$ kubectl logs ${name} -c istio-proxy\n${text.trim()}\n`;
}

test('an article that shows the logs of both is followed from the client on, in one pane', () => {
  const paste = [
    listed('edge-5d5b776b7b-pxc2g', '10.7.0.4'),
    listed('shop-6565f59ff8-plnn7', '10.7.0.9'),
    READS_HEADER,
    SENDS_HEADER,
    logOf('edge-5d5b776b7b-pxc2g', AT_EDGE),
    logOf('shop-6565f59ff8-plnn7', AT_SHOP),
  ].join('\n');
  const pods = [{ name: 'shop', role: null, addresses: [], paste }];
  const { trace } = simulate({ version: 1, title: '', request: null, pods });
  expect(opened(trace)).toEqual([
    'client: 198.51.100.4:6093 > 10.7.0.4:8000',
    'edge: 10.7.0.4:36162 > 10.7.0.9:80',
    'shop: 127.0.0.6:40111 > 10.7.0.9:80',
  ]);
});
