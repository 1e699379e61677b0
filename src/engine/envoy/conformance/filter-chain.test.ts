// filter_chain_match. Every rule has its place in Envoy's documentation of FilterChainMatch or in
// source/common/listener_manager/filter_chain_manager_impl.cc:
// https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener_components.proto#config-listener-v3-filterchainmatch
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { contains } from '../../../base/ip.ts';
import { parsePrefix } from '../../../base/ip.ts';
import { readCidrRange } from '../../../documents/envoy/address.ts';
import type { FilterChain } from '../../../documents/envoy/listener.ts';
import type { Connection } from '../connection.ts';
import { chooseFilterChain } from '../filter-chain.ts';
import { findRejection } from '../filter-chain-rules.ts';
import { connection, listener, pasted } from './notation.ts';

/** The chosen chain's name, `closed`, or `undecided INPUT`. */
function outcome(chains: readonly string[], line: string): string {
  const stage = chooseFilterChain(listener(...chains), connection(line));
  const choice = stage.kind === 'next' ? stage.value : null;
  if (choice?.kind === 'one') return choice.chain.name;
  const end = choice ? choice.open : stage.kind === 'end' ? stage.end : null;
  return end?.kind === 'undecided' ? `undecided ${end.why.parameters['input']}` : 'closed';
}

const PORTS = ['any:', 'http: port=8080', 'admin: port=9901 from=10.0.0.0/8'];
const RANGES = ['all: to=0.0.0.0/0', 'net: to=10.0.0.0/8', 'host: to=10.1.2.3/32', 'six: to=fd00::/8'];
const NAMES = ['none:', 'exact: sni=www.example.com', 'wild: sni=*.example.com', 'wider: sni=*.com'];
const WIRE = ['plain: transport=raw_buffer', 'tls: transport=tls', 'h2: transport=tls alpn=h2'];
const TYPES = ['any:', 'local: type=SAME_IP_OR_LOOPBACK'];

test.each<[string, readonly string[], string, string]>([
  ['a port wins over no port', PORTS, '10.0.0.1:8080', 'http'],
  ['a port nobody asks for', PORTS, '10.0.0.1:7000', 'any'],
  ['a port taken is not given back', PORTS, '10.0.0.1:9901 from 192.0.2.1:5', 'closed'],
  [
    'the default chain takes such a miss',
    [...PORTS, 'default:'],
    '10.0.0.1:9901 from 192.0.2.1:5',
    'default',
  ],
  ['a unix socket has port 0', PORTS, '/run/envoy.sock', 'any'],
  ['the longest prefix', RANGES, '10.1.2.3:80', 'host'],
  ['the next longest', RANGES, '10.1.2.4:80', 'net'],
  ['families never mix', RANGES, '[fd00::1]:80', 'six'],
  ['no prefix for that family', RANGES, '[2001:db8::1]:80', 'closed'],
  ['the whole name', NAMES, '10.0.0.1:443 tls sni=www.example.com', 'exact'],
  ['a wildcard of any depth', NAMES, '10.0.0.1:443 tls sni=a.b.example.com', 'wild'],
  ['a wildcard is not the domain itself', NAMES, '10.0.0.1:443 tls sni=example.com', 'wider'],
  ['no name', NAMES, '10.0.0.1:443 tls', 'none'],
  ['raw_buffer is plain text', WIRE, '10.0.0.1:80', 'plain'],
  ['TLS without that ALPN', WIRE, '10.0.0.1:80 tls alpn=http/1.1', 'tls'],
  ['TLS with it', WIRE, '10.0.0.1:80 tls alpn=http/1.1,h2', 'h2'],
  ['the client orders ALPN', ['a: alpn=h2', 'b: alpn=http/1.1'], '10.0.0.1:80 tls alpn=http/1.1,h2', 'b'],
  ['127.0.0.1 is local', TYPES, '10.0.0.1:80 from 127.0.0.1:9', 'local'],
  ['127.0.0.6 is not', TYPES, '10.0.0.1:80 from 127.0.0.6:9', 'any'],
  ['the own address is local', TYPES, '10.0.0.1:80 from 10.0.0.1:9', 'local'],
  ['external only', ['out: type=EXTERNAL'], '10.0.0.1:80 from 127.0.0.1:9', 'closed'],
  [
    'the peer, not the proxied source',
    ['p: via=10.9.0.0/16'],
    '10.0.0.1:80 from 1.2.3.4:5 via 10.9.0.1',
    'p',
  ],
  ['the proxied source', ['s: from=1.2.3.0/24'], '10.0.0.1:80 from 1.2.3.4:5 via 10.9.0.1', 's'],
  ['a source port', ['p: sport=5', 'q:'], '10.0.0.1:80 from 1.2.3.4:5', 'p'],
  [
    'name before transport',
    ['n: sni=a.b transport=tls', 'r: transport=raw_buffer'],
    '10.0.0.1:80 sni=a.b',
    'closed',
  ],
  ['unknown and it matters', WIRE, '10.0.0.1:80 tls=? alpn=?', 'undecided transport_protocol'],
  ['unknown and nobody asks', PORTS, '10.0.0.1:8080 tls=? sni=? alpn=?', 'http'],
])('%s', (_, chains, line, want) => expect(outcome(chains, line)).toBe(want));

test.each<[string, readonly string[], string | null]>([
  ['the same match twice', ['a: transport=tls', 'b: transport=tls'], 'envoy.rejected.overlapping-match'],
  ['lists that share a name', ['a: sni=x.y', 'b: sni=z.y,x.y'], 'envoy.rejected.overlapping-match'],
  ['a wildcard inside a name', ['a: sni=w*.example.com'], 'envoy.rejected.partial-wildcard'],
  ['an address that is none', ['a: to=a.b.c.d/8'], 'envoy.rejected.malformed-address'],
  ['different ports', ['a: port=1', 'b: port=2', 'c:'], null],
])('a listener with %s', (_, chains, want) =>
  expect(findRejection(listener(...chains))?.why.code ?? null).toBe(want),
);

function lengthOf(range: object): number | undefined {
  return readCidrRange(pasted(range)).prefix?.length;
}

test('a range without a length holds every address; a longer one than there is, one', () => {
  expect(lengthOf({ address_prefix: '10.0.0.0' })).toBe(0);
  expect(lengthOf({ address_prefix: '10.0.0.1', prefix_len: 99 })).toBe(32);
  expect(readCidrRange(pasted({ address_prefix: '10.1.2.3', prefix_len: 8 })).prefix?.address.text).toBe(
    '10.0.0.0',
  );
});

test('each chain that lost says at which level', () => {
  const stage = chooseFilterChain(listener(...PORTS), connection('10.0.0.1:8080'));
  expect(stage.decisions[0]?.passed.map(({ name, why }) => [name, why.parameters['level']])).toEqual([
    ['any', 'destination_port'],
    ['admin', 'destination_port'],
  ]);
});

test('the chosen chain says which bucket was taken at each level that was asked about', () => {
  const chains = listener('a: port=8080 transport=raw_buffer', 'b: port=8080 transport=tls', 'c:');
  const parameters = (line: string) =>
    chooseFilterChain(chains, connection(line)).decisions[0]?.why.parameters;
  expect(parameters('10.0.0.1:8080')).toEqual({
    destination_port: '8080',
    transport_protocol: 'raw_buffer',
  });
  expect(parameters('10.0.0.1:80')).toEqual({ destination_port: 'any' });
});

// Envoy's own data structure, as an independent way to the answer: maps nested in the order of the levels.
interface Index {
  readonly below: Map<string, Index>;
  chain?: FilterChain;
}

function insert(index: Index, keys: readonly (readonly string[])[], chain: FilterChain): void {
  const [here, ...rest] = keys;
  if (!here) {
    index.chain = chain;
    return;
  }
  for (const key of here) {
    const next = index.below.get(key) ?? { below: new Map() };
    index.below.set(key, next);
    insert(next, rest, chain);
  }
}

function or(values: readonly string[]): readonly string[] {
  return values.length > 0 ? values : [''];
}

function keysOf({ match }: FilterChain): readonly (readonly string[])[] {
  return [
    or(match.destinationPort ? [String(match.destinationPort.value)] : []),
    or(match.prefixRanges.map((range) => range.text)),
    or(match.transportProtocol ? [match.transportProtocol.value] : []),
    or(match.applicationProtocols.map((protocol) => protocol.value)),
  ];
}

function lookUp(index: Index, { local, transport, alpn }: Connection): FilterChain | undefined {
  const byPrefix = (at: Index) =>
    [...at.below.keys()]
      .filter((key) => key === '' || contains(parsePrefix(key)!, local.address!))
      .toSorted((a, b) => Number(b.split('/')[1] ?? 0) - Number(a.split('/')[1] ?? 0));
  const levels: ((at: Index) => readonly string[])[] = [
    () => [String(local.port), ''],
    byPrefix,
    () => [transport ?? '', ''],
    () => [...(alpn ?? []), ''],
  ];
  let at: Index | undefined = index;
  for (const level of levels) {
    const key: string | undefined = level(at).find((candidate) => at?.below.has(candidate));
    at = key === undefined ? undefined : at.below.get(key);
    if (!at) return undefined;
  }
  return at.chain;
}

const word = (name: string, values: readonly string[]) =>
  fc.option(fc.constantFrom(...values)).map((value) => (value === null ? '' : ` ${name}=${value}`));
const wanted = fc
  .tuple(
    word('port', ['80', '443']),
    word('to', ['10.0.0.0/8', '10.1.0.0/16', '10.1.2.3/32']),
    word('transport', ['tls', 'raw_buffer']),
    word('alpn', ['h2', 'http/1.1', 'h2,http/1.1']),
  )
  .map((parts) => parts.join(''));
const arriving = fc
  .tuple(
    fc.constantFrom('10.1.2.3', '10.1.9.9', '10.9.9.9', '192.0.2.1'),
    fc.constantFrom('80', '443', '7'),
    fc.constantFrom('', ' tls', ' tls alpn=h2', ' tls alpn=http/1.1,h2', ' alpn=http/1.1'),
  )
  .map(([ip, port, rest]) => `${ip}:${port}${rest}`);

test('any listener that Envoy takes answers as nested maps do', () => {
  fc.assert(
    fc.property(fc.array(wanted, { minLength: 1, maxLength: 8 }), arriving, (chains, line) => {
      const lines = chains.map((chain, i) => `c${i}:${chain}`);
      const built = listener(...lines);
      fc.pre(findRejection(built) === null);
      const index: Index = { below: new Map() };
      for (const chain of built.filterChains) insert(index, keysOf(chain), chain);
      expect(outcome(lines, line)).toBe(lookUp(index, connection(line))?.name ?? 'closed');
    }),
    { numRuns: 500 },
  );
});

test('what is unknown is decided only when every value of it gives the same', () => {
  fc.assert(
    fc.property(fc.array(wanted, { minLength: 1, maxLength: 6 }), (chains) => {
      const lines = chains.map((chain, i) => `c${i}:${chain}`);
      fc.pre(findRejection(listener(...lines)) === null);
      const open = outcome(lines, '10.1.2.3:80 tls=?');
      const both = ['10.1.2.3:80', '10.1.2.3:80 tls'].map((line) => outcome(lines, line));
      expect(open.startsWith('undecided') || both.every((name) => name === open)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
