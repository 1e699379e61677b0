// @ts-check
// iptables-save of a node as kube-proxy's iptables mode writes it: services, their endpoints, masquerade marks.
// https://github.com/kubernetes/kubernetes/blob/master/pkg/proxy/iptables/proxier.go
import { ipv4, randomOf, word } from './random.mjs';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const NAMESPACES = ['shop', 'billing', 'ledger', 'metrics', 'istio-system', 'edge'];

const FRAME = [
  '-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES',
  '-A OUTPUT -m comment --comment "kubernetes service portals" -j KUBE-SERVICES',
  '-A POSTROUTING -m comment --comment "kubernetes postrouting rules" -j KUBE-POSTROUTING',
  '-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000',
  '-A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN',
  '-A KUBE-POSTROUTING -j MARK --set-xmark 0x4000/0x0',
  '-A KUBE-POSTROUTING -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE --random-fully',
];

/**
 * @param {(below: number) => number} random
 * @param {number} index
 */
function service(random, index) {
  const name = `${NAMESPACES[random(NAMESPACES.length)]}/api-${index}:web`;
  const chain = `KUBE-SVC-${word(random, BASE32, 16)}`;
  const vip = ipv4(10, (100 << 16) + index);
  const port = [80, 443, 8080, 9090][random(4)];
  const entry = `-A KUBE-SERVICES -d ${vip}/32 -p tcp -m comment --comment "${name} cluster IP" -m tcp --dport ${port} -j ${chain}`;
  const chains = [chain];
  const rules = [
    `-A ${chain} ! -s 10.244.0.0/16 -d ${vip}/32 -p tcp -m comment --comment "${name} cluster IP" -m tcp --dport ${port} -j KUBE-MARK-MASQ`,
  ];
  const count = 1 + random(5);
  for (let left = count; left > 0; left--) {
    const endpoint = `KUBE-SEP-${word(random, BASE32, 16)}`;
    const pod = ipv4(10, (244 << 16) + random(65536));
    const share = left > 1 ? ` -m statistic --mode random --probability ${(1 / left).toFixed(11)}` : '';
    chains.push(endpoint);
    rules.push(
      `-A ${chain} -m comment --comment "${name} -> ${pod}:8080"${share} -j ${endpoint}`,
      `-A ${endpoint} -s ${pod}/32 -m comment --comment "${name}" -j KUBE-MARK-MASQ`,
      `-A ${endpoint} -p tcp -m comment --comment "${name}" -m tcp -j DNAT --to-destination ${pod}:8080`,
    );
  }
  return { entry, chains, rules };
}

/**
 * @param {number} rules how many, at least ten
 * @param {number} seed
 */
export function kubeProxyRules(rules, seed) {
  const random = randomOf(seed);
  /** @type {string[]} */
  const entries = [];
  /** @type {string[]} */
  const chains = [];
  /** @type {string[]} */
  const others = [];
  for (let index = 0; FRAME.length + entries.length + others.length < rules; index++) {
    const made = service(random, index);
    entries.push(made.entry);
    chains.push(...made.chains);
    others.push(...made.rules);
  }
  const builtin = ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'].map((name) => `:${name} ACCEPT [0:0]`);
  const own = ['KUBE-MARK-MASQ', 'KUBE-POSTROUTING', 'KUBE-SERVICES', ...chains].map(
    (name) => `:${name} - [0:0]`,
  );
  return ['*nat', ...builtin, ...own, ...FRAME, ...entries, ...others, 'COMMIT', ''].join('\n');
}

/** A filter table whose OUTPUT chain holds `rules` rules that no packet to 127.0.0.1 matches.
 *  @param {number} rules */
export function missingRules(rules) {
  const lines = Array.from(
    { length: rules },
    (_, n) => `-A OUTPUT -d ${ipv4(10, n)}/32 -p udp -m udp --dport ${1000 + (n % 60000)} -j ACCEPT`,
  );
  const builtin = ['INPUT', 'FORWARD', 'OUTPUT'].map((name) => `:${name} ACCEPT [0:0]`);
  return ['*filter', ...builtin, ...lines, 'COMMIT', ''].join('\n');
}
