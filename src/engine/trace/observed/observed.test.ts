// What tools show of real connections, recorded by scripts/conformance/capture.py, beside what the engine predicts; and
// pastes whose pieces contradict each other. The kernel is the judge: a recording must never be contradicted.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { scenarioOfPaste } from '../../scenario.ts';
import { simulate } from '../simulate.ts';
import type { Finding, Trace } from '../trace.ts';

const FOLDER = `${import.meta.dirname}/captures`;
const FLOWS = readdirSync(FOLDER).map((file) => file.replace('.txt', ''));

function recording(flow: string): string {
  return readFileSync(`${FOLDER}/${flow}.txt`, 'utf8');
}

function trace(paste: string): Trace {
  return simulate(scenarioOfPaste(paste)).trace;
}

/** Findings that set one piece of the paste against another. */
const CONTRADICTION =
  /other-connection|differs?$|never-fired|unseen|nothing-captured|diverge|peer-from|mixed|unexplained|transparent|twice|other-backend|log-of-several/;

function contradictions(paste: string): Finding[] {
  return trace(paste).findings.filter(({ code }) => CONTRADICTION.test(code));
}

function codes(paste: string): string[] {
  return contradictions(paste).map(({ code }) => code);
}

/** The pieces of a recording by their commands. */
function pieces(flow: string): Map<string, string> {
  const parts = recording(flow).split(/^(?=\$ )/m);
  return new Map(parts.map((part) => [part.slice(2, part.indexOf('\n')), part]));
}

function swapped(flow: string, command: string, other: string): string {
  const own = pieces(flow);
  return [...own.keys()]
    .map((each) => (each === command ? (pieces(other).get(each) ?? '') : own.get(each)))
    .join('');
}

describe('a recording of one real connection', () => {
  test.each(FLOWS)('%s is not contradicted by anything that was recorded with it', (flow) => {
    expect(contradictions(recording(flow))).toEqual([]);
  });

  test.each([
    ['inbound', '127.0.0.6'],
    ['excluded', '10.60.7.1'],
    ['own-address', '10.60.7.20'],
  ])('%s: the application sees %s, as its own log says', (flow, seen) => {
    const { app, hops } = trace(recording(flow));
    expect(`RemoteAddr=${app.remoteAddress}:${app.remotePort}`).toBe(
      /RemoteAddr=\S+/.exec(recording(flow))?.[0],
    );
    expect(app.remoteAddress).toBe(seen);
    const accepted = hops.find(({ event }) => event.code === 'app.receives');
    expect(accepted?.basis).toBe('observed');
    expect(accepted?.confirmedBy.map(({ document }) => document)).toContain('server-log');
  });

  test('the kernel’s trace confirms every rule of the request’s way', () => {
    const kernel = trace(recording('inbound')).hops.filter(
      ({ place, packet }) => place === 'kernel' && packet === 'request',
    );
    expect(kernel.length).toBeGreaterThan(6);
    for (const hop of kernel)
      expect([hop.chain, hop.rule, hop.basis]).toEqual([hop.chain, hop.rule, 'observed']);
    const redirect = kernel.find(({ verdict }) => verdict?.startsWith('redirect'));
    const by = new Set(redirect?.confirmedBy.map(({ document }) => document));
    expect([...by].toSorted()).toEqual([
      'conntrack',
      'iptables-list',
      'iptables-save',
      'kernel-trace',
      'sockets',
    ]);
  });

  test.each([
    ['iptables-save -c -t nat', 'excluded', 'finding.rule-never-fired'],
    ['conntrack -L', 'excluded', 'finding.other-connection.conntrack'],
    ['nft monitor trace', 'excluded', 'finding.other-connection.kernel-trace'],
    ['ss -tn', 'excluded', 'finding.other-connection.sockets'],
    ['kubectl logs shop-5c7bdf8d4-x2vkq -c app', 'excluded', 'finding.peer-differs'],
    ['kubectl logs shop-5c7bdf8d4-x2vkq -c istio-proxy', 'outbound', 'finding.request-unseen'],
  ])('with %s of another flow, %s, that is found: %s', (command, other, code) => {
    const found = contradictions(swapped('inbound', command, other));
    expect(found.map((each) => each.code)).toContain(code);
    const finding = found.find((each) => each.code === code);
    expect(finding?.evidence.length).toBe(2);
  });

  test('without a log the request is the connection that the trace shows', () => {
    const [pod, ...rest] = [...pieces('inbound')].filter(([command]) => !command.startsWith('kubectl'));
    const paste = [pod, ...rest].map((piece) => piece?.[1]).join('');
    const { request, requestFrom } = simulate(scenarioOfPaste(paste));
    expect(requestFrom).toEqual({ code: 'request.seen', parameters: { kind: 'kernel-trace' } });
    expect(request?.to).toBe('10.60.7.20:8080');
  });
});

const RULES = `*nat
:PREROUTING ACCEPT [900:54000]
:OUTPUT ACCEPT [40:2400]
:CATCH - [0:0]
[900:54000] -A PREROUTING -p tcp -j CATCH
[900:54000] -A CATCH -p tcp -m tcp --dport 15021 -j RETURN
[0:0] -A CATCH -p tcp -j REDIRECT --to-ports 15006
[12:720] -A OUTPUT -m owner --uid-owner 1337 -j RETURN
COMMIT
`;

function logLine(peer: string, local = '127.0.0.6:40001', pod = '10.1.2.3'): string {
  return `[2024-05-01T08:00:00.123Z] "GET / HTTP/1.1" 200 - via_upstream - "-" 0 60 3 2 "-" "curl" "id-1" "shop" "${pod}:8080" inbound|8080|| ${local} ${pod}:8080 ${peer} - default\n`;
}

const LOG = logLine('10.1.2.9:51000');
const CLUSTER = `[{ "name": "inbound|8080||", "type": "ORIGINAL_DST", "lbPolicy": "CLUSTER_PROVIDED",
  "upstreamBindConfig": { "sourceAddress": { "address": "127.0.0.6", "portValue": 0 } } }]
`;

function listener(more: string): string {
  return `[{ "name": "inbound", ${more}
  "address": { "socketAddress": { "address": "0.0.0.0", "portValue": 15006 } },
  "filterChains": [{ "filters": [{ "name": "envoy.filters.network.tcp_proxy", "typedConfig": { "@type": "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy", "cluster": "inbound|8080||" } }] }] }]
`;
}

const REPLICAS = `$ kubectl exec shop-86b499d4dd-zd4pl -- ip addr
$ istioctl proxy-config listener shop-56b4d7b7d-9zkbm.demo
`;

describe('pieces that contradict each other', () => {
  test.each([
    ['counters without a redirected connection, beside a log', `${RULES}${LOG}`, 'finding.nothing-captured'],
    ['a rule on the way that counts nothing', `${RULES}${LOG}`, 'finding.rule-never-fired'],
    ['port 0 in the log', `${RULES}${logLine('10.1.2.9:0')}`, 'finding.peer-from-header'],
    [
      'a source that nothing binds',
      `${CLUSTER}${logLine('10.1.2.9:51000', '127.0.0.9:40001')}`,
      'finding.bind-unexplained',
    ],
    [
      'REDIRECT, and a transparent listener',
      `${RULES}${listener('"transparent": true,')}`,
      'finding.listener-transparent',
    ],
    ['two templates', REPLICAS, 'finding.templates-mixed'],
    ['two replicas', REPLICAS.replace('56b4d7b7d', '86b499d4dd'), 'finding.pods-mixed'],
    [
      'two pods in one log',
      LOG + logLine('10.1.2.9:51001', '127.0.0.6:40002', '10.1.2.4'),
      'finding.log-of-several',
    ],
    [
      'a jump that stands twice',
      RULES.replace(/^.*-j CATCH\n/m, (line) => line + line),
      'finding.applied-twice',
    ],
    [
      'the other backend’s half',
      `${RULES}# Warning: iptables-legacy tables present, use iptables-legacy-save to see them\n`,
      'finding.other-backend',
    ],
    [
      'two listings that each count more than the other',
      `${RULES}\n$ iptables-save -c\n${RULES.replaceAll('900:54000', '950:57000').replaceAll('12:720', '10:600')}`,
      'finding.counters-diverge',
    ],
  ])('%s', (_, paste, code) => {
    expect(codes(paste)).toContain(code);
  });

  test('the log names another cluster than the configuration leads to: both are quoted', () => {
    const logged = LOG.replace('inbound|8080||', 'InboundPassthroughCluster');
    const restoring = '"listenerFilters": [{ "name": "envoy.filters.listener.original_dst" }],';
    const found = contradictions(RULES + CLUSTER + listener(restoring) + logged).find(
      ({ code }) => code === 'finding.log-cluster-differs',
    );
    expect(found?.parameters).toEqual({ logged: 'InboundPassthroughCluster', derived: 'inbound|8080||' });
    expect(found?.evidence.map(({ document }) => document)).toEqual(['access-log', 'envoy-config']);
  });

  test('TPROXY, and a listener for REDIRECT', () => {
    const rules =
      '*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -j TPROXY --on-port 15006 --on-ip 0.0.0.0 --tproxy-mark 0x539/0xffffffff\nCOMMIT\n';
    expect(codes(rules + listener('"listenerFilters": [],'))).toContain('finding.listener-not-transparent');
    expect(codes(rules + listener('"transparent": true, "listenerFilters": [],'))).toEqual([]);
    expect(codes(rules + listener('...'))).toEqual([]);
  });

  test('the same rules, listed twice in two notations, do not', () => {
    expect(codes(`${RULES}\n$ iptables -t nat -S\n-P PREROUTING ACCEPT\n`)).not.toContain(
      'finding.counters-diverge',
    );
    const grown = RULES.replaceAll('900:54000', '950:57000');
    expect(codes(`${RULES}\n$ iptables-save -c\n${grown}`)).not.toContain('finding.counters-diverge');
  });

  test('a proxy that runs as another user than the rules let pass', () => {
    const pod = `apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  containers:
  - name: istio-proxy
    image: proxyv2
    securityContext:
      runAsUser: 2000
`;
    expect(codes(`${RULES}\n---\n${pod}`)).toContain('finding.proxy-owner-differs');
    expect(codes(`${RULES}\n---\n${pod.replace('2000', '1337')}`)).not.toContain(
      'finding.proxy-owner-differs',
    );
  });

  test('127.0.0.6 in the application’s log may be a probe that pilot-agent sent', () => {
    const log = `${LOG}$ kubectl logs shop -c app\nRemoteAddr=127.0.0.6:40001\nRemoteAddr=127.0.0.6:51999 path=/healthz agent=kube-probe/1.29\n`;
    const found = contradictions(log).find(({ code }) => code === 'finding.peer-from-agent');
    expect(found?.parameters).toEqual({ peer: '127.0.0.6:51999' });
  });
});

function versions(paste: string): string | number | undefined {
  return trace(paste).findings.find(({ code }) => code === 'finding.version-inferred')?.parameters[
    'versions'
  ];
}

describe('the release that the pieces look like', () => {
  test.each([
    [LOG, '≥ 1.9'],
    [LOG + CLUSTER, '≥ 1.10'],
    [CLUSTER.replace('inbound|8080||', 'inbound|8080|http|shop.default.svc.cluster.local'), '≤ 1.7'],
  ])('is inferred', (paste, range) => {
    expect(versions(paste)).toBe(range);
  });

  test('pieces of two releases are said to be', () => {
    const old = CLUSTER.replace('inbound|8080||', 'inbound|8080|http|shop.default.svc.cluster.local');
    expect(codes(LOG + old)).toContain('finding.versions-differ');
  });
});
