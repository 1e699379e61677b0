import { expect, test } from 'vitest';
import { textAt } from '../../base/source.ts';
import { parseDocuments } from '../parse.ts';
import type { KubeResource } from './resource.ts';

function resources(text: string): KubeResource[] {
  return parseDocuments({ name: 'test', text }).flatMap(({ content }) =>
    content.kind === 'kube' ? content.resources : [],
  );
}

/** The only one. */
function only<K extends KubeResource['kind']>(text: string, kind: K): Extract<KubeResource, { kind: K }> {
  const [resource, ...others] = resources(text);
  if (others.length > 0 || !resource || !isKind(resource, kind)) throw new Error(`no single ${kind}`);
  return resource;
}

function isKind<K extends KubeResource['kind']>(
  resource: KubeResource,
  kind: K,
): resource is Extract<KubeResource, { kind: K }> {
  return resource.kind === kind;
}

test.each([
  [
    'wide, with restarts that hold blanks',
    'NAME     READY   STATUS    RESTARTS       AGE   IP           NODE     NOMINATED NODE   READINESS GATES\ncart-0   2/2     Running   2 (3d4h ago)   9d    10.42.1.17   node-1   <none>           <none>',
    'cart-0 10.42.1.17 node-1',
  ],
  [
    'blanks lost',
    'NAME READY STATUS RESTARTS AGE IP NODE\ncart-0 2/2 Running 0 9d 10.42.1.17 node-1',
    'cart-0 10.42.1.17 node-1',
  ],
  ['custom columns', 'NAME     POD_IP\ncart-0   10.42.1.17', 'cart-0 10.42.1.17 null'],
  ['two families', 'NAME     IP\ncart-0   10.42.1.17,fd00::17', 'cart-0 10.42.1.17,fd00::17 null'],
  [
    'without wide',
    'NAME         READY   STATUS    RESTARTS   AGE\npod/cart-0   2/2     Running   0          9d',
    'cart-0  null',
  ],
])('a table of pods: %s', (_, table, expected) => {
  const { name, addresses, nodeName } = only(table, 'workload');
  expect(`${name} ${addresses.map(({ value }) => value.text).join(',')} ${nodeName}`).toBe(expected);
});

test('the namespace is the column’s, else the command’s', () => {
  const table = 'NAME     READY   STATUS    RESTARTS   AGE\ncart-0   2/2     Running   0          9d\n';
  expect(only(`$ kubectl get pods -n shop\n${table}`, 'workload').namespace).toBe('shop');
  const all =
    'NAMESPACE   NAME     READY   STATUS    RESTARTS   AGE\nstore       cart-0   2/2     Running   0          9d\n';
  expect(only(`$ kubectl get pods -A\n${all}`, 'workload').namespace).toBe('store');
});

test('a table ends where prose begins', () => {
  const found = resources('NAME     IP\ncart-0   10.0.0.1\nthe second pod is gone\ncart-1   10.0.0.2\n');
  expect(found.map(({ name }) => name)).toEqual(['cart-0']);
});

test('services: ports, node ports, external addresses, selector', () => {
  const service = only(
    'NAME   TYPE           CLUSTER-IP     EXTERNAL-IP   PORT(S)                      AGE   SELECTOR\ncart   LoadBalancer   10.43.12.200   20.0.0.1      8080:31380/TCP,90/UDP   9d    app=cart,tier=web',
    'service',
  );
  expect(service).toMatchObject({ type: 'LoadBalancer', selector: { app: 'cart', tier: 'web' } });
  expect(service.ports.map(({ port, nodePort, protocol }) => [port, nodePort, protocol])).toEqual([
    [8080, 31380, 'TCP'],
    [90, null, 'UDP'],
  ]);
  expect(service.externalAddresses.map(({ value }) => value.text)).toEqual(['20.0.0.1']);
});

test('endpoints and slices: cut off, and with ports of their own', () => {
  const endpoints = only(
    'NAME   ENDPOINTS                               AGE\ncart   10.0.0.1:80,10.0.0.2:80 + 3 more...   9d',
    'endpoints',
  );
  expect(endpoints.endpoints.map(({ address, port }) => `${address.text}:${port}`)).toEqual([
    '10.0.0.1:80',
    '10.0.0.2:80',
  ]);
  const slice = only(
    'NAME         ADDRESSTYPE   PORTS   ENDPOINTS           AGE\ncart-abcde   IPv4          8080    10.0.0.1,10.0.0.2   9d',
    'endpoints',
  );
  expect(slice.service).toBe('cart');
  expect(slice.endpoints.map(({ address, port }) => `${address.text}:${port}`)).toEqual([
    '10.0.0.1:8080',
    '10.0.0.2:8080',
  ]);
});

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  namespace: shop
spec:
  template:
    metadata:
      labels:
        app: cart
      annotations:
        sidecar.istio.io/interceptionMode: TPROXY
    spec:
      securityContext:
        runAsUser: 2000
      containers:
      - name: cart
        image: cart
        ports:
        - containerPort: 8080
          name: http
      - name: istio-proxy
        image: proxy
        securityContext: {runAsUser: 0, runAsGroup: 1337}
`;

test('a workload: labels and annotations of its pods, ports, uids of the container or of the pod', () => {
  const { labels, annotations, containers, ...workload } = only(DEPLOYMENT, 'workload');
  expect(workload).toMatchObject({ type: 'Deployment', name: 'cart', namespace: 'shop', addresses: [] });
  expect(labels).toEqual({ app: 'cart' });
  const mode = annotations['sidecar.istio.io/interceptionMode'];
  expect(mode?.value).toBe('TPROXY');
  expect(mode && textAt({ name: '', text: DEPLOYMENT }, mode.span)).toBe('TPROXY');
  expect(
    containers.map(({ name, uid, gid, ports }) => [
      name,
      uid?.value,
      gid?.value,
      ports.map(({ value }) => value),
    ]),
  ).toEqual([
    ['cart', 2000, undefined, [8080]],
    ['istio-proxy', 0, 1337, []],
  ]);
});

test('a pod as kubectl prints it in JSON, in a list, cut off at the end', () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'cart-0', namespace: 'shop' },
    spec: { nodeName: 'node-1', containers: [] },
    status: { hostIP: '192.168.0.1', podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] },
  };
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [pod] }, null, 2);
  for (const each of [text, text.slice(0, -6)]) {
    const read = only(each, 'workload');
    expect(read.addresses.map(({ value }) => value.text)).toEqual(['10.0.0.1', 'fd00::1']);
    expect(read).toMatchObject({ nodeName: 'node-1', nodeAddress: { value: { text: '192.168.0.1' } } });
  }
});

test('objects of Istio, each of its kind', () => {
  const kinds = [
    'Gateway',
    'VirtualService',
    'ServiceEntry',
    'DestinationRule',
    'Sidecar',
    'PeerAuthentication',
  ];
  const text = kinds
    .map((kind) => `apiVersion: networking.istio.io/v1beta1\nkind: ${kind}\nmetadata:\n  name: x\nspec: {}\n`)
    .join('---\n');
  expect(resources(text).map((each) => (each.kind === 'other' ? each.type : each.kind))).toEqual(kinds);
});

test.each([
  ['bare', 'accessLogFile: /dev/stdout\naccessLogFormat: "%PROTOCOL%"\n'],
  [
    'in a ConfigMap',
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: istio\ndata:\n  mesh: |-\n    accessLogFormat: "%PROTOCOL%"\n',
  ],
  [
    'in an IstioOperator',
    'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec:\n  meshConfig:\n    accessLogFormat: "%PROTOCOL%"\n',
  ],
  ['in values', 'meshConfig:\n  accessLogFormat: "%PROTOCOL%"\n'],
])('mesh configuration %s', (_, text) => {
  expect(only(text, 'mesh-settings').accessLogFormat?.value).toBe('%PROTOCOL%');
});

test('YAML whose indentation is lost is nested by the names of its fields, and says so', () => {
  const text =
    'apiVersion: v1\nkind: Service\nmetadata:\nname: web\nnamespace: shop\nspec:\nselector:\napp: web\nports:\n- port: 80\ntargetPort: 8080\nname: http\n- port: 90\ntype: NodePort\n';
  expect(only(text, 'service')).toMatchObject({
    name: 'web',
    namespace: 'shop',
    type: 'NodePort',
    selector: { app: 'web' },
    ports: [
      { port: 80, targetPort: 8080, name: 'http' },
      { port: 90, targetPort: 90 },
    ],
  });
  const [document] = parseDocuments({ name: 'test', text });
  expect(document?.diagnostics.map(({ code }) => code)).toEqual(['kube.indentation']);
  const deployment = DEPLOYMENT.replace(/^ +/gm, '').replace(/securityContext: .*\n/, '');
  expect(only(deployment, 'workload')).toMatchObject({
    name: 'cart',
    namespace: 'shop',
    labels: { app: 'cart' },
  });
});

test.each([
  'kind: of a mess',
  'metadata: is what we call it',
  'spec:\n\nThat is all.\n',
  'image: a picture\n',
])('words that look like a field are prose: %s', (text) => {
  expect(resources(text)).toEqual([]);
});
