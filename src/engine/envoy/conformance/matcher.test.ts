// filter_chain_matcher: https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/advanced/matching/matching_api
// and source/extensions/matching/network/common/inputs.h. Unlike filter_chain_match it goes back.
import { expect, test } from 'vitest';
import { readListener } from '../../../documents/envoy/listener.ts';
import { chooseFilterChain } from '../filter-chain.ts';
import { connection, pasted } from './notation.ts';

const INPUTS = 'type.googleapis.com/envoy.extensions.matching.common_inputs.network.v3.';

function input(type: string): unknown {
  return { name: 'input', typed_config: { '@type': `${INPUTS}${type}` } };
}

function take(chain: string): unknown {
  return {
    action: {
      name: chain,
      typed_config: { '@type': 'type.googleapis.com/google.protobuf.StringValue', value: chain },
    },
  };
}

function exact(type: string, map: Record<string, unknown>, otherwise?: unknown): unknown {
  return { matcher_tree: { input: input(type), exact_match_map: { map } }, on_no_match: otherwise };
}

function ranges(type: string, list: readonly (readonly [string, number, unknown, boolean?])[]): unknown {
  return {
    matcher_tree: {
      input: input(type),
      custom_match: {
        name: 'ip',
        typed_config: {
          '@type': 'type.googleapis.com/xds.type.matcher.v3.IPMatcher',
          range_matchers: list.map(([address_prefix, prefix_len, on_match, exclusive]) => ({
            ranges: [{ address_prefix, prefix_len }],
            on_match,
            exclusive,
          })),
        },
      },
    },
  };
}

function outcome(matcher: unknown, line: string, withDefault = false): string {
  const listener = readListener(
    pasted({
      filter_chains: ['a', 'b', 'c'].map((name) => ({ name })),
      filter_chain_matcher: matcher,
      default_filter_chain: withDefault ? { name: 'default' } : undefined,
    }),
  );
  const stage = chooseFilterChain(listener, connection(line));
  if (stage.kind === 'end') return stage.end.kind;
  return stage.value.kind === 'one' ? stage.value.chain.name : 'undecided';
}

const nested = exact(
  'DestinationPortInput',
  {
    80: { matcher: exact('TransportProtocolInput', { tls: take('a') }) },
    81: take('nowhere'),
  },
  take('b'),
);
const wider = ranges('DestinationIPInput', [
  ['10.0.0.0', 8, take('a')],
  ['10.1.0.0', 16, { matcher: exact('ServerNameInput', { 'x.y': take('b') }) }],
]);
const only = ranges('DestinationIPInput', [
  ['10.0.0.0', 8, take('a')],
  ['10.1.0.0', 16, { matcher: exact('ServerNameInput', { 'x.y': take('b') }) }, true],
]);

test.each<[string, unknown, string, string]>([
  ['a nested hit', nested, '10.0.0.1:80 tls', 'a'],
  ['a nested miss falls to the outer on_no_match', nested, '10.0.0.1:80', 'b'],
  ['a chain that does not exist closes', nested, '10.0.0.1:81', 'close'],
  ['the longest range', wider, '10.1.0.1:80 tls sni=x.y', 'b'],
  ['a wider range when the longest yields nothing', wider, '10.1.0.1:80', 'a'],
  ['not past an exclusive range', only, '10.1.0.1:80', 'close'],
  [
    'the ALPN offer is one quoted list',
    exact('ApplicationProtocolInput', { "'h2','http/1.1'": take('c') }),
    '10.0.0.1:80 tls alpn=h2,http/1.1',
    'c',
  ],
  [
    'a local source',
    exact('SourceTypeInput', { local: take('a') }, take('b')),
    '10.0.0.1:80 from 127.0.0.1:5',
    'a',
  ],
  [
    'an external one has no value',
    exact('SourceTypeInput', { local: take('a') }, take('b')),
    '10.0.0.1:80 from 127.0.0.6:5',
    'b',
  ],
  [
    'a unix socket has no port',
    exact('DestinationPortInput', { 0: take('a') }, take('b')),
    '/run/x.sock',
    'b',
  ],
  [
    'an unknown input is not guessed',
    exact('TransportProtocolInput', { tls: take('a') }),
    '10.0.0.1:80 tls=?',
    'undecided',
  ],
  [
    'an input without a rule is not guessed',
    exact('NetworkNamespaceInput', { x: take('a') }),
    '10.0.0.1:80',
    'undecided',
  ],
])('%s', (_, matcher, line, want) => expect(outcome(matcher, line)).toBe(want));

const format = (inline_string: string) => ({
  on_no_match: {
    action: {
      name: 'format',
      typed_config: {
        '@type': 'type.googleapis.com/envoy.config.core.v3.SubstitutionFormatString',
        text_format_source: { inline_string },
      },
    },
  },
});

test.each([
  ['%REQUESTED_SERVER_NAME%', '10.0.0.1:80 tls sni=a', 'a'],
  ['%REQUESTED_SERVER_NAME%', '10.0.0.1:80', 'close'],
  ['%REQUESTED_SERVER_NAME%', '10.0.0.1:80 tls sni=?', 'undecided'],
  ['%DYNAMIC_METADATA(a:b)%', '10.0.0.1:80', 'undecided'],
])('a chain named %s, for %s', (name, line, want) => expect(outcome(format(name), line)).toBe(want));

test('no result takes the default chain', () => {
  expect(outcome(exact('DestinationPortInput', {}), '10.0.0.1:80', true)).toBe('default');
});
