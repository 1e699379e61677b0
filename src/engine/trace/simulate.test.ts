// Whole journeys, from pasted text to what the application sees. Results are read as a capture: `hop place decision`.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scenarioOfPaste, type Scenario } from '../scenario.ts';
import { printTrace } from './print.ts';
import { simulate } from './simulate.ts';
import type { Hop, Trace } from './trace.ts';

const RULES = `*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:IN - [0:0]
:TO_IN - [0:0]
:OUT - [0:0]
:TO_OUT - [0:0]
-A PREROUTING -p tcp -j IN
-A OUTPUT -p tcp -j OUT
-A IN -p tcp -m tcp --dport 15021 -j RETURN
-A IN -p tcp -j TO_IN
-A TO_IN -p tcp -j REDIRECT --to-ports 15006
-A OUT -s 127.0.0.6/32 -o lo -j RETURN
-A OUT ! -d 127.0.0.1/32 -o lo -m owner --uid-owner 1337 -j TO_IN
-A OUT -o lo -m owner ! --uid-owner 1337 -j RETURN
-A OUT -m owner --uid-owner 1337 -j RETURN
-A OUT -d 127.0.0.1/32 -j RETURN
-A OUT -j TO_OUT
-A TO_OUT -p tcp -j REDIRECT --to-ports 15001
COMMIT
`;

const BIND = '"upstreamBindConfig": { "sourceAddress": { "address": "127.0.0.6", "portValue": 0 } },';

function cluster(bind: string): string {
  return `[
  { "name": "inbound|8080||",
    "type": "ORIGINAL_DST",
    ${bind}
    "lbPolicy": "CLUSTER_PROVIDED" }
]
`;
}

const LISTENER = `[
  { "name": "virtualInbound",
    "address": { "socketAddress": { "address": "0.0.0.0", "portValue": 15006 } },
    "listenerFilters": [{ "name": "envoy.filters.listener.original_dst" }],
    "filterChains": [
      { "name": "0.0.0.0_8080",
        "filterChainMatch": { "destinationPort": 8080 },
        "filters": [{ "name": "envoy.filters.network.tcp_proxy",
          "typedConfig": { "@type": "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
            "cluster": "inbound|8080||" } }] }
    ] }
]
`;

const PASTE = `${RULES}\n${cluster(BIND)}\n${LISTENER}`;

function scenario(paste: string, request: Partial<NonNullable<Scenario['request']>> = {}): Scenario {
  const { request: _, ...rest } = scenarioOfPaste(paste);
  const pods = [{ name: 'shop', role: 'server' as const, addresses: ['10.1.2.3'], paste }];
  const asked = {
    from: '10.1.2.9:51000',
    to: '10.1.2.3:8080',
    protocol: 'tcp' as const,
    host: null,
    path: '/',
    method: 'GET',
  };
  return {
    ...rest,
    pods,
    request: { ...asked, headers: {}, sni: null, alpn: [], uid: 1000, gid: 1000, ...request },
  };
}

function trace(paste: string, request: Partial<NonNullable<Scenario['request']>> = {}): Trace {
  return simulate(scenario(paste, request)).trace;
}

/** `PREROUTING nat IN #2 jump TO_IN`, of the kernel's hops. */
function kernelHops({ hops }: Trace): string[] {
  const kernel = hops.filter(({ place }) => place === 'kernel');
  return kernel.map(
    ({ hook, table, chain, rule, verdict }) =>
      `${hook} ${table} ${chain} ${rule === null ? '-' : `#${rule}`} ${verdict}`,
  );
}

function proof(hop: Hop | undefined): string {
  return hop?.evidence[0]?.text ?? '';
}

describe('the 127.0.0.6 case', () => {
  const answer = trace(PASTE);

  test('the application sees 127.0.0.6, by one reconnect that the bind config proves', () => {
    expect(answer.outcome).toBe('delivered');
    expect(answer.app).toEqual({
      remoteAddress: '127.0.0.6',
      remotePort: null,
      xForwardedFor: null,
      proxyHeader: null,
    });
    expect(answer.sourceChanges).toEqual([
      {
        hop: expect.any(Number),
        from: '10.1.2.9',
        to: '127.0.0.6',
        kind: 'reconnect',
        cause: 'upstream-bind-config',
      },
    ]);
    const changed = answer.hops.filter(({ source }) => source === 'rewritten');
    expect(changed.map(({ n, place, step }) => [n, place, step])).toEqual([
      [answer.sourceChanges[0]?.hop, 'proxy', 5],
    ]);
    expect(proof(changed[0])).toContain('"address": "127.0.0.6"');
  });

  test('the kernel hops are the pasted rules, nat once a connection', () => {
    expect(kernelHops(answer)).toEqual([
      'PREROUTING nat PREROUTING #1 jump IN',
      'PREROUTING nat IN #2 jump TO_IN',
      'PREROUTING nat TO_IN #1 redirect to 10.1.2.3:15006',
      'INPUT nat INPUT - policy accept',
      'OUTPUT nat OUTPUT #1 jump OUT',
      'OUTPUT nat OUT #1 return',
      'OUTPUT nat OUTPUT - policy accept',
      'POSTROUTING nat POSTROUTING - policy accept',
      'POSTROUTING null null - conntrack', // the reply
    ]);
  });

  test('the steps 1 to 8 are told by what happens', () => {
    expect(answer.hops.flatMap(({ step }) => step ?? [])).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('every hop in kernel and proxy has the line that proves it', () => {
    for (const hop of answer.hops.filter(({ place }) => place === 'kernel' || place === 'proxy')) {
      const [evidence] = hop.evidence;
      expect(PASTE.split('\n')[(evidence?.line ?? 0) - 1]?.trim()).toBe(evidence?.text);
    }
  });

  test('what was passed over says which condition failed', () => {
    const hop = answer.hops.find(({ chain, rule }) => chain === 'IN' && rule === 2);
    expect(hop?.passed.map(({ name, why }) => [name, why.parameters])).toEqual([
      ['IN #1', { condition: '-m tcp --dport 15021', actual: 'tcp 8080' }],
    ]);
  });
});

test('without the rule for 127.0.0.6 the connection comes back to the proxy for ever', () => {
  const answer = trace(PASTE.replace('-A OUT -s 127.0.0.6/32 -o lo -j RETURN\n', ''));
  expect(answer.outcome).toBe('loop');
  expect(answer.app.remoteAddress).toBeNull();
  expect(answer.findings.find(({ code }) => code === 'finding.loop')?.parameters).toMatchObject({
    from: expect.any(Number),
  });
});

test('without the bind config the kernel chooses the pod’s address, and that loops too', () => {
  const answer = trace(`${RULES}\n${cluster('')}\n${LISTENER}`);
  expect(answer.sourceChanges[0]).toMatchObject({ to: '10.1.2.3', kind: 'reconnect', cause: 'kernel' });
  expect(answer.outcome).toBe('loop');
});

test('no chain has a name that matters', () => {
  const renamed = PASTE.replaceAll(/\b(?:TO_)?(?:IN|OUT)\b/g, (name) => `ZZ_${name}`);
  expect(printTrace(trace(renamed)).replaceAll('ZZ_', '')).toBe(printTrace(trace(PASTE)));
});

test('an excluded port reaches the application with its client', () => {
  const answer = trace(PASTE, { to: '10.1.2.3:15021' });
  expect(answer.app.remoteAddress).toBe('10.1.2.9');
  expect(answer.sourceChanges).toEqual([]);
});

test('the pod that calls itself by its own address passes no proxy', () => {
  const answer = trace(PASTE, { from: '10.1.2.3', to: '10.1.2.3:8080' });
  expect(answer.hops.some(({ place }) => place === 'proxy')).toBe(false);
  expect(answer.app.remoteAddress).toBe('10.1.2.3');
});

test('a rule that cannot be decided ends the way, and shows both', () => {
  const answer = trace(PASTE.replace('--dport 15021', '--dport 8080 -m recent --rcheck'));
  expect(answer.outcome).toBe('undecided');
  const hop = answer.hops.at(-1);
  expect(hop?.basis).toBe('undecided');
  expect(proof(hop)).toContain('-m recent --rcheck');
  expect(hop?.futures.map(({ assumption }) => assumption)).toEqual(['matches', 'does-not-match']);
  expect(hop?.futures[0]?.after.dst).not.toBe(hop?.futures[1]?.after.dst);
});

test('an unknown match that no other condition lets come to bear decides nothing', () => {
  expect(trace(PASTE.replace('--dport 15021', '--dport 15021 -m recent --rcheck')).outcome).toBe('delivered');
});

function filtered(target: string): string {
  return `*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j ${target}\nCOMMIT\n${PASTE}`;
}

test('DROP ends it; REJECT refuses it', () => {
  expect(trace(filtered('DROP')).outcome).toBe('dropped');
  expect(trace(filtered('REJECT')).outcome).toBe('refused');
});

describe('what was not pasted', () => {
  test('a pod without anything has Istio’s defaults, every hop of them assumed', () => {
    const answer = trace('');
    expect(answer.app.remoteAddress).toBe('127.0.0.6');
    const basis = answer.hops
      .filter(({ place }) => place === 'kernel' || place === 'proxy')
      .map(({ basis }) => basis);
    expect(new Set(basis)).toEqual(new Set(['assumed']));
  });

  test('a missing cluster is Istio’s, and only that is assumed', () => {
    const answer = trace(`${RULES}\n${LISTENER}`);
    expect(answer.app.remoteAddress).toBe('127.0.0.6');
    expect(answer.hops.find(({ step }) => step === 5)).toMatchObject({
      basis: 'assumed',
      evidence: [{ supplied: true }, {}],
    });
    expect(answer.hops.find(({ chain }) => chain === 'TO_IN')?.basis).toBe('derived');
  });

  test('where a packet leaves the paste nobody knows what is seen', () => {
    const answer = trace(PASTE, { from: '10.1.2.3', to: '203.0.113.5:443' });
    expect(answer.outcome).toBe('undecided');
    expect(answer.app.remoteAddress).toBeNull();
  });
});

function line(cluster: string, local: string): string {
  return `[2024-05-01T08:00:00.123Z] "- - -" 0 - - - "-" 10 20 3 - "-" "-" "-" "-" "10.1.2.3:8080" ${cluster} ${local} 10.1.2.3:8080 10.1.2.9:51000 - -\n`;
}

describe('the access log', () => {
  test('is the request when none is given, and tells the ephemeral port', () => {
    const paste = `${line('inbound|8080||', '127.0.0.6:40001')}\n${PASTE}`;
    const { trace: answer, request, requestFrom } = simulate({ ...scenario(paste), request: null });
    expect(requestFrom.code).toBe('request.from-log');
    expect(request).toMatchObject({ from: '10.1.2.9:51000', to: '10.1.2.3:8080', protocol: 'tcp' });
    expect(answer.app).toMatchObject({ remoteAddress: '127.0.0.6', remotePort: 40001 });
    expect(answer.hops.find(({ step }) => step === 5)?.basis).toBe('observed');
  });

  test('that names another cluster or source contradicts, and both are said', () => {
    const answer = trace(`${line('InboundPassthroughCluster', '10.1.2.3:40001')}\n${PASTE}`);
    const said = answer.findings.filter(({ code }) => code.startsWith('finding.log'));
    expect(said.map(({ code, parameters }) => [code, parameters])).toEqual([
      ['finding.log-cluster-differs', { logged: 'InboundPassthroughCluster', derived: 'inbound|8080||' }],
      ['finding.log-source-differs', { logged: '10.1.2.3', derived: '127.0.0.6' }],
    ]);
  });
});

function codes(paste: string): string[] {
  return trace(paste).findings.map(({ code }) => code);
}

test('a log that shows an answer contradicts rules that go round', () => {
  const rules = PASTE.replace('-A OUT -s 127.0.0.6/32 -o lo -j RETURN\n', '');
  expect(codes(`${line('inbound|8080||', '127.0.0.6:40001')}\n${rules}`)).toContain('finding.log-answered');
  expect(codes(rules)).not.toContain('finding.log-answered');
});

test('a log of another address than the pod’s is said', () => {
  const logged = line('inbound|8080||', '127.0.0.6:40001').replaceAll('10.1.2.3:8080', '10.9.9.9:8080');
  const said = trace(`${logged}\n${PASTE}`).findings.find(({ code }) => code === 'finding.address-differs');
  expect(said?.parameters).toEqual({ logged: '10.9.9.9', given: '10.1.2.3' });
});

test('a probe in the log is not the request that anybody asks about', () => {
  const asked = line('inbound|8080||', '127.0.0.6:40001');
  const probe = asked
    .replace('"-" "-" "-" "-" "10.1.2.3:8080"', '"-" "kube-probe/1.29" "-" "-" "10.1.2.3:8080"')
    .replace('10.1.2.9', '10.1.2.1');
  expect(simulate({ ...scenario(`${asked}${probe}${PASTE}`), request: null }).request?.from).toBe(
    '10.1.2.9:51000',
  );
});

test('a pasted cluster counts although its listener was not pasted', () => {
  const answer = trace(`${RULES}\n${cluster(BIND.replace('127.0.0.6', '127.0.0.9'))}`);
  expect(answer.sourceChanges[0]).toMatchObject({ to: '127.0.0.9', cause: 'upstream-bind-config' });
  const hop = answer.hops.find(({ step }) => step === 5);
  expect([hop?.basis, hop?.evidence[0]?.supplied, proof(hop)]).toEqual([
    'assumed',
    false,
    expect.stringContaining('127.0.0.9'),
  ]);
});

test('under TPROXY a supplied listener keeps the client’s source, whatever a pasted cluster binds', () => {
  const rules = `*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -i eth0 -p tcp -j TPROXY --on-port 15006 --on-ip 0.0.0.0 --tproxy-mark 0x539/0xffffffff\nCOMMIT\n`;
  const answer = trace(`${rules}\n${cluster(BIND)}`);
  const routing = answer.findings.find(({ code }) => code === 'finding.routing-assumed');
  expect(routing?.parameters).toEqual({ mark: '0x539' });
  expect(answer.app.remoteAddress).toBe('10.1.2.9');
  expect(answer.sourceChanges).toEqual([]);
});

test('a table pasted twice is said, and the last one is walked', () => {
  const answer = trace(
    `${RULES}\n$ iptables-save\n${RULES.replace('-A TO_IN -p tcp -j REDIRECT --to-ports 15006', '-A TO_IN -p tcp -j RETURN')}`,
  );
  const said = answer.findings.find(({ code }) => code === 'finding.table-repeated');
  expect(said?.evidence.map(({ text }) => text)).toEqual(['*nat', '*nat']);
  expect(answer.app.remoteAddress).toBe('10.1.2.9');
});

test('any paste gives a trace: never an error, never an end without hops or a reason', () => {
  const pieces = PASTE.split('\n');
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...pieces, '%%%', '[', '}', '-A', '*nat'), { maxLength: 60 }),
      (lines) => {
        const { trace: answer } = simulate(scenario(lines.join('\n')));
        expect(answer.hops.length).toBeGreaterThan(0);
        for (const hop of answer.hops)
          expect(hop.basis === 'undecided' ? answer.outcome : 'fine').not.toBe('delivered');
      },
    ),
    { numRuns: 150 },
  );
});
