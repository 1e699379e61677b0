import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { address, contains, parsePrefix, type IpAddress } from '../../base/ip.ts';
import { readJson } from '../../base/json-reader.ts';
import { wholeOf } from '../../base/source.ts';
import { readListener } from '../../documents/envoy/listener.ts';
import type { Connection } from './connection.ts';
import { chooseFilterChain } from './filter-chain.ts';

/** The fields of filter_chain_match, as listener_components.proto names them. */
interface Match {
  readonly destination_port?: number;
  readonly prefix_ranges?: readonly { readonly address_prefix: string; readonly prefix_len: number }[];
  readonly server_names?: readonly string[];
  readonly transport_protocol?: string;
  readonly application_protocols?: readonly string[];
  readonly direct_source_prefix_ranges?: Match['prefix_ranges'];
  readonly source_type?: string;
  readonly source_prefix_ranges?: Match['prefix_ranges'];
  readonly source_ports?: readonly number[];
}

type Rank = (match: Match, connection: Connection) => number | null;

function longest(ranges: Match['prefix_ranges'], ip: IpAddress | null): number | null {
  if (!ranges?.length) return -1;
  const held = ranges.filter((range) => {
    const prefix = parsePrefix(`${range.address_prefix}/${range.prefix_len}`);
    return prefix !== null && ip !== null && contains(prefix, ip);
  });
  return held.length === 0 ? null : Math.max(...held.map((range) => range.prefix_len));
}

/** How many characters of the name are said; the whole name counts most. */
function nameRank(names: readonly string[] | undefined, name: string): number | null {
  if (!names?.length) return -1;
  const ranks = names.flatMap((each) => {
    if (each === name) return [1000];
    return each.startsWith('*.') && name.endsWith(each.slice(1)) ? [each.length] : [];
  });
  return ranks.length === 0 ? null : Math.max(...ranks);
}

function equal<T>(wanted: T | undefined, value: T): number | null {
  return wanted === undefined ? -1 : wanted === value ? 1 : null;
}

/** At each step only the chains that hold best stay, and none comes back: the nine rules as the proto tells them. */
const RANKS: readonly Rank[] = [
  (match, { local }) => equal(match.destination_port, local.port ?? 0),
  (match, { local }) => longest(match.prefix_ranges, local.address),
  (match, { serverName }) => nameRank(match.server_names, serverName ?? ''),
  (match, { transport }) => equal(match.transport_protocol, transport ?? ''),
  (match, { alpn }) => {
    if (!match.application_protocols?.length) return -1;
    const places = match.application_protocols
      .map((each) => (alpn ?? []).indexOf(each))
      .filter((at) => at >= 0);
    return places.length === 0 ? null : 100 - Math.min(...places);
  },
  (match, { directRemote }) => longest(match.direct_source_prefix_ranges, directRemote.address),
  (match, { local, remote }) => {
    const isLocal = remote.address?.text === '127.0.0.1' || remote.address?.text === local.address?.text;
    return equal(match.source_type, isLocal ? 'SAME_IP_OR_LOOPBACK' : 'EXTERNAL');
  },
  (match, { remote }) => longest(match.source_prefix_ranges, remote.address),
  (match, { remote }) =>
    match.source_ports?.length ? (match.source_ports.includes(remote.port ?? 0) ? 1 : null) : -1,
];

function oneAfterTheOther(matches: readonly Match[], connection: Connection): number | null {
  let left = matches.map((match, n) => ({ match, n }));
  for (const rank of RANKS) {
    const ranked = left.map((each) => ({ ...each, rank: rank(each.match, connection) }));
    const best = Math.max(...ranked.flatMap((each) => each.rank ?? []));
    left = ranked.filter((each) => each.rank === best);
  }
  return left[0]?.n ?? null;
}

const IPS = ['10.0.0.1', '10.0.0.2', '10.1.0.1', '127.0.0.1', 'fd00::1'];
const NAMES = ['a.b.example', 'c.b.example', 'b.example', 'example', ''];
const range = fc.constantFrom(
  { address_prefix: '10.0.0.0', prefix_len: 8 },
  { address_prefix: '10.0.0.0', prefix_len: 16 },
  { address_prefix: '10.0.0.1', prefix_len: 32 },
  { address_prefix: '0.0.0.0', prefix_len: 0 },
  { address_prefix: 'fd00::', prefix_len: 64 },
);
const ranges = fc.uniqueArray(range, {
  minLength: 1,
  maxLength: 2,
  selector: (each) => JSON.stringify(each),
});
const match: fc.Arbitrary<Match> = fc.record(
  {
    destination_port: fc.constantFrom(80, 443),
    prefix_ranges: ranges,
    server_names: fc.uniqueArray(fc.constantFrom('a.b.example', '*.b.example', '*.example', 'b.example'), {
      minLength: 1,
      maxLength: 2,
    }),
    transport_protocol: fc.constantFrom('tls', 'raw_buffer'),
    application_protocols: fc.uniqueArray(fc.constantFrom('h2', 'http/1.1', 'istio'), {
      minLength: 1,
      maxLength: 2,
    }),
    direct_source_prefix_ranges: ranges,
    source_type: fc.constantFrom('SAME_IP_OR_LOOPBACK', 'EXTERNAL'),
    source_prefix_ranges: ranges,
    source_ports: fc.uniqueArray(fc.constantFrom(1000, 2000), { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const connection: fc.Arbitrary<Connection> = fc
  .record({
    local: fc.record({ address: fc.constantFrom(...IPS).map(address), port: fc.constantFrom(80, 443, 8080) }),
    remote: fc.record({
      address: fc.constantFrom(...IPS).map(address),
      port: fc.constantFrom(1000, 2000, 3000),
    }),
    directRemote: fc.record({ address: fc.constantFrom(...IPS).map(address), port: fc.constant(1000) }),
    transport: fc.constantFrom('tls', 'raw_buffer'),
    serverName: fc.constantFrom(...NAMES),
    alpn: fc.subarray(['h2', 'http/1.1', 'istio']),
  })
  .map((each) => ({
    ...each,
    restored: true,
    filterState: {},
    originalSrc: null,
  }));

test('the chain that is found is the one that asking all of them leaves', () => {
  let compared = 0;
  fc.assert(
    fc.property(
      fc.array(match, { minLength: 1, maxLength: 12 }),
      fc.array(connection, { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      (matches, connections, camel) => {
        const chains = matches.map((filter_chain_match, n) => ({ name: String(n), filter_chain_match }));
        const written = JSON.stringify({ name: 'wide', filter_chains: chains });
        const text = camel
          ? written.replaceAll(/_([a-z])(?=\w*":)/g, (_, letter: string) => letter.toUpperCase())
          : written;
        const source = { name: 'listener', text };
        const { value } = readJson(source, wholeOf(source));
        const listener = value && readListener(value);
        for (const each of connections) {
          const stage = listener && chooseFilterChain(listener, each);
          if (!stage || (stage.kind === 'end' && stage.end.kind === 'undecided')) continue; // Envoy refuses the listener
          const found =
            stage.kind === 'end' || stage.value.kind !== 'one' ? null : Number(stage.value.chain.name);
          expect(found).toBe(oneAfterTheOther(matches, each));
          compared += 1;
        }
      },
    ),
    { numRuns: 500 },
  );
  expect(compared).toBeGreaterThan(300);
});
