// Virtual hosts and routes: https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto,
// source/common/router/config_impl.cc, source/common/http/header_utility.h.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRouteConfiguration } from '../../../documents/envoy/route-configuration.ts';
import { answerRoute } from '../commands/route.ts';
import { findVirtualHost } from '../virtual-host.ts';
import { pasted } from './notation.ts';

/** A configuration with one virtual host for each list of domains; it is named after the first of them. */
function hosts(lists: readonly (readonly string[])[], settings: object = {}) {
  const virtual_hosts = lists.map((domains) => ({ name: domains[0], domains, routes: [] }));
  return readRouteConfiguration(pasted({ virtual_hosts, ...settings }));
}

const HOSTS = [['www.example.com'], ['*.example.com'], ['*-api.example.com'], ['www.*'], ['w*'], ['*']];

test.each([
  ['WWW.example.com', 'www.example.com'],
  ['a.b.example.com', '*.example.com'],
  ['x-api.example.com', '*-api.example.com'],
  ['.example.com', '*'],
  ['www.example.org', 'www.*'],
  ['web', 'w*'],
  ['w', '*'],
  ['www.example.com:8080', 'www.*'],
])('%s is served by %s', (host, want) => expect(findVirtualHost(hosts(HOSTS), host)?.host.name).toBe(want));

test('the port goes only when the configuration says so, never inside brackets', () => {
  const routes = hosts([['www.example.com'], ['[fd00::1]'], ['*']], { ignore_port_in_host_matching: true });
  expect(findVirtualHost(routes, 'www.example.com:8080')?.host.name).toBe('www.example.com');
  expect(findVirtualHost(routes, '[fd00::1]')?.host.name).toBe('[fd00::1]');
  expect(findVirtualHost(routes, '[fd00::1]:80')?.host.name).toBe('[fd00::1]');
});

test('without a host only a lone `*` serves', () => {
  expect(findVirtualHost(hosts([['*']]), null)?.host.name).toBe('*');
  expect(findVirtualHost(hosts([['*'], ['a']]), null)).toBeNull();
});

function pattern(domain: string): RegExp {
  return new RegExp(`^${domain.replaceAll('.', '\\.').replace('*', '.+')}$`);
}

function rank(domain: string): number {
  if (domain === '*') return 3;
  return domain.startsWith('*') ? 1 : domain.endsWith('*') ? 2 : 0;
}

test("of all domains that hold, the one first in Envoy's order is taken", () => {
  const label = fc.constantFrom('a', 'b', 'ab', 'a.b', 'b.a');
  const domain = fc.oneof(
    label,
    label.map((text) => `*.${text}`),
    label.map((text) => `*${text}`),
    label.map((text) => `${text}.*`),
    label.map((text) => `${text}*`),
    fc.constant('*'),
  );
  fc.assert(
    fc.property(
      fc.uniqueArray(domain, { minLength: 2, maxLength: 12 }),
      fc.stringMatching(/^[ab.]{1,6}$/),
      (domains, host) => {
        const [want] = domains
          .filter((text) => pattern(text).test(host))
          .toSorted((a, b) => rank(a) - rank(b) || b.length - a.length);
        expect(findVirtualHost(hosts(domains.map((text) => [text])), host)?.host.name).toBe(want);
      },
    ),
    { numRuns: 300 },
  );
});

const metadata = (value: object, invert = false) => ({
  prefix: '/',
  dynamic_metadata: [{ filter: 'my.filter', path: [{ key: 'a' }, { key: 'b' }], value, invert }],
});

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly random?: number;
  readonly metadata?: unknown;
}

/** The cluster that a request goes to when `match` is tried first: `hit`, or `rest` if it does not match. */
function tried(
  match: object,
  path: string,
  { method = 'GET', headers = {}, random = 0, metadata: value }: Asked = {},
): string {
  const routes = [
    { match, route: { cluster: 'hit' } },
    { match: { prefix: '' }, route: { cluster: 'rest' } },
  ];
  const answer = answerRoute(
    pasted({
      id: 'x',
      routeConfiguration: { virtual_hosts: [{ name: 'v', domains: ['*'], routes }] },
      input: {
        authority: 'example.com',
        path,
        method,
        random_value: random,
        dynamic_metadata: [{ metadata_namespace: 'my.filter', value: { a: { b: value } } }],
        additional_request_headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
      },
    }),
  );
  return answer.cluster ?? '';
}

const fraction = (numerator: number) => ({ prefix: '/', runtime_fraction: { default_value: { numerator } } });
const header = (test: object) => ({ prefix: '/', headers: [{ name: 'x-test', ...test }] });
const cookie = (string_match: object, invert_match = false) => ({
  prefix: '/',
  cookies: [{ name: 'session', string_match, invert_match }],
});
const query = (test: object) => ({ prefix: '/', query_parameters: [{ name: 'q', ...test }] });
const template = (path_template: string) => ({
  path_match_policy: {
    name: 'envoy.path.match.uri_template.uri_template_matcher',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig',
      path_template,
    },
  },
});

test.each<[string, object, string, 'hit' | 'rest', Asked?]>([
  ['a prefix is any prefix', { prefix: '/api' }, '/apis', 'hit'],
  ['a path is the whole path without its query', { path: '/api' }, '/api?x=1', 'hit'],
  ['nothing more', { path: '/api' }, '/api/', 'rest'],
  ['case counts', { path: '/api' }, '/API', 'rest'],
  ['unless it is said not to', { path: '/api', case_sensitive: false }, '/API', 'hit'],
  ['a separated prefix ends at a slash', { path_separated_prefix: '/api' }, '/api/v1', 'hit'],
  ['or at the end', { path_separated_prefix: '/api' }, '/api?x', 'hit'],
  ['not inside a segment', { path_separated_prefix: '/api' }, '/apis', 'rest'],
  ['a pattern has to match everything', { safe_regex: { regex: '/a+' } }, '/aab', 'rest'],
  ['but the query', { safe_regex: { regex: '/a+' } }, '/aa?b', 'hit'],
  ['CONNECT', { connect_matcher: {} }, '', 'hit', { method: 'CONNECT' }],
  ['only CONNECT', { connect_matcher: {} }, '/', 'rest'],
  ['or CONNECT-UDP', { connect_matcher: {} }, '/', 'hit', { headers: { upgrade: 'connect-udp' } }],
  ['a template', template('/v1/{name}/items/*'), '/v1/me/items/7', 'hit'],
  ['one segment each', template('/v1/{name}'), '/v1/a/b', 'rest'],
  ['or any number', template('/v1/{rest=**}'), '/v1/a/b', 'hit'],
  ['a header that is there', header({}), '/', 'hit', { headers: { 'X-Test': '' } }],
  ['one that is not', header({ present_match: false }), '/', 'hit'],
  [
    'a missing header never matches',
    header({ string_match: { exact: 'a' }, invert_match: true }),
    '/',
    'rest',
  ],
  [
    'unless it is taken as empty',
    header({ string_match: { exact: 'a' }, invert_match: true, treat_missing_header_as_empty: true }),
    '/',
    'hit',
  ],
  [
    'a range is open at its end',
    header({ range_match: { start: '1', end: '10' } }),
    '/',
    'rest',
    { headers: { 'x-test': '10' } },
  ],
  [
    'beyond what a double holds',
    header({ range_match: { start: '9007199254740993', end: '9007199254740994' } }),
    '/',
    'hit',
    { headers: { 'x-test': '9007199254740993' } },
  ],
  ['the old names of matches', header({ prefix_match: 'ab' }), '/', 'hit', { headers: { 'x-test': 'abc' } }],
  [
    'ignoring case',
    header({ string_match: { suffix: 'BC', ignore_case: true } }),
    '/',
    'hit',
    { headers: { 'x-test': 'abc' } },
  ],
  ['a query parameter', query({ string_match: { exact: 'b' } }), '/?a=1&q=b', 'hit'],
  ['its first value', query({ string_match: { exact: 'b' } }), '/?q=a&q=b', 'rest'],
  ['a cookie', cookie({ exact: 'b' }), '/', 'hit', { headers: { cookie: 'x=1; session=b' } }],
  ['its first value', cookie({ exact: 'b' }), '/', 'rest', { headers: { cookie: 'session=a; session=b' } }],
  ['no cookie is no match', cookie({ exact: '' }), '/', 'rest'],
  ['but a match inverted', cookie({ exact: 'b' }, true), '/', 'hit'],
  ['gRPC', { prefix: '/', grpc: {} }, '/', 'hit', { headers: { 'content-type': 'application/grpc+proto' } }],
  [
    'gRPC-Web is not gRPC',
    { prefix: '/', grpc: {} },
    '/',
    'rest',
    { headers: { 'content-type': 'application/grpc-web' } },
  ],
  ['metadata', metadata({ string_match: { prefix: 'x' } }), '/', 'hit', { metadata: 'xyz' }],
  [
    'one of a list',
    metadata({ list_match: { one_of: { double_match: { exact: 2 } } } }),
    '/',
    'hit',
    { metadata: [1, 2] },
  ],
  [
    'a range of numbers',
    metadata({ double_match: { range: { start: 1, end: 2 } } }),
    '/',
    'rest',
    { metadata: 2 },
  ],
  ['metadata that is not there', metadata({ present_match: true }), '/', 'rest'],
  ['inverted', metadata({ present_match: true }, true), '/', 'hit'],
  ['no certificate over plain text', { prefix: '/', tls_context: { presented: true } }, '/', 'rest'],
  ['a fraction', fraction(30), '/', 'hit', { random: 29 }],
  ['beyond it', fraction(30), '/', 'rest', { random: 30 }],
])('%s', (_, match, path, want, asked) => expect(tried(match, path, asked)).toBe(want));

test('weights are taken in order, a weight of nothing never', () => {
  const clusters = [
    { name: 'none', weight: 0 },
    { name: 'a', weight: 30 },
    { name: 'b', weight: 70 },
  ];
  const pick = (random_value: number) =>
    answerRoute(
      pasted({
        id: 'x',
        routeConfiguration: {
          virtual_hosts: [
            {
              name: 'v',
              domains: ['*'],
              routes: [{ match: { prefix: '/' }, route: { weighted_clusters: { clusters } } }],
            },
          ],
        },
        input: { authority: 'h', path: '/', method: 'GET', random_value },
      }),
    ).cluster;
  const picked = Array.from({ length: 200 }, (_, random) => pick(random));
  expect(picked.filter((name) => name === 'a')).toHaveLength(60);
  expect(picked.filter((name) => name === 'none')).toHaveLength(0);
  expect([pick(29), pick(30), pick(99), pick(100)]).toEqual(['a', 'b', 'b', 'a']);
});

function answer(route: object) {
  return answerRoute(
    pasted({
      id: 'x',
      routeConfiguration: {
        virtual_hosts: [{ name: 'v', domains: ['*'], routes: [{ match: { prefix: '/old' }, ...route }] }],
      },
      input: { authority: 'h:8080', path: '/old/x?q=1', method: 'GET' },
    }),
  );
}

test('rewrites and redirects', () => {
  expect(answer({ route: { cluster: 'c', prefix_rewrite: '/new' } }).pathRewrite).toBe('/new/x?q=1');
  expect(
    answer({
      route: { cluster: 'c', regex_rewrite: { pattern: { regex: '/old/(.*)' }, substitution: '/\\1/$1' } },
    }).pathRewrite,
  ).toBe('/x/$1?q=1');
  expect(answer({ route: { cluster: 'c', host_rewrite_literal: 'other' } }).hostRewrite).toBe('other');
  expect(answer({ redirect: { https_redirect: true } }).redirect).toBe('https://h:8080/old/x?q=1');
  expect(answer({ redirect: { host_redirect: 'new.example', strip_query: true } }).redirect).toBe(
    'http://new.example/old/x',
  );
  expect(answer({ redirect: { prefix_rewrite: '/', port_redirect: 81 } }).redirect).toBe(
    'http://h:81//x?q=1',
  );
  expect(
    answer({ redirect: { https_redirect: true, port_redirect: 443, host_redirect: 'new.example' } }).redirect,
  ).toBe('https://new.example:443/old/x?q=1');
  expect(answer({ redirect: { path_redirect: '/a?b', strip_query: true } }).redirect).toBe(
    'http://h:8080/a?b',
  );
  expect(answer({ direct_response: { status: 204 } }).directResponse).toBe(204);
});

const uri_template = (field: string, value: string) => ({
  name: 'envoy.path.uri_template',
  typed_config: { '@type': 'type.googleapis.com/envoy.extensions.path.x.v3.Config', [field]: value },
});

test('a template rewrites with what it caught', () => {
  const rewritten = answer({
    match: { path_match_policy: uri_template('path_template', '/{first}/{last=**}') },
    route: {
      cluster: 'c',
      path_rewrite_policy: uri_template('path_template_rewrite', '/{last}/then/{first}'),
    },
  });
  expect(rewritten.pathRewrite).toBe('/x/then/old?q=1');
});

function withMetadata(entries: readonly object[]) {
  const matched = { string_match: { exact: 'first' } };
  return answerRoute(
    pasted({
      id: 'x',
      routeConfiguration: {
        virtual_hosts: [
          { name: 'v', domains: ['*'], routes: [{ match: metadata(matched), route: { cluster: 'hit' } }] },
        ],
      },
      input: { authority: 'h', path: '/', method: 'GET', dynamic_metadata: entries },
    }),
  ).matched;
}

const entry = (b: string, further = {}) => ({
  metadata_namespace: 'my.filter',
  value: { a: { b } },
  ...further,
});

test('metadata of one namespace is overwritten only where that is allowed', () => {
  expect(withMetadata([entry('first'), entry('second')])).toBe(true);
  expect(withMetadata([entry('first'), entry('second', { allow_overwrite: true })])).toBe(false);
});

test('without x-forwarded-proto there is no route', () => {
  expect(demanding('NONE', { x_forwarded_proto: '' }).matched).toBe(false);
  expect(demanding('NONE', { x_forwarded_proto: 'http' }).cluster).toBe('c');
});

function demanding(require_tls: string, input: object) {
  return answerRoute(
    pasted({
      id: 'x',
      routeConfiguration: {
        virtual_hosts: [
          {
            name: 'v',
            domains: ['*'],
            require_tls,
            routes: [{ match: { prefix: '/' }, route: { cluster: 'c' } }],
          },
        ],
      },
      input: { authority: 'h', path: '/a', method: 'GET', ...input },
    }),
  );
}

test('a host that requires TLS answers plain requests with a redirect', () => {
  expect(demanding('ALL', {}).redirect).toBe('https://h/a');
  expect(demanding('ALL', { internal: true }).redirect).toBe('https://h/a');
  expect(demanding('ALL', { ssl: true }).cluster).toBe('c');
  expect(demanding('EXTERNAL_ONLY', {}).redirect).toBe('https://h/a');
  expect(demanding('EXTERNAL_ONLY', { internal: true }).cluster).toBe('c');
  expect(demanding('NONE', {}).cluster).toBe('c');
});
