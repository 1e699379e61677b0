// @ts-check
// What people paste, and what nobody should: a generator for each shape, by the number of its lines or entries. They show
// how the cost of an answer grows, so each is as plain as can be.
import { ipv4, randomOf } from './random.mjs';

/** @typedef {(n: number, random: (below: number) => number) => string} Shape */

/**
 * @param {number} count
 * @param {(i: number) => string} line
 */
function lines(count, line) {
  return `${Array.from({ length: count }, (_, i) => line(i)).join('\n')}\n`;
}

/** @param {number} i */
const pod = (i) => ipv4(10, i);

/** @param {number} i */
const port = (i) => 1024 + (i % 60_000);

/** @param {number} i */
const rule = (i) => `-s ${pod(i)}/32 -p tcp -m tcp --dport ${port(i)} -j ACCEPT`;

/** @param {string} body */
const nat = (body) => `*nat\n:PREROUTING ACCEPT [0:0]\n${body}COMMIT\n`;

/** @param {number} i */
const service = (i) =>
  `---\napiVersion: v1\nkind: Service\nmetadata:\n  name: s-${i}\n  namespace: shop\nspec:\n  clusterIP: ${pod(i)}\n  ports:\n  - port: 80`;

/** @param {number} i */
const cluster = (i) => ({
  '@type': 'type.googleapis.com/envoy.config.cluster.v3.Cluster',
  name: `outbound|80||s-${i}.shop.svc.cluster.local`,
  type: 'EDS',
  connect_timeout: '10s',
});

/** @param {number} i */
const flow = (i) =>
  `tcp 6 99 ESTABLISHED src=${pod(i)} dst=10.0.0.2 sport=${port(i)} dport=80 src=10.0.0.2 dst=${pod(i)} sport=8080 dport=${port(i)} [ASSURED] mark=0 use=1`;

/** @param {number} i */
const listedPod = (i) =>
  `- apiVersion: v1
  kind: Pod
  metadata:
    annotations:
      sidecar.istio.io/status: '{"initContainers":["istio-init"],
        "revision":"default"}'
    name: cart-${i}
    namespace: shop
  spec:
    initContainers:
    - args:
      - istio-iptables
      - -p
      - "15001"
      name: istio-init
  status:
    podIP: ${pod(i)}`;

/** @param {number} i */
const entry = (i) =>
  `[2026-01-02T03:04:05.678Z] "GET /p/${i} HTTP/1.1" 200 - via_upstream - "-" 0 12 3 2 "-" "curl/8" "id-${i}" "s:80" "10.0.0.2:8080" inbound|8080|| 127.0.0.6:${port(i)} 10.0.0.2:8080 ${pod(i)}:${port(i)} - default`;

/** @param {number} i */
const object = (i) =>
  JSON.stringify({
    authority: 's:80',
    response_code: 200,
    request_id: `id-${i}`,
    upstream_cluster: 'inbound|8080||',
    upstream_local_address: `127.0.0.6:${port(i)}`,
    downstream_remote_address: `${pod(i)}:${port(i)}`,
  });

/** @type {Readonly<Record<string, readonly [n: number, shape: Shape]>>} */
export const awkward = {
  'iptables -S': [40_000, (n) => `-P INPUT ACCEPT\n${lines(n, (i) => `-A INPUT ${rule(i)}`)}`],
  'iptables -L -v -n': [
    10_000,
    (n) =>
      `Chain INPUT (policy ACCEPT 0 packets, 0 bytes)\n pkts bytes target prot opt in out source destination\n${lines(n, (i) => `    0     0 ACCEPT  tcp  --  *  *  ${pod(i)}  0.0.0.0/0  tcp dpt:${port(i)}`)}`,
  ],
  'rules put first, then deleted': [
    5000,
    (n) =>
      lines(n, (i) => `iptables -I INPUT ${rule(i)}`) +
      lines(n, (i) => `iptables -D INPUT ${rule((i * 7) % n)}`),
  ],
  'rules in colour, with quotes of a page': [
    10_000,
    (n) =>
      nat(
        lines(n, (i) => `\u001b[1m-A\u001b[0m PREROUTING -m comment --comment &quot;c ${i}&quot; -j RETURN`),
      ),
  ],
  'rules that no paste decides': [
    5000,
    (n) => nat(lines(n, (i) => `-A PREROUTING -m string --string "x${i}" --algo bm -j RETURN`)),
  ],
  'chains in a circle': [
    20_000,
    (n) =>
      nat(
        `${lines(n, (i) => `:C${i} - [0:0]`)}-A PREROUTING -j C0\n${lines(n, (i) => `-A C${i} -j C${(i + 1) % n}`)}`,
      ),
  ],
  'nft rules': [
    10_000,
    (n) =>
      `table ip t {\n\tchain c {\n\t\ttype filter hook input priority 0; policy accept;\n${lines(n, (i) => `\t\tip saddr ${pod(i)} tcp dport ${port(i)} accept`)}\t}\n}\n`,
  ],
  'one nft rule': [
    20_000,
    (n) =>
      `table ip t {\n\tchain c {\n\t\ttype filter hook input priority 0;\n\t\t${'counter '.repeat(n)}\n\t}\n}\n`,
  ],
  'elements added to an nft set': [
    10_000,
    (n) =>
      `add table ip t\nadd set ip t s { type ipv4_addr; }\n${lines(n, (i) => `add element ip t s { ${pod(i)} }`)}`,
  ],
  'JSON, one object after another': [5000, (n) => lines(n, (i) => JSON.stringify(cluster(i), null, 1))],
  'JSON with comments, cut off': [
    5000,
    (n) =>
      JSON.stringify(
        { configs: [{ dynamic_active_clusters: Array.from({ length: n }, (_, i) => cluster(i)) }] },
        null,
        1,
      )
        .replaceAll('"type"', '// why\n"type"')
        .slice(0, -40),
  ],
  'brackets that never close': [50_000, (n) => lines(n, (i) => `{"a${i}": [`)],
  'JSON log': [50_000, (n) => lines(n, object)],
  'JSON log that leaves out what is empty': [
    20_000,
    (n) =>
      lines(n, (i) =>
        object(i)
          .replace(/"request_id.*?,/, i % 3 > 0 ? '$&' : '')
          .replace(/"auth.*?,/, i % 2 > 0 ? '$&' : ''),
      ),
  ],
  'log that a container runtime wrapped': [
    20_000,
    (n) => lines(n, (i) => JSON.stringify({ log: `${entry(i)}\n`, stream: 'stdout' })),
  ],
  'log with lines cut off': [20_000, (n, random) => lines(n, (i) => entry(i).slice(0, 20 + random(300)))],
  services: [1000, (n) => lines(n, service)],
  'one list of pods in YAML': [1000, (n) => `apiVersion: v1\nkind: List\nitems:\n${lines(n, listedPod)}`],
  'kubectl get endpoints': [
    20_000,
    (n) => `NAME ENDPOINTS AGE\n${lines(n, (i) => `s-${i} ${pod(i)}:8080,${pod(i + 1)}:8080 1d`)}`,
  ],
  conntrack: [25_000, (n) => lines(n, flow)],
  routes: [
    20_000,
    (n) => `default via 10.0.0.1 dev eth0\n${lines(n, (i) => `${pod(i)} via 10.0.0.1 dev eth0`)}`,
  ],
  prose: [50_000, (n) => lines(n, (i) => `Step ${i}: the request reaches the sidecar, which was injected.`)],
  'the same key again': [25_000, (n) => lines(n, (i) => `name: a${i}`)],
  'one line': [2_000_000, (n) => `${'word "&quot; > '.repeat(n / 14)}\n`],
  'a bit of everything': [
    1000,
    (n) =>
      lines(n, (i) =>
        [
          `Text ${i}.`,
          entry(i),
          flow(i),
          service(i),
          JSON.stringify(cluster(i)),
          `$ ip route\ndefault via ${pod(i)} dev eth0`,
        ].join('\n\n'),
      ),
  ],
};

/**
 * @param {string} name of a shape
 * @param {number} size
 * @param {number} seed
 */
export function awkwardPaste(name, size, seed) {
  const [, shape] = awkward[name] ?? [];
  if (!shape) throw new Error(`no shape ${name}`);
  return shape(size, randomOf(seed));
}
