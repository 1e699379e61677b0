// Journeys over several machines: nodes that forward by pasted rules, ambient pods, gateways and proxies without capture.
// The rules are what kube-proxy and istio-cni write; what each client address must become is their documented behaviour.
import { describe, expect, test } from 'vitest';
import { readScenario, type Scenario } from '../scenario.ts';
import { simulate } from './simulate.ts';
import type { Trace } from './trace.ts';

const NODE = `*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:KUBE-EXT-A - [0:0]
:KUBE-MARK-MASQ - [0:0]
:KUBE-NODEPORTS - [0:0]
:KUBE-POSTROUTING - [0:0]
:KUBE-SEP-A - [0:0]
:KUBE-SERVICES - [0:0]
:KUBE-SVC-A - [0:0]
-A PREROUTING -j KUBE-SERVICES
-A OUTPUT -j KUBE-SERVICES
-A POSTROUTING -j KUBE-POSTROUTING
-A KUBE-EXT-A -j KUBE-MARK-MASQ
-A KUBE-EXT-A -j KUBE-SVC-A
-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000
-A KUBE-NODEPORTS -p tcp -m tcp --dport 30080 -j KUBE-EXT-A
-A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN
-A KUBE-POSTROUTING -j MARK --set-xmark 0x4000/0x0
-A KUBE-POSTROUTING -j MASQUERADE --random-fully
-A KUBE-SEP-A -s 10.244.2.13/32 -j KUBE-MARK-MASQ
-A KUBE-SEP-A -p tcp -m tcp -j DNAT --to-destination 10.244.2.13:8000
-A KUBE-SERVICES -d 10.96.7.7/32 -p tcp -m tcp --dport 80 -j KUBE-SVC-A
-A KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS
-A KUBE-SVC-A ! -s 10.244.0.0/16 -d 10.96.7.7/32 -p tcp -m tcp --dport 80 -j KUBE-MARK-MASQ
-A KUBE-SVC-A -j KUBE-SEP-A
COMMIT
`;

const AMBIENT = `*mangle
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
-A ISTIO_OUTPUT -d 169.254.7.127/32 -p tcp -m tcp -j ACCEPT
-A ISTIO_OUTPUT -p tcp -m mark --mark 0x111/0xfff -j ACCEPT
-A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -j ACCEPT
-A ISTIO_OUTPUT ! -d 127.0.0.1/32 -p tcp -m mark ! --mark 0x539/0xfff -j REDIRECT --to-ports 15001
-A ISTIO_PRERT -s 169.254.7.127/32 -p tcp -m tcp -j ACCEPT
-A ISTIO_PRERT ! -d 127.0.0.1/32 -p tcp -m tcp ! --dport 15008 -m mark ! --mark 0x539/0xfff -j REDIRECT --to-ports 15006
COMMIT
`;

const NO_RULES = '*nat\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n';

function traceOf(from: string, to: string, pods: readonly unknown[]): Trace {
  const read = readScenario({ version: 1, request: { from, to, protocol: 'tcp' }, pods });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return simulate(read.scenario satisfies Scenario).trace;
}

const node = { name: 'node-a', addresses: ['192.168.1.11'], paste: NODE };
const server = { name: 'web', role: 'server', addresses: ['10.244.2.13'], paste: NO_RULES };
const client = { name: 'shop', role: 'client', addresses: ['10.244.1.5'], paste: NO_RULES };

function codes({ findings }: Trace): string[] {
  return findings.map(({ code }) => code);
}

describe('a node that forwards', () => {
  test('externalTrafficPolicy Cluster masks the client with the node’s address, and the reply comes back to it', () => {
    const trace = traceOf('203.0.113.9:40000', '192.168.1.11:30080', [node, server]);
    expect(trace.app.remoteAddress).toBe('192.168.1.11');
    expect(trace.sourceChanges).toMatchObject([{ kind: 'rewrite', cause: 'masquerade' }]);
    expect(trace.hops.at(-1)).toMatchObject({
      packet: 'reply',
      after: { src: '192.168.1.11:30080', dst: '203.0.113.9:40000' },
      event: { code: 'reply.to-client' },
    });
  });

  test('externalTrafficPolicy Local keeps the client', () => {
    const local = { ...node, paste: NODE.replace('-A KUBE-EXT-A -j KUBE-MARK-MASQ\n', '') };
    const trace = traceOf('203.0.113.9:40000', '192.168.1.11:30080', [local, server]);
    expect(trace.app.remoteAddress).toBe('203.0.113.9');
    expect(trace.hops.at(-1)?.after.src).toBe('192.168.1.11:30080');
  });

  test('a service’s address is translated by the node’s rules, which prove it', () => {
    const trace = traceOf('10.244.1.5', '10.96.7.7:80', [client, node, server]);
    const dnat = trace.hops.find(({ verdict }) => verdict?.startsWith('dnat'));
    expect(dnat).toMatchObject({ pod: 'node-a', basis: 'derived', after: { dst: '10.244.2.13:8000' } });
    expect([trace.outcome, trace.app.remoteAddress]).toEqual(['delivered', '10.244.1.5']);
  });

  test('a port that no rule and no listener has is refused there', () => {
    const trace = traceOf('203.0.113.9', '192.168.1.11:31999', [node, server]);
    expect([trace.outcome, codes(trace)]).toEqual(['refused', ['finding.no-listener']]);
  });
});

/** What ztunnels and waypoints opened, in order. */
function connects({ hops }: Trace): string[] {
  return hops.filter(({ event }) => /^ztunnel\.(?!accepts)/.test(event.code)).map(({ event }) => event.code);
}

describe('a Service that was pasted', () => {
  const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { clusterIP: 10.96.7.7, selector: { app: web }, ports: [{ port: 80, targetPort: 8000 }] }
---
apiVersion: v1
kind: Endpoints
metadata: { name: web }
subsets: [{ addresses: [{ ip: 10.244.2.13 }], ports: [{ port: 8000 }] }]
`;

  test('leads to its one endpoint, and the reply comes from its address', () => {
    const shop = { ...client, paste: `$ iptables-save\n${NO_RULES}\n${SERVICE}` };
    const trace = traceOf('10.244.1.5', '10.96.7.7:80', [shop, server]);
    const service = trace.hops.find(({ event }) => event.code === 'network.service-pasted');
    expect(service).toMatchObject({ basis: 'derived', after: { dst: '10.244.2.13:8000' } });
    expect(service?.evidence.length).toBeGreaterThan(0);
    expect(trace.hops.at(-1)?.after.src).toBe('10.96.7.7:80');
  });
});

describe('ambient', () => {
  const web = { ...server, paste: AMBIENT };
  const shop = { ...client, paste: AMBIENT };

  test('plain text: ztunnel connects from the client’s own address, and the reply returns by mark 0x111', () => {
    const trace = traceOf('10.20.0.78:33204', '10.244.2.13:8000', [web]);
    expect([trace.outcome, trace.app.remoteAddress]).toEqual(['delivered', '10.20.0.78']);
    const restored = trace.hops.find(({ packet, after }) => packet === 'reply' && after.mark === 0x111);
    expect(restored?.evidence[0]?.text).toContain('--restore-mark');
    expect(trace.hops.at(-1)?.after).toMatchObject({ src: '10.244.2.13:8000', dst: '10.20.0.78:33204' });
  });

  test('between two ambient pods the connection travels in HBONE on port 15008', () => {
    const trace = traceOf('10.244.1.5', '10.96.7.7:80', [shop, web]);
    expect(connects(trace)).toEqual(['ztunnel.outbound', 'ztunnel.inbound-tunnel']);
    const between = trace.hops.find(({ event }) => event.code === 'network.between');
    expect(between?.after.dst).toBe('10.244.2.13:15008');
    expect(trace.app.remoteAddress).toBe('10.244.1.5');
  });

  test('a waypoint’s Forwarded gives the client back', () => {
    const waypoint = { name: 'waypoint', role: 'gateway', addresses: ['10.244.3.3'] };
    const trace = traceOf('10.244.1.5', '10.96.7.7:80', [shop, waypoint, web]);
    expect(connects(trace)).toEqual(['ztunnel.to-waypoint', 'ztunnel.waypoint', 'ztunnel.inbound-forwarded']);
    expect(trace.sourceChanges.map(({ to }) => to)).toEqual(['10.244.3.3', '10.244.1.5']);
    expect(codes(trace)).not.toContain('finding.source-lost');
  });

  test('nothing that ztunnel does is more than assumed, and no step of the sidecar is numbered', () => {
    const { hops } = traceOf('10.244.1.5', '10.96.7.7:80', [shop, web]);
    expect(new Set(hops.filter(({ place }) => place === 'proxy').map(({ basis }) => basis))).toEqual(
      new Set(['assumed']),
    );
    expect(hops.filter(({ pod, step }) => pod !== null && step !== null)).toEqual([]);
  });
});

describe('a proxy that listens for itself', () => {
  const GATEWAY = `[{ "name": "0.0.0.0_8080",
    "address": { "socketAddress": { "address": "0.0.0.0", "portValue": 8080 } },
    "filterChains": [{ "filters": [{ "name": "envoy.filters.network.tcp_proxy", "typedConfig": {
      "@type": "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy", "cluster": "web" } }] }] },
  { "name": "web", "type": "STATIC", "loadAssignment": { "clusterName": "web", "endpoints": [{ "lbEndpoints": [
    { "endpoint": { "address": { "socketAddress": { "address": "10.244.2.13", "portValue": 8000 } } } }] }] } }]`;

  test('a gateway’s configuration pasted alone meets no rules of a sidecar', () => {
    const gateway = { name: 'ingress', addresses: ['10.244.9.9'], paste: GATEWAY };
    const trace = traceOf('203.0.113.9:40000', '10.244.9.9:8080', [gateway, server]);
    expect(trace.hops.filter(({ place }) => place === 'kernel')).toEqual([]);
    expect(trace.app.remoteAddress).toBe('10.244.9.9');
    expect(codes(trace)).not.toContain('finding.assumed');
  });

  test('a listener on an address that is not the pod’s own is behind capture: Istio’s rules are assumed', () => {
    const sidecar = { name: 'shop', role: 'client', addresses: ['10.244.1.5'] };
    const paste = GATEWAY.replace('"0.0.0.0"', '"240.240.182.196"');
    const trace = traceOf('10.244.1.5', '240.240.182.196:8080', [{ ...sidecar, paste }, server]);
    expect(trace.hops.some(({ chain }) => chain === 'ISTIO_OUTPUT')).toBe(true);
    expect(trace.outcome).toBe('delivered');
    expect(codes(trace)).toContain('finding.assumed');
  });

  test('a port that no listener of the gateway serves is refused; without its listeners nobody knows', () => {
    const gateway = { name: 'ingress', role: 'gateway', addresses: ['10.244.9.9'], paste: GATEWAY };
    const refused = traceOf('203.0.113.9', '10.244.9.9:9999', [gateway, server]);
    expect([refused.outcome, codes(refused)]).toEqual(['refused', ['finding.no-listener']]);
    const open = traceOf('203.0.113.9', '10.244.9.9:8080', [{ ...gateway, paste: '' }, server]);
    expect([open.outcome, codes(open)]).toEqual(['undecided', ['finding.listeners-not-pasted']]);
  });
});
