import { expect, test } from 'vitest';
import { textAt, type Source } from '../base/source.ts';
import type { Document } from './document.ts';
import { parseDocuments } from './parse.ts';

function read(text: string): { source: Source; documents: Document[] } {
  const source = { name: 'test', text };
  return { source, documents: parseDocuments(source) };
}

/** Each document as `kind: first line`. */
function outline(text: string): string[] {
  const { source, documents } = read(text);
  return documents.map(({ kind, span }) => `${kind}: ${textAt(source, span).split('\n')[0]}`);
}

const LOG =
  '[2024-05-01T08:00:00.123Z] "GET / HTTP/1.1" 200 - via_upstream - "-" 0 6 3 2 "-" "curl" "id" "shop" "10.1.2.3:80" inbound|80|| 127.0.0.6:40001 10.1.2.3:80 10.1.2.9:51000 - default';

test('a terminal session falls into its documents', () => {
  const session = `Here is what I see:

$ kubectl logs shop -c istio-proxy
${LOG}
${LOG}

root@node:~# iptables -t nat -S
-P PREROUTING ACCEPT
-N X
-A PREROUTING -p tcp -j X

$ istioctl pc cluster shop -o json
[
  { "name": "inbound|80||", "type": "ORIGINAL_DST", "lbPolicy": "CLUSTER_PROVIDED" }
]
Any idea?
`;
  expect(outline(session)).toEqual([
    'prose: Here is what I see:',
    `access-log: ${LOG}`,
    'iptables-rules: -P PREROUTING ACCEPT',
    'envoy-config: [',
    'prose: Any idea?',
  ]);
  const { source, documents } = read(session);
  expect(documents.map(({ command }) => command && textAt(source, command))).toEqual([
    null,
    'kubectl logs shop -c istio-proxy',
    'iptables -t nat -S',
    'istioctl pc cluster shop -o json',
    null,
  ]);
});

test('the command tells the table and the family', () => {
  const { documents } = read('# ip6tables -t mangle -S\n-P PREROUTING ACCEPT\n-A PREROUTING -j ACCEPT\n');
  expect(documents[0]?.content).toMatchObject({ ruleset: { tables: [{ name: 'mangle', family: 'ip6' }] } });
});

test('rubbish inside a ruleset costs its own line only', () => {
  const { source, documents } = read(
    '*nat\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -p tcp -j A\n%%% what?\n-A OUTPUT -p udp -j B\nCOMMIT\n',
  );
  expect(documents.map(({ kind }) => kind)).toEqual(['iptables-save']);
  expect(documents[0]?.content).toMatchObject({
    ruleset: { tables: [{ chains: [{ rules: [{ number: 1 }, { number: 2 }] }] }] },
  });
  const errors = documents[0]?.diagnostics.filter(({ severity }) => severity === 'error') ?? [];
  expect(errors.map(({ span }) => textAt(source, span))).toEqual(['%%% what?']);
});

test('JSON that is cut off does not swallow what follows', () => {
  expect(outline(`{\n  "name": "c",\n  "lbPolicy": "ROUND_ROBIN",\n  "metadata": {\n${LOG}\n`)).toEqual([
    'envoy-config: {',
    `access-log: ${LOG}`,
  ]);
});

test('JSON log lines are one log; other JSON and code are prose', () => {
  const line =
    '{"upstream_cluster":"inbound|80||","downstream_remote_address":"10.1.2.9:51000","method":"GET"}';
  expect(outline(`${line}\n${line}\n`)).toEqual([`access-log: ${line}`]);
  expect(read(`${line}\n${line}\n`).documents[0]?.content).toMatchObject({ log: { length: 2 } });
  expect(outline('{"colour": "red"}\n')).toEqual(['prose: {"colour": "red"}']);
  expect(outline('{\n  fmt.Println("x")\n}\n')).toEqual(['prose: {']);
});

test('comments in an article’s listing belong to the listing', () => {
  const text = `Chain PREROUTING (policy ACCEPT 1 packets, 60 bytes)
 pkts bytes target prot opt in out source destination
# every TCP packet goes to X
 1 60 X tcp -- any any anywhere anywhere

# the rest
Chain X (1 references)
 pkts bytes target prot opt in out source destination
 1 60 REDIRECT tcp -- any any anywhere anywhere redir ports 15006
`;
  expect(outline(text)).toEqual(['iptables-list: Chain PREROUTING (policy ACCEPT 1 packets, 60 bytes)']);
});

test('nft rulesets are told from what stands around them', () => {
  const listing = `# Warning: table ip nat is managed by iptables-nft, do not touch!
table ip nat {
	chain OUTPUT {
		type nat hook output priority -100; policy accept;
		ip daddr != 127.0.0.1 tcp dport 80 comment "one { brace" redirect to :15001
	}
}

table ip6 nat {
}`;
  const cutOff = 'table inet t {\n\tchain c {\n\t\tip saddr 10.0.0.1 accept';
  const json = '{"nftables": [{"table": {"family": "inet", "name": "t"}}]}';
  const session = `$ nft list ruleset\n${listing}\n$ kubectl get pods\nnone\n\n${cutOff}\n${LOG}\nroot@node:~# nft -j list ruleset\n${json}\n`;
  expect(outline(session)).toEqual([
    'nft-ruleset: # Warning: table ip nat is managed by iptables-nft, do not touch!',
    'command-output: none',
    'nft-ruleset: table inet t {',
    `access-log: ${LOG}`,
    `nft-ruleset: ${json}`,
  ]);
  const { documents } = read(session);
  expect(documents.map(({ content }) => content.kind === 'ruleset' && content.ruleset.tables.length)).toEqual(
    [2, false, 1, false, 1],
  );
});

test('every character of a paste stays where it was: spans are in order and never overlap', () => {
  const { documents, source } = read(`a\r\n${LOG}\r\n*nat\r\nCOMMIT\r\n{"x": 1}\r\nb`);
  let end = 0;
  for (const { span } of documents) {
    expect(span.from).toBeGreaterThanOrEqual(end);
    end = span.to;
  }
  expect(end).toBeLessThanOrEqual(source.text.length);
});

test('Envoy configuration in YAML is a document; other YAML and prose are not', () => {
  const cluster = '- connectTimeout: 10s\n  name: inbound|80||\n  type: ORIGINAL_DST\n';
  expect(outline(`$ istioctl pc cluster shop -o yaml\n${cluster}\nNote that:\n\n${LOG}\n`)).toEqual([
    'envoy-config: - connectTimeout: 10s',
    'prose: Note that:',
    `access-log: ${LOG}`,
  ]);
  expect(read(cluster).documents[0]?.content).toMatchObject({
    config: { clusters: [{ name: 'inbound|80||', discovery: { value: 'ORIGINAL_DST' } }] },
  });
  expect(outline('name: value of a thing\nand so on\n')).toEqual(['prose: name: value of a thing']);
  expect(outline('metadata:\n  name: pod\nspec:\n  containers: []\n')).toEqual(['prose: metadata:']);
});

test('configuration copied from a page source is read', () => {
  const text =
    '&#123;\n  &quot;name&quot;: &quot;c&quot;,\n  &quot;lbPolicy&quot;: &quot;RANDOM&quot;\n&#125;\n';
  expect(read(text).documents[0]?.content).toMatchObject({ config: { clusters: [{ name: 'c' }] } });
});

test('a pod is an object, with the arguments of its init container', () => {
  const args = ['istio-iptables', '-p', '15001', '-z', '15006', '-m', 'REDIRECT'];
  const pod = { kind: 'Pod', spec: { initContainers: [{ name: 'init', args }] } };
  const [document] = read(JSON.stringify(pod, null, 2)).documents;
  expect(document).toMatchObject({
    kind: 'kube-object',
    content: { resources: [{ type: 'Pod', init: { inboundPort: '15006' } }] },
  });
  const [container] = read(JSON.stringify(pod.spec.initContainers[0], null, 2)).documents;
  expect(container).toMatchObject({ kind: 'istio-init', content: { asked: { inboundPort: '15006' } } });
});

/** The names of all clusters that are read from a text. */
function clustersIn(text: string): string[] {
  return read(text).documents.flatMap(({ content }) =>
    content.kind === 'proxy-config' ? content.config.clusters.map(({ name }) => name) : [],
  );
}

test('YAML ends where prose or the next resource begins', () => {
  const [a, b] = ['a', 'b'].map((name) => `name: ${name}\nlb_policy: RANDOM\n`);
  for (const between of ['', '\n', 'and\n', '```\n\n```yaml\n', '\nThe other one:\n\n', '---\n'])
    expect(clustersIn(`${a}${between}${b}`)).toEqual(['a', 'b']);
});

test('brackets that open and never close end in bounded work, and what follows is still read', () => {
  const text = `${'{\n'.repeat(30_000)}\n${LOG}\n`;
  expect(outline(text).at(-1)).toBe(`access-log: ${LOG}`);
});

test('a hundred thousand diagnostics of one ruleset overflow nothing', () => {
  const rules = Array.from({ length: 150_000 }, (_, i) => `-A X -j CHAIN${i}\n`).join('');
  expect(read(rules).documents[0]?.diagnostics.length).toBeGreaterThanOrEqual(150_000);
});

test('one field alone is configuration only when its name tells so', () => {
  expect(outline('name: a\nname: b\n')).toEqual(['prose: name: a']);
  expect(outline('filter_chains: see below\n')).toEqual(['envoy-config: filter_chains: see below']);
});

/** The texts that diagnostics of that code point at. */
function toldBy(code: string, text: string): string[] {
  const { source, documents } = read(text);
  const told = documents.flatMap(({ diagnostics }) => diagnostics.filter((each) => each.code === code));
  return told.map(({ span }) => textAt(source, span));
}

test.each([
  [
    'connections of conntrack',
    'tcp 6 9 ESTABLISHED src=10.4.1.9 dst=10.4.0.7 sport=5 dport=80 src=10.4.0.7 dst=10.4.1.9 sport=80 dport=5 [ASSURED]',
  ],
  ['sockets', 'tcp   ESTAB  0      0      10.1.0.7:8080 127.0.0.6:40001'],
  ['log lines', LOG],
  ['rules', '-A X -j ACCEPT'],
])('a broken line between %s is told, and costs only itself', (_, line) => {
  const text = `${line}\nbroken beyond reading\n# a remark\n${line}\n`;
  expect(read(text).documents).toHaveLength(1);
  const codes = ['paste.stray-line', 'rules.line', 'access-log.columns'];
  expect(codes.flatMap((code) => toldBy(code, text))).toEqual(['broken beyond reading']);
  expect(toldBy('paste.stray-line', `${line}\n${line}\nand prose behind it\n`)).toEqual([]);
});
