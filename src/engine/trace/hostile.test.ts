import { describe, expect, it } from 'vitest';
import { parseDocuments } from '../../documents/parse.ts';
import { readScenario, scenarioOfPaste, type ScenarioRequest } from '../scenario.ts';
import { printTrace } from './print.ts';
import { simulate } from './simulate.ts';

const SCRIPT = `<img src=x onerror=alert(1)>"'\`\${1}{x}`;

function traced(paste: string) {
  return simulate(scenarioOfPaste(paste)).trace;
}

function rules(...lines: readonly string[]): string {
  return ['*nat', ':PREROUTING ACCEPT [0:0]', ':OUTPUT ACCEPT [0:0]', ...lines, 'COMMIT', ''].join('\n');
}

function listener(routes: string): string {
  return `{"name":"virtualInbound","address":{"socketAddress":{"address":"0.0.0.0","portValue":15006}},"filterChains":[{"filters":[{"name":"envoy.filters.network.http_connection_manager","typedConfig":{"@type":"type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager","routeConfig":{"name":"r","virtualHosts":[{"name":"v","domains":["*"],"routes":[${routes}]}]}}}]}]}`;
}

const traceRequest: ScenarioRequest = {
  from: '10.0.0.9:1024',
  to: '10.0.0.2:80',
  protocol: 'http',
  host: 'x',
  path: '/',
  method: 'GET',
  headers: {},
  sni: null,
  alpn: [],
  uid: 1000,
  gid: 1000,
};

describe('a stranger’s paste', () => {
  it('may jump in circles: the walk ends', () => {
    const paste = rules('-N A', '-N B', '-A PREROUTING -j A', '-A A -j B', '-A B -j A');
    expect(['undecided', 'loop', 'dropped', 'delivered']).toContain(traced(paste).outcome);
    expect(traced(rules(':A - [0:0]', '-A PREROUTING -j A', '-A A -g A')).hops.length).toBeLessThan(1000);
  });

  it('may hold 100,000 chains', () => {
    const names = Array.from({ length: 100_000 }, (_, i) => `C${i}`);
    const paste = rules(
      names.map((name) => `:${name} - [0:0]`).join('\n'),
      names.map((name, i) => `-A ${name} -s 10.${i & 255}.0.1/32 -j RETURN`).join('\n'),
      '-A PREROUTING -p tcp -j REDIRECT --to-ports 15006',
    );
    const hop = traced(paste).hops.find(({ chain }) => chain === 'PREROUTING');
    expect(hop?.verdict).toContain('redirect');
  });

  it('may call 2,000 chains from each other, deeper than any stack', () => {
    const names = Array.from({ length: 2000 }, (_, i) => `C${i}`);
    const jumps = names.map((name, i) => `-A ${name} -j ${names[i + 1] ?? 'RETURN'}`);
    const paste = rules(...names.map((name) => `:${name} - [0:0]`), '-A PREROUTING -j C0', ...jumps);
    expect(traced(paste).hops.length).toBeGreaterThan(0);
  });

  it.each([
    ['one letter', 'a'.repeat(10_000_000)],
    ['brackets', '['.repeat(10_000_000)],
    ['a rule', `-A PREROUTING -s ${'1'.repeat(10_000_000)} -j ACCEPT`],
    ['a string', `{"name":"${'x'.repeat(10_000_000)}"}`],
  ])('may be one line of 10 MB: %s', (_, paste) => {
    expect(parseDocuments({ name: 'pod', text: paste }).length).toBeLessThan(100);
    expect(traced(paste)).toBeDefined();
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    'may name a chain, a pod, a header and a field %s',
    (name) => {
      const paste = `${rules(`:${name} - [0:0]`, `-A PREROUTING -p tcp -j ${name}`, `-A ${name} -p tcp -j REDIRECT --to-ports 15006`)}
{"${name}":{"polluted":1},${listener('').slice(1)}`;
      const read = readScenario(
        JSON.parse(`{"version":1,"${name}":1,"request":{"to":"10.0.0.2:80","headers":{"${name}":"x"}},
          "pods":[{"name":"${name}","role":"server","addresses":["10.0.0.2"],"paste":${JSON.stringify(paste)}}]}`),
      );
      if (!('scenario' in read)) throw new Error(read.problems[0]?.expected);
      const { trace } = simulate(read.scenario);
      expect(trace.hops.some(({ chain }) => chain === name)).toBe(true);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );

  it('may hold a pattern that explodes: it is decided at once, or not at all', () => {
    const route = JSON.stringify({
      match: { safeRegex: { regex: '(((((a+)+)+)+)+)+$' } },
      route: { cluster: 'x' },
    });
    const scenario = {
      ...scenarioOfPaste(`[${listener(route)}]`),
      request: { ...traceRequest, path: `/${'a'.repeat(5000)}!` },
    };
    expect(simulate(scenario).trace.hops.length).toBeGreaterThan(0);
  });

  it.each(['\u0000', '\ud800', '\udc00\ud800', '\u202e\u2066', '\ufeff', '\u2028', '\u0007'])(
    'may hold %j anywhere: nothing is lost and nothing throws',
    (odd) => {
      const paste =
        rules(`-A PREROUTING -s 10.0.0.1${odd} -j ACCEPT`, `:C${odd} - [0:0]`) + odd + listener(odd);
      const documents = parseDocuments({ name: odd, text: paste });
      expect(documents.every(({ span }) => span.from <= span.to && span.to <= paste.length)).toBe(true);
      expect(printTrace(traced(paste))).toBeTypeOf('string');
    },
  );

  it('may hold scripts in every field: they stay text', () => {
    const scenario = {
      ...scenarioOfPaste(
        rules(`-A PREROUTING -m comment --comment "${SCRIPT}" -p tcp -j REDIRECT --to-ports 15006`),
      ),
      title: SCRIPT,
    };
    const text = JSON.stringify(simulate(scenario).trace.hops.flatMap(({ evidence }) => evidence));
    expect(JSON.parse(text)).toBeDefined();
    expect(text).toContain('onerror=alert(1)');
  });
});
