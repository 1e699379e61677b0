// Values -> the line that a tool prints for them -> the values again: routes, connections, log lines of any format,
// Envoy's configuration in JSON and in YAML. The printers here know the tools' notation and nothing of the parsers.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { addressOf, type IpAddress } from '../base/ip.ts';
import type { Source } from '../base/source.ts';
import { samples } from './samples.ts';
import { givenFormat } from '../documents/accesslog/given-format.ts';
import { createEntryStream } from '../documents/accesslog/stream.ts';
import { readConntrack } from '../documents/conntrack/list.ts';
import { parseDocuments } from '../documents/parse.ts';
import { parseRoutes } from '../documents/route/routes.ts';

const word = fc.nat(0xffffffff);
const address: fc.Arbitrary<IpAddress> = fc.oneof(
  word.map((each) => addressOf([each])),
  fc.tuple(word, word, word, word).map((words) => addressOf(words)),
);
const port = fc.integer({ min: 1, max: 65_535 });

function whole(text: string): readonly [Source, { from: number; to: number }] {
  return [
    { name: '', text },
    { from: 0, to: text.length },
  ];
}

function isPlace(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'from' in value && 'to' in value;
}

const OF_TEXT: ReadonlySet<string> = new Set(['source', 'gaps', 'tree', 'node']);

/** Without what a text alone has: where something stands in it. */
function meaning(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, each: unknown) => (OF_TEXT.has(key) || isPlace(each) ? undefined : each)),
  );
}

it('routes', () => {
  const route = fc.record({
    gateway: address,
    length: fc.integer({ min: 1, max: 32 }),
    device: fc.constantFrom('eth0', 'bond0.120', 'cali1a2b3c', 'br-lan'),
    table: fc.constantFrom('local', 'main', '133', 'vpn'),
    metric: fc.nat(10_000),
  });
  fc.assert(
    fc.property(route, ({ gateway, length, device, table, metric }) => {
      const network = `${gateway.text}/${length}`;
      const cost = metric > 0 ? ` metric ${metric}` : '';
      const line = `${network} via ${gateway.text} dev ${device} table ${table} proto static${cost} `;
      const { value, diagnostics } = parseRoutes(...whole(line), null, null);
      expect(diagnostics).toEqual([]);
      expect(value.routes[0]).toMatchObject({
        family: gateway.family,
        table,
        metric,
        destination: { length },
        hops: [{ gateway: { text: gateway.text }, device }],
      });
    }),
  );
});

it('connections', () => {
  const tuple = fc.record({ source: address, destination: address, sourcePort: port, destinationPort: port });
  const entry = fc.record({ original: tuple, reply: tuple, mark: fc.nat(0xffffffff), assured: fc.boolean() });
  fc.assert(
    fc.property(entry, ({ original, reply, mark, assured }) => {
      const [there, back] = [original, reply].map(
        (each) =>
          `src=${each.source.text} dst=${each.destination.text} sport=${each.sourcePort} dport=${each.destinationPort}`,
      );
      const line = `tcp      6 431999 ESTABLISHED ${there} ${back}${assured ? ' [ASSURED]' : ''} mark=${mark} use=1`;
      const [read] = readConntrack(...whole(line)) ?? [];
      expect(read).toMatchObject({ protocol: 'tcp', state: 'ESTABLISHED', original, reply, mark, assured });
    }),
  );
});

const socket = fc
  .tuple(address, port)
  .map(([{ family, text }, number]) => (family === 4 ? `${text}:${number}` : `[${text}]:${number}`));

/** Operators, the fields that they are read as, and what Envoy prints for them. */
const OPERATORS: readonly (readonly [string, string, fc.Arbitrary<string>])[] = [
  ['REQ(:METHOD)', 'method', fc.constantFrom('GET', 'POST', 'DELETE')],
  ['RESPONSE_CODE', 'responseCode', fc.integer({ min: 100, max: 599 }).map(String)],
  ['UPSTREAM_HOST', 'upstreamHost', socket],
  ['DOWNSTREAM_REMOTE_ADDRESS', 'downstreamRemoteAddress', socket],
  ['REQ(X-FORWARDED-FOR)', 'xForwardedFor', address.map(({ text }) => text)],
  ['ROUTE_NAME', 'routeName', fc.stringMatching(/^[a-z][a-z0-9-]{1,20}$/)],
];

it('log lines of any format', () => {
  const fields = fc
    .uniqueArray(fc.constantFrom(...OPERATORS), { minLength: 2, selector: ([operator]) => operator })
    .chain((chosen) => fc.tuple(fc.constant(chosen), fc.tuple(...chosen.map(([, , value]) => value))));
  fc.assert(
    fc.property(fields, fc.constantFrom(' ', ' | ', '\t', '" "', '; '), ([chosen, values], between) => {
      const written = `log: ${chosen.map(([operator]) => `%${operator}%`).join(between)} end`;
      const line = `log: ${values.join(between)} end`;
      const [entry] = createEntryStream(givenFormat(written)).push(`${line}\n`);
      const read = new Map(Object.entries(entry?.fields ?? {}).map(([field, value]) => [field, value.text]));
      expect(chosen.map(([, field]) => read.get(field))).toEqual(values);
    }),
  );
});

const CONFIGURATIONS = samples.flatMap(({ scenario }) =>
  scenario.pods.flatMap(({ name, paste }) =>
    parseDocuments({ name, text: paste }).flatMap(({ kind, span }) => {
      const text = paste.slice(span.from, span.to);
      return kind === 'envoy-config' && /^\s*[[{][^]*[\]}]\s*$/.test(text) ? [text] : [];
    }),
  ),
);

function configurationIn(text: string): unknown {
  return parseDocuments({ name: '', text }).map(({ content }) =>
    content.kind === 'proxy-config' ? meaning(content.config) : content.kind,
  );
}

function isWhole(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

it.each(CONFIGURATIONS.filter(isWhole).map((text, i) => [i, text] as const))(
  'Envoy’s configuration of a sample, as JSON in another layout and as YAML: %i',
  (_, text) => {
    const value: unknown = JSON.parse(text);
    const expected = configurationIn(text);
    expect(configurationIn(JSON.stringify(value))).toEqual(expected);
    expect(configurationIn(JSON.stringify(value, null, 4))).toEqual(expected);
    expect(configurationIn(stringify(value))).toEqual(expected);
  },
);
