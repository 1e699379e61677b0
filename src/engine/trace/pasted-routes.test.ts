import { expect, test } from 'vitest';
import { PLAIN_REQUEST, type ScenarioRequest } from '../scenario.ts';
import { simulate } from './simulate.ts';

const HOSTS = `{ "name": "shop.example:80", "domains": ["shop.example", "240.240.0.7"],
  "routes": [{ "name": "default", "match": { "prefix": "/" }, "route": { "cluster": "outbound|80||shop.example" } }] }`;
const CLUSTER = `[{ "name": "outbound|80||shop.example", "type": "STATIC", "loadAssignment": { "endpoints": [{ "lbEndpoints": [
  { "endpoint": { "address": { "socketAddress": { "address": "203.0.113.80", "portValue": 443 } } } }] }] } }]`;

/** `listener by basis`, `route by basis` and where the last packet goes. */
function way(paste: string, asked: Partial<ScenarioRequest> = {}): string[] {
  const request = {
    ...PLAIN_REQUEST,
    from: '10.5.0.3',
    to: '240.240.0.7:80',
    host: 'shop.example',
    ...asked,
  };
  const pods = [{ name: 'ping', role: 'client' as const, addresses: ['10.5.0.3'], paste }];
  const { hops } = simulate({ version: 1, title: '', request, pods }).trace;
  const listener = hops.findLast((hop) => hop.listener !== null && hop.filterChain === null);
  const route = hops.find((hop) => hop.route !== null);
  return [
    `${listener?.listener} ${listener?.basis}`,
    route ? `${route.route} ${route.basis}` : 'no route',
    hops.at(-1)?.after.dst ?? '',
  ];
}

test.each([
  ['virtual hosts that jq cut out', HOSTS],
  ['a route configuration', `[{ "name": "80", "virtualHosts": [${HOSTS}] }]`],
])('%s of port 80: Istio’s listener for that port looks them up', (_, routes) => {
  expect(way(`${routes}\n\n${CLUSTER}`)).toEqual([
    '0.0.0.0_80 assumed',
    'default derived',
    '203.0.113.80:443',
  ]);
});

test.each([
  ['routes of another port', `[{ "name": "8080", "virtualHosts": [${HOSTS}] }]`, {}],
  ['a connection that is no HTTP', HOSTS, { protocol: 'tcp' as const }],
  ['another port that is called', HOSTS, { to: '240.240.0.7:8080' }],
])('%s: virtualOutbound’s own chains', (_, routes, asked) => {
  expect(way(`${routes}\n\n${CLUSTER}`, asked).slice(0, 2)).toEqual(['virtualOutbound assumed', 'no route']);
});

test('a cluster that was not pasted: the command that prints it, and curl’s answer that shows that it went through', () => {
  const paste = `$ kubectl get pods -n web -o wide
NAME                   READY   STATUS    RESTARTS   AGE   IP         NODE
ping-ff5ff68d6-xfwhc   2/2     Running   0          3m    10.5.0.3   n1
$ kubectl exec -n web ping-ff5ff68d6-xfwhc -- curl http://shop.example -i
HTTP/1.1 302 Found
server: envoy

$ istioctl proxy-config route ping-ff5ff68d6-xfwhc.web --name 80 -o json
[{ "name": "80", "virtualHosts": [${HOSTS}] }]
`;
  const pods = [{ name: 'ping', role: null, addresses: [], paste }];
  const { trace } = simulate({ version: 1, title: '', request: null, pods });
  const said = (code: string) => trace.findings.find((each) => each.code === code);
  expect(trace.outcome).toBe('undecided');
  expect(said('finding.cluster-not-pasted')?.parameters).toEqual({
    cluster: 'outbound|80||shop.example',
    command:
      'istioctl proxy-config cluster ping-ff5ff68d6-xfwhc.web --fqdn shop.example --port 80 --direction outbound -o json',
  });
  expect(said('finding.asked-was-answered')?.evidence[0]?.text).toBe('HTTP/1.1 302 Found');
});
