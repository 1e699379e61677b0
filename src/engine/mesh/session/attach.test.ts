import { expect, test } from 'vitest';
import { positionAt } from '../../../base/source.ts';
import { parsePaste } from '../../../documents/parse.ts';
import { attach } from './attach.ts';
import { resolveService, resourcesOf } from './kube-facts.ts';
import { missingPieces } from './missing.ts';
import { ownDocuments } from './own-documents.ts';
import { initOfWorkloads, workloadsOf } from './workload-init.ts';
import { address } from '../../../base/ip.ts';

const LOG = (pod: string, client: string) =>
  `[2024-05-01T08:00:00.123Z] "GET / HTTP/1.1" 200 - via_upstream - "-" 0 6 3 2 "-" "curl" "id" "shop" "${pod}:80" inbound|80|| 127.0.0.6:40001 ${pod}:80 ${client}:51000 - default`;
const RULES = '-P OUTPUT ACCEPT\n-A OUTPUT -p tcp -j REDIRECT --to-ports 15001\n';

function read(text: string) {
  const source = { name: 'pod', text };
  const { documents, commands } = parsePaste(source);
  return { source, documents, attachment: attach(source, documents, commands) };
}

/** Each pod as `name: kind@line …`; `?` for those that nothing gives to one. */
function owners(text: string): string[] {
  const { source, attachment } = read(text);
  const at = (documents: readonly { kind: string; span: { from: number } }[]) =>
    documents.map(({ kind, span }) => `${kind}@${positionAt(source, span.from).line}`).join(' ');
  const pods = attachment.pods.map(({ name, documents }) => `${name}: ${at(documents)}`.trim());
  return attachment.unattached.length > 0 ? [...pods, `?: ${at(attachment.unattached)}`] : pods;
}

test.each([
  [
    'kubectl exec and logs',
    `$ kubectl logs -n shop web-6c5f7d8b9c-4kq2w -c istio-proxy\n${LOG('10.0.0.1', '10.0.0.2')}\n`,
    ['web: access-log@2'],
  ],
  [
    'pod.namespace of istioctl',
    '$ istioctl pc c web-6c5f7d8b9c-4kq2w.shop -o json\n[{"name": "a", "lbPolicy": "RANDOM"}]\n',
    ['web: envoy-config@2'],
  ],
  ['a workload', `$ kubectl exec deploy/web -- iptables -S\n${RULES}`, ['web: iptables-rules@2']],
  [
    'the prompt of a shell',
    `root@web-6c5f7d8b9c-4kq2w:/# iptables -t nat -S\n${RULES}`,
    ['web: iptables-rules@2'],
  ],
  [
    'a shell that was opened',
    `$ kubectl exec -it web-0 -- bash\nbash-5.1# iptables -t nat -S\n${RULES}`,
    ['web: iptables-rules@3'],
  ],
  [
    'a shell, until it is left',
    `$ kubectl exec -it web-0 -- sh\n/ # exit\n$ iptables -t nat -S\n${RULES}`,
    ['web:', '?: iptables-rules@4'],
  ],
  [
    'labels that a Deployment gives its pods',
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers: []\n\n$ kubectl logs -l app=web -c istio-proxy\n${LOG('10.0.0.1', '10.0.0.2')}\n`,
    ['web: access-log@13'],
  ],
  [
    'its address',
    `NAME    READY   STATUS    RESTARTS   AGE   IP\nweb-0   2/2     Running   0          1d    10.0.0.1\napi-0   2/2     Running   0          1d    10.0.0.2\n\n${LOG('10.0.0.2', '10.0.0.1')}\n`,
    ['web:', 'api: access-log@5'],
  ],
  [
    'the node id in a bootstrap',
    '{"configs": [{"@type": "type.googleapis.com/envoy.admin.v3.BootstrapConfigDump", "bootstrap": {"node": {"id": "sidecar~10.0.0.1~web-0.shop~shop.svc.cluster.local"}, "static_resources": {}}}]}\n',
    ['web: envoy-config@1'],
  ],
  [
    'the process that was looked up',
    `$ kubectl get po web-0 -o json | jq '.status.containerStatuses[]'\n{"name": "app", "containerID": "docker://cbd30c99c9f65430e32d"}\n$ docker inspect -f {{.State.Pid}} cbd30c99c9\n188902\n$ nsenter -t 188902 -n iptables -t nat -S\n${RULES}`,
    ['web: iptables-rules@6'],
  ],
  ['nothing', `$ nsenter -t 4711 -n iptables -t nat -S\n${RULES}`, ['?: iptables-rules@2']],
])('a document is given to its pod by %s', (_, text, expected) => {
  expect(owners(text)).toEqual(expected);
});

test('replicas of one workload are one pod, and keep their names', () => {
  const { attachment } = read(
    '$ istioctl pc c web-6c5f7d8b9c-4kq2w.shop -o json\n[]\n$ istioctl pc l web-84d6b7c5f6-x9z7t.shop -o json\n[]\n',
  );
  expect(attachment.pods).toMatchObject([
    { name: 'web', namespace: 'shop', instances: ['web-6c5f7d8b9c-4kq2w', 'web-84d6b7c5f6-x9z7t'] },
  ]);
});

test('of several pods, the one that is asked about keeps its own documents and those of nobody', () => {
  const { source, documents, attachment } = read(
    `$ kubectl logs web-0 -c istio-proxy\n${LOG('10.0.0.1', '10.0.0.2')}\n\n$ kubectl logs api-0 -c istio-proxy\n${LOG('10.0.0.2', '10.0.0.1')}\n\n${RULES}`,
  );
  const lines = (name: string) =>
    ownDocuments(name, attachment, documents).documents.map(({ span }) => positionAt(source, span.from).line);
  expect(lines('web')).toEqual([2, 7]);
  expect(lines('api-0')).toEqual([5, 7]);
});

const SERVICE = `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  clusterIP: 10.96.0.9
  selector: {app: web}
  ports:
  - port: 80
    targetPort: http
---
apiVersion: v1
kind: Pod
metadata: {name: web-0, namespace: shop, labels: {app: web}}
spec:
  containers:
  - name: web
    image: web
    ports: [{name: http, containerPort: 8080}]
status: {podIP: 10.0.0.1}
`;

test('a service leads to the pods that it selects, through named ports; Endpoints know better', () => {
  const target = (text: string) => {
    const found = resolveService(resourcesOf(read(text).documents), address('10.96.0.9'), 80);
    return found && [found.complete, ...found.targets.map((each) => `${each.address.text}:${each.port}`)];
  };
  expect(target(SERVICE)).toEqual([false, '10.0.0.1:8080']);
  expect(
    target(`${SERVICE}\nNAME   ENDPOINTS                     AGE\nweb    10.0.0.1:8080,10.0.0.3:8080   1d\n`),
  ).toEqual([true, '10.0.0.1:8080', '10.0.0.3:8080']);
  expect(resolveService(resourcesOf(read(SERVICE).documents), address('10.96.0.9'), 81)).toBeNull();
});

test('annotations ask the injector for what istio-init does', () => {
  const text =
    'metadata:\n  annotations:\n    sidecar.istio.io/interceptionMode: TPROXY\n    traffic.sidecar.istio.io/excludeInboundPorts: "90, 91"\n    traffic.sidecar.istio.io/includeOutboundIPRanges: 10.0.0.0/8\n';
  const init = initOfWorkloads(workloadsOf(resourcesOf(read(text).documents), 'web'));
  expect(init).toMatchObject({
    mode: 'TPROXY',
    excludedInboundPorts: ['15090', '15021', '15020', '90', '91'],
    ranges: ['10.0.0.0/8'],
  });
  expect(initOfWorkloads([])).toBeNull();
});

test('what is missing is asked for with the pod’s name, and capitals where it is not told', () => {
  const [named] = missingPieces(['missing.log'], { name: 'web-0', namespace: 'shop' });
  expect(named?.commands).toEqual([
    { variant: 'kubectl', text: 'kubectl logs -n shop web-0 -c istio-proxy --tail=20' },
  ]);
  const [rules] = missingPieces(['missing.rules'], { name: null, namespace: null });
  expect(rules?.commands.map(({ variant }) => variant)).toEqual(['debug', 'kubectl', 'nsenter', 'kubectl']);
  expect(rules?.commands.every(({ text }) => text.includes('POD'))).toBe(true);
  expect(rules?.uncertain.code).toBe('uncertain.rules');
});
