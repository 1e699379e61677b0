// Whole articles, sessions and captures, with prose, prompts and commands: their copies tell the same story.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scenarioOfPaste } from '../engine/scenario.ts';
import { simulate } from '../engine/trace/simulate.ts';
import { anonymise } from './anonymise.ts';
import { isSameAnswer } from './same-answer.ts';

const KEY = Uint8Array.from({ length: 16 }, (_, i) => i * 11);
const FOLDERS = ['src/engine/trace/fixtures', 'src/engine/trace/observed/captures', 'src/fuzz/seeds'];

const pastes = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => !name.endsWith('.outline'))
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const),
);

function copyOf(paste: string): string {
  return anonymise(scenarioOfPaste(paste), KEY).scenario.pods[0]?.paste ?? '';
}

describe.each(pastes)('%s', (_, paste) => {
  it('gives the same answer under other names', () => {
    const copy = simulate(anonymise(scenarioOfPaste(paste), KEY).scenario).trace;
    expect(isSameAnswer(copy, simulate(scenarioOfPaste(paste)).trace)).toBe(true);
  });

  it('holds no address and no pod of the original', () => {
    const addresses = paste.match(/\b(?!(?:0|127|255|169\.254)\.)\d{1,3}(?:\.\d{1,3}){3}\b/g) ?? [];
    const pods = paste.match(/\b[a-z]+(?:-[a-z]+)*-[a-z0-9]{8,10}-[a-z0-9]{5}\b/g) ?? [];
    const copy = copyOf(paste);
    const words = new Set(copy.match(/[\w.-]+/g));
    expect([...addresses, ...pods].filter((word) => words.has(word))).toEqual([]);
  });
});

describe('what a terminal session holds', () => {
  it('keeps commands that say whose the output is, without their secrets', () => {
    const copy = copyOf(`root@cart-7d9c6f8b5c-x2x9z:/# iptables -t nat -S
-P PREROUTING ACCEPT

$ export DB_PASSWORD=4711
$ curl -u admin:4711 -H 'X-Key: 0815' --data '{"pin":1234}' http://cart.shop:8080/ip?token=99
{ "origin": "127.0.0.6" }
`);
    expect(copy).toMatch(/^root@\w+-[a-z0-9]{10}-[a-z0-9]{5}:\/# iptables -t nat -S$/m);
    expect(copy).not.toMatch(/4711|0815|1234|token|99|cart|shop|x2x9z/);
    expect(copy).toContain('127.0.0.6');
  });

  it('rewrites the addresses inside a dumped PROXY header', () => {
    const copy = copyOf(`00000000: 0d0a 0d0a 000d 0a51 5549 540a 2111 000c
00000010: 0a04 0109 0a04 0007 c738 1f90 4242 4242
`);
    expect(copy).toMatch(/^00000000: 0d0a 0d0a 000d 0a51 5549 540a 2111 000c$/m);
    expect(copy).toMatch(/^00000010: 0a[0-9a-f ]{7} 0a[0-9a-f ]{7} c738 1f90$/m);
    expect(copy).not.toContain('0a04 0109');
  });

  it('knows an address in hexadecimal digits', () => {
    const copy = copyOf('-A INPUT -s 10.4.1.9/32 -m u32 --u32 "0xc=0x0a040109" -j ACCEPT\n');
    expect(copy).not.toContain('0a040109');
    const [, address = '', digits = ''] = /-s ([\d.]+)\/32 .*=0x([0-9a-f]{8})/.exec(copy) ?? [];
    const octets = address.split('.').map((octet) => Number(octet).toString(16).padStart(2, '0'));
    expect(digits).toBe(octets.join(''));
  });
});

describe('EnvoyFilters', () => {
  const paste = ` apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata:
  name: acme-gw
  namespace: istio-system
spec:
  configPatches:
  - applyTo: CLUSTER
    patch:
      operation: MERGE
      value:
        transport_socket:
          name: envoy.transport_sockets.upstream_proxy_protocol
          inline_code: print("hunter2")
  workloadSelector:
    labels:
      istio: ingressgateway
---
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: acme-cart, namespace: acme}
spec:
  workloadSelector: {labels: {app: cart}}
  configPatches: [{applyTo: LISTENER, match: {context: SIDECAR_INBOUND}, patch: {operation: MERGE, value: {listener_filters: [{name: envoy.filters.listener.original_src}]}}}]
`;
  it('stay two, and of the workloads that they were of, without what is not known of them', () => {
    const copy = copyOf(paste);
    const filters = simulate(scenarioOfPaste(copy)).pods.flatMap(({ documents }) => documents);
    expect(filters.filter(({ kind }) => kind === 'envoy-filter').length).toBe(
      simulate(scenarioOfPaste(paste)).pods.flatMap(({ documents }) => documents).length,
    );
    expect(copy).toMatch(/"istio": "\w+"[^]*"app": "\w+"/);
    expect(copy).not.toMatch(/acme|cart|ingress|hunter2|print/);
  });
});
