import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMap, isScalar, isSeq, parseAllDocuments, stringify, type ParsedNode } from 'yaml';
import type { JsonNode } from './json.ts';
import { readYaml } from './yaml.ts';
import { readBlocks } from './yaml-block.ts';

/** A tree as text and places: what the library and the reader of blocks must agree on. */
type Told = readonly [value: unknown, from: number, to: number];

function toldOf(node: JsonNode): Told {
  const { from, to } = node.span;
  switch (node.kind) {
    case 'object':
      return [
        node.members.map(({ key, keySpan, value }) => [key, keySpan.from, keySpan.to, toldOf(value)]),
        from,
        to,
      ];
    case 'array':
      return [node.items.map(toldOf), from, to];
    case 'null':
    case 'unparsed':
      return [null, from, to];
    case 'string':
    case 'number':
    case 'boolean':
      return [node.value, from, to];
  }
}

/** The library's own places; a block collection ends with its last entry. */
function judged(node: ParsedNode | null): Told {
  if (isMap(node)) {
    const told = node.items.flatMap(({ key, value }): (readonly [string, number, number, Told])[] => {
      const [from, to] = key.range;
      return isScalar(key) ? [[String(key.value), from, to, value ? judged(value) : [null, to, to]]] : [];
    });
    const [, , keyEnd = 0, value] = told.at(-1) ?? [];
    const to = node.flow || !value ? node.range[1] : Math.max(value[2], keyEnd);
    return [told, node.range[0], to];
  }
  if (isSeq(node)) {
    const items = node.items.map(judged);
    const to = node.flow ? node.range[1] : (items.at(-1)?.[2] ?? node.range[1]);
    return [items, node.range[0], to];
  }
  return isScalar(node) ? [node.value, node.range[0], node.range[1]] : [null, 0, 0];
}

function libraryOf(text: string) {
  const documents = Array.from(
    parseAllDocuments(text, { logLevel: 'silent', prettyErrors: false, strict: false, uniqueKeys: false }),
  );
  return documents.some(({ errors }) => errors.length > 0)
    ? null
    : documents.map(({ contents }) => judged(contents));
}

function read(text: string): readonly Told[] | null {
  const { value, diagnostics } = readYaml({ name: 'test', text }, { from: 0, to: text.length });
  if (diagnostics.length > 0) return null;
  const isOne = libraryOf(text)?.length === 1;
  return value.kind === 'array' && !isOne ? value.items.map(toldOf) : [toldOf(value)];
}

const WORDS =
  "istio-proxy;10.0.0.1;1337;-0.5;1e3;100m;true;Null;~;a: b;a #b;- x;it's;[x;{y;|;inbound|80||;*;%x;x:;:x;? x; lead;trail ;" +
  '"q";{"a":1};2026-10-01T08:00:00Z;größe ☃;0x1F;.inf;<<;@y;two\nlines\n;a\n\nb;tab\there;';
const words = fc.constantFrom(...WORDS.split(';'), 'word '.repeat(30));
const keys = fc.constantFrom(
  'name',
  'apiVersion',
  'f:metadata',
  'app.kubernetes.io/name',
  '80',
  'true',
  'two words',
  '#x',
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    words,
    fc.constantFrom(1, -2, 3.5, true, null),
    fc.dictionary(keys, tie('tree'), { maxKeys: 4 }),
    fc.array(tie('tree'), { maxLength: 4 }),
  ),
}));
const style = fc.record({
  indentSeq: fc.boolean(),
  indent: fc.constantFrom(2, 4),
  lineWidth: fc.constantFrom(0, 30, 80),
  defaultStringType: fc.constantFrom<'PLAIN' | 'QUOTE_SINGLE'>('PLAIN', 'QUOTE_SINGLE'),
});
const printed = fc.tuple(tree, style).map(([value, how]) => stringify({ items: value }, how));

/** What people and pages do to a text. */
const damaged = fc
  .tuple(
    printed,
    fc.nat(),
    fc.constantFrom('', '\n', '  ', ' # c', ': ', '- ', '\t', '|', '*x', '---\n', '\r', "'", '"', '{', '? '),
    fc.nat(3),
  )
  .map(([text, place, put, taken]) => {
    const at = place % (text.length + 1);
    return text.slice(0, at) + put + text.slice(at + taken);
  });

test('what it reads is what the library reads, in the same places; what the library cannot read it does not', () => {
  fc.assert(
    fc.property(fc.oneof(printed, damaged), (text) => {
      fc.pre(!/\.{3}|…|[*&]\w/.test(text)); // gaps and aliases are ours
      expect(read(text)).toEqual(libraryOf(text));
    }),
    { numRuns: 300 },
  );
});

const PODS = `apiVersion: v1
items:
- apiVersion: v1
  kind: Pod
  metadata:
    annotations:
      sidecar.istio.io/status: '{"initContainers":["istio-init"],
        "revision":"default"}'
    name: cart-1 # the first
    labels: {}
  spec:
    initContainers:
    - args:
      - istio-iptables
      - -z
      - "15006"
      - -x
      - ""
      - -i
      - '*'
      env:
      -   name: A
          value: |
            first
            second
      -
        name: B
  status:
    podIP: 10.0.0.7
kind: List
`;

test.each([
  ['kubectl', PODS],
  ['with the ends of lines of Windows', PODS.replaceAll('\n', '\r\n')],
  ['several documents', `---\n${PODS}---\nkind: Service\n`],
])('of what %s prints the library reads folded values only', (_, text) => {
  const folded: string[] = [];
  const blocks = readBlocks({ name: 'test', text }, { from: 0, to: text.length }, (span) => {
    folded.push(text.slice(span.from, span.to).trim());
    return { kind: 'null', span };
  });
  expect(blocks).not.toBeNull();
  expect(folded.map((value) => value.split(/\s+/)[0])).toEqual([`'{"initContainers":["istio-init"],`, '|']);
  expect(read(text)).toEqual(libraryOf(text));
});
