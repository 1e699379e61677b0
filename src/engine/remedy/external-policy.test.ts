// externalTrafficPolicy Local on a node's rules as kube-proxy makes them in its two modes, in several notations: the pod
// sees the client, and a Service that was pasted beside says so too.
import { expect, test } from 'vitest';
import { readScenario } from '../scenario.ts';
import { simulate } from '../trace/simulate.ts';
import { applyRemedy, remediesFor } from './apply.ts';

const RULES = `-A PREROUTING -j KUBE-SERVICES
-A POSTROUTING -j KUBE-POSTROUTING
-A KUBE-EXT-WEB -j KUBE-MARK-MASQ
-A KUBE-EXT-WEB -j KUBE-SEP-WEB
-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000
-A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN
-A KUBE-POSTROUTING -j MASQUERADE --random-fully
-A KUBE-SEP-WEB -p tcp -m tcp -j DNAT --to-destination 10.244.2.13:8080
-A KUBE-SERVICES -p tcp -m tcp --dport 30080 -j KUBE-EXT-WEB
`;
const CHAINS = ['KUBE-EXT-WEB', 'KUBE-MARK-MASQ', 'KUBE-POSTROUTING', 'KUBE-SEP-WEB', 'KUBE-SERVICES'];
const SAVE = `*nat
:PREROUTING ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
${CHAINS.map((name) => `:${name} - [0:0]`).join('\n')}
${RULES}COMMIT
`;
const COMMANDS = `$ iptables -t nat -S
-P PREROUTING ACCEPT
-P POSTROUTING ACCEPT
${CHAINS.map((name) => `-N ${name}`).join('\n')}
${RULES}`;
const NFT = `$ nft list ruleset
table ip kube-proxy {
	chain nat-prerouting {
		type nat hook prerouting priority dstnat; policy accept;
		tcp dport 30080 goto external-WEB
	}
	chain nat-postrouting {
		type nat hook postrouting priority srcnat; policy accept;
		meta mark & 0x00004000 == 0x00000000 return
		masquerade fully-random
	}
	chain mark-for-masquerade {
		meta mark set meta mark or 0x00004000
	}
	chain external-WEB {
		jump mark-for-masquerade
		meta l4proto tcp dnat to 10.244.2.13:8080
	}
}
`;
const SERVICE = `---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  externalTrafficPolicy: Cluster
  ports:
  - port: 80
    nodePort: 30080
`;

function applied(paste: string) {
  const read = readScenario({
    version: 1,
    request: { from: '203.0.113.9:40000', to: '192.168.1.11:30080', protocol: 'tcp' },
    pods: [
      { name: 'node-a', addresses: ['192.168.1.11'], paste },
      {
        name: 'web',
        role: 'server',
        addresses: ['10.244.2.13'],
        paste: '*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n',
      },
    ],
  });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  expect(simulate(read.scenario).trace.app.remoteAddress).toBe('192.168.1.11');
  const remedy = remediesFor(read.scenario).find(({ kind }) => kind === 'external-traffic-policy');
  const result = remedy && applyRemedy(read.scenario, remedy);
  if (!result) throw new Error('not offered');
  return result.scenario;
}

test.each([SAVE, COMMANDS, NFT, `${SAVE}\n${SERVICE}`])('the pod sees the client: %#', (paste) => {
  expect(simulate(applied(paste)).trace.app.remoteAddress).toBe('203.0.113.9');
});

test('the Service says Local, and nothing else of it changes', () => {
  const [node] = applied(`${SAVE}\n${SERVICE}`).pods;
  expect(node?.paste).toContain(SERVICE.replace('Cluster', 'Local'));
});
