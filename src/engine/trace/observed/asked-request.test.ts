import { expect, it } from 'vitest';
import { scenarioOfPaste } from '../../scenario.ts';
import { simulate } from '../simulate.ts';

const SESSION = `$ kubectl get pods -l app=shop -o wide
NAME         READY   STATUS    RESTARTS   AGE   IP            NODE     NOMINATED NODE   READINESS GATES
shop-7d4-x   2/2     Running   0          3m    10.1.4.20     node-a   <none>           <none>
$ kubectl exec shop-7d4-x -- curl https://pay.example -i
HTTP/1.1 200 OK
content-length: 0

$ kubectl exec shop-7d4-x -- curl http://pay.example/ready -i
HTTP/1.1 200 OK
content-length: 0

$ istioctl proxy-config route shop-7d4-x --name 80 -o json
[{"name": "80", "virtualHosts": [{"name": "pay.example:80", "domains": ["pay.example", "240.240.0.9"],
  "routes": [{"match": {"prefix": "/"}, "route": {"cluster": "outbound|80||pay.example"}}]}]}]
`;

const LISTENER = `$ istioctl proxy-config listener shop-7d4-x --port 443
ADDRESSES   PORT MATCH DESTINATION
240.240.0.9 443  ALL   Cluster: outbound|443||pay.example
`;

it('a curl in the pod is the request, sent to the address that stands beside its host', () => {
  const { request, requestFrom } = simulate(scenarioOfPaste(SESSION));
  expect(requestFrom.code).toBe('request.asked');
  expect(request).toMatchObject({
    from: '10.1.4.20',
    to: '240.240.0.9:80',
    protocol: 'http',
    path: '/ready',
  });
});

it('one whose listener was pasted is followed to its cluster', () => {
  const { request, trace } = simulate(scenarioOfPaste(SESSION + LISTENER));
  expect(request).toMatchObject({ to: '240.240.0.9:443', protocol: 'tls', sni: 'pay.example' });
  expect(trace.hops.map(({ cluster }) => cluster)).toContain('outbound|443||pay.example');
});

it('a host that nothing pasted gives an address is no request', () => {
  const { requestFrom } = simulate(scenarioOfPaste(SESSION.replaceAll('240.240.0.9', 'pay')));
  expect(requestFrom.code).toBe('request.likeliest');
});
