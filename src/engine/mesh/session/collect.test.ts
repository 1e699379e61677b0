import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { textAt } from '../../../base/source.ts';
import { parsePaste } from '../../../documents/parse.ts';
import { attach } from './attach.ts';

const SCRIPT = 'public/collect.sh';
const POD = 'shop-7d9f8b6c5d-x2x4z';

const POD_YAML = `apiVersion: v1
kind: Pod
metadata:
  name: ${POD}
  namespace: store
  annotations:
    sidecar.istio.io/interceptionMode: REDIRECT
spec:
  initContainers:
  - name: istio-init
    image: docker.io/istio/proxyv2:1.20.0
    args:
    - istio-iptables
    - -p
    - "15001"
    - -z
    - "15006"
    - -b
    - "*"
  containers:
  - name: shop
    image: shop
status:
  podIP: 10.1.2.3`;

const LOG =
  '[2024-05-01T08:00:00.123Z] "GET / HTTP/1.1" 200 - via_upstream - "-" 0 6 3 2 "-" "curl" "id" "shop" "10.1.2.3:80" inbound|80|| 127.0.0.6:40001 10.1.2.3:80 10.1.2.9:51000 - default';

/** What each command prints; all others fail, as in a distroless container. */
const ANSWERS: readonly (readonly [pattern: string, output: string])[] = [
  [
    'get pod -n store * -o wide',
    `NAME                    READY   STATUS    RESTARTS      AGE   IP         NODE\n${POD}   2/2     Running   1 (3h ago)    5d    10.1.2.3   node-1`,
  ],
  ['get pod -n store * -o yaml', POD_YAML],
  [
    'get service *',
    'NAME   TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE   SELECTOR\nshop   ClusterIP   10.96.0.9    <none>        80/TCP    5d    app=shop',
  ],
  ['get endpoints *', 'NAME   ENDPOINTS     AGE\nshop   10.1.2.3:80   5d'],
  ['logs *', LOG],
  [
    '*grep -r . /proc/sys/*',
    '/proc/sys/net/ipv4/conf/all/rp_filter:0\n/proc/sys/net/ipv4/conf/eth0/rp_filter:1',
  ],
  ['*ip rule', '0:\tfrom all lookup local\n32766:\tfrom all lookup main'],
  [
    'proxy-config cluster *',
    '[\n    {\n        "name": "inbound|80||",\n        "type": "ORIGINAL_DST",\n        "connectTimeout": "10s"\n    }\n]',
  ],
];

/** A directory with tools that print fixed answers, and note how they were called. */
function fakeTools(): string {
  const folder = mkdtempSync(join(tmpdir(), 'collect-'));
  const cases = ANSWERS.map(([pattern, output], i) => {
    writeFileSync(join(folder, `answer-${i}`), `${output}\n`);
    return `  ${pattern.replaceAll(' ', '\\ ')}) cat '${folder}/answer-${i}' ;;`;
  });
  const body = `#!/bin/sh\necho "$0 $*" >> '${folder}/calls'\ncase "$*" in\n${cases.join('\n')}\n  *) echo "error: not found" >&2; exit 1 ;;\nesac\n`;
  for (const tool of ['kubectl', 'istioctl']) {
    writeFileSync(join(folder, tool), body);
    chmodSync(join(folder, tool), 0o755);
  }
  return folder;
}

function collected(): string {
  const PATH = `${fakeTools()}:/usr/bin:/bin`;
  return execFileSync('sh', [SCRIPT, 'store', POD], { env: { PATH }, encoding: 'utf8' });
}

test('what the script collects is read, and belongs to its pod', () => {
  const text = collected();
  const source = { name: 'pod', text };
  const { documents, commands } = parsePaste(source);
  const kinds = documents.flatMap(({ kind }) =>
    kind === 'prose' || kind === 'command-output' ? [] : [kind],
  );
  expect(kinds).toEqual([
    'kube-table',
    'kube-object',
    'kube-table',
    'kube-table',
    'envoy-config',
    'access-log',
    'ip-rule',
    'sysctl',
  ]);
  const { pods, unattached } = attach(source, documents, commands);
  expect(unattached).toEqual([]);
  expect(pods).toMatchObject([
    { name: 'shop', namespace: 'store', instances: [POD], addresses: [{ text: '10.1.2.3' }] },
  ]);
  expect(pods[0]?.documents.map(({ kind }) => kind)).toEqual([
    'envoy-config',
    'access-log',
    'ip-rule',
    'sysctl',
  ]);
  const log = documents.find(({ kind }) => kind === 'access-log');
  expect(log?.command && textAt(source, log.command)).toContain(`logs -n store ${POD} -c istio-proxy`);
});

test('what could not be had is said at the end', () => {
  const text = collected();
  expect(text).toContain('# missing: iptables rules.');
  expect(text).toContain('# missing: listener configuration of the proxy');
  expect(text).toContain('# missing: sockets');
  expect(text).not.toContain('# missing: access log');
});

test('it reads only, and asks for its two arguments', () => {
  const folder = fakeTools();
  execFileSync('sh', [SCRIPT, 'store', POD], { env: { PATH: `${folder}:/usr/bin:/bin` }, encoding: 'utf8' });
  const calls = execFileSync('cat', [join(folder, 'calls')], { encoding: 'utf8' })
    .trim()
    .split('\n');
  const verbs = calls.map((call) => call.replace(/^\S*\/(\w+) /, '$1 '));
  for (const call of verbs)
    expect(call).toMatch(
      /^(?:kubectl (?:get|logs) |kubectl exec .* -- (?:ip|ss|grep) |istioctl proxy-config )/,
    );
  const used = spawnSync('sh', [SCRIPT, 'store'], { encoding: 'utf8' });
  expect(used.status).toBe(2);
  expect(used.stderr).toContain('usage: sh collect.sh NAMESPACE POD');
});
