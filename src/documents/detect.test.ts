// YAML is gone over once, and only where it can hold something that is read; the library reads the rest once, too.
import * as fc from 'fast-check';
import { parseAllDocuments, stringify } from 'yaml';
import { beforeEach, expect, test, vi } from 'vitest';
import { readBlocks } from '../base/yaml-block.ts';
import { readYaml } from '../base/yaml.ts';
import { looksLikeEnvoyConfig, mayHoldEnvoyConfig } from './envoy/parse.ts';
import { looksLikeKube, mayHoldKube } from './kube/read.ts';
import { parseDocuments } from './parse.ts';

vi.mock('yaml', async (original) => {
  const yaml = await original<typeof import('yaml')>();
  return { ...yaml, parseAllDocuments: vi.fn<typeof yaml.parseAllDocuments>(yaml.parseAllDocuments) };
});

vi.mock('../base/yaml-block.ts', async (original) => {
  const own = await original<typeof import('../base/yaml-block.ts')>();
  return { ...own, readBlocks: vi.fn<typeof own.readBlocks>(own.readBlocks) };
});

beforeEach(() => {
  vi.mocked(parseAllDocuments).mockClear();
  vi.mocked(readBlocks).mockClear();
});

function timesRead(text: string): number {
  parseDocuments({ name: 'test', text });
  return vi.mocked(readBlocks).mock.calls.length;
}

/** By ourselves or by the library, whichever read more. */
function charactersRead(): number {
  const own = vi.mocked(readBlocks).mock.calls.map(([, { from, to }]) => to - from);
  const library = vi.mocked(parseAllDocuments).mock.calls.map(([{ length }]) => length);
  return Math.max(...[own, library].map((lengths) => lengths.reduce((sum, length) => sum + length, 0)));
}

test.each([
  'kind: K1',
  'apiVersion: v1',
  'name: cluster',
  'metadata:\n  name: a',
  'spec: x',
  'address: x\ntype: y',
  '- name: a\n  b: c',
])('a YAML document that nobody reads is not gone over: %s', (text) => {
  expect(timesRead(`${text}\n---\n`.repeat(1000))).toBe(0);
});

test('each object is gone over once', () => {
  expect(timesRead('kind: Service\nmetadata:\n  name: a\n---\n'.repeat(100))).toBe(100);
});

test('a text that two kinds may be is read once', () => {
  expect(timesRead('metadata: { image: x, cluster: y }\n')).toBe(1);
});

test.each(['- image: x\n- listener: y\n- cluster: z\n', '- name: a\n- image: x\n- cluster: y\n  b: c\n'])(
  'lines that were read in vain are not read again and again: %s',
  (text) => {
    const paste = text.repeat(1000);
    const documents = parseDocuments({ name: 'test', text: `${paste}\n---\nkind: Service\n` });
    expect(charactersRead()).toBeLessThan(3 * paste.length + 100_000);
    expect(documents.map(({ kind }) => kind)).toEqual(['prose', 'kube-object']);
  },
);

const NAMES =
  'kind name spec template image containers initContainers annotations meshConfig accessLogFile items ' +
  'cluster listener filter_chains filterChains virtual_hosts domains routes active_state activeState @type ' +
  'address traffic_direction bootstrap node lb_policy static_resources cluster_name endpoints';

const tree = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('Pod', 'Service', 'EnvoyFilter', 'FooList', 'Foo', 'v1', 'envoy.admin.v3.X', null),
    fc.dictionary(fc.constantFrom('apiVersion', 'sidecar.istio.io/x', ...NAMES.split(' ')), tie('node'), {
      maxKeys: 4,
    }),
    fc.array(tie('node'), { maxLength: 3 }),
  ),
})).node;

test('whatever a tree is told by is seen in its text', () => {
  fc.assert(
    fc.property(
      tree,
      fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE'),
      fc.boolean(),
      (json, type, flow) => {
        const text = stringify(json, {
          defaultKeyType: type,
          defaultStringType: type,
          collectionStyle: flow ? 'flow' : 'block',
        });
        const { value } = readYaml({ name: 'test', text }, { from: 0, to: text.length });
        expect(mayHoldKube(text) || !looksLikeKube(value)).toBe(true);
        expect(mayHoldEnvoyConfig(text) || !looksLikeEnvoyConfig(value)).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});
