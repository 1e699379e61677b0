import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse as judge, stringify } from 'yaml';
import { plainValue, type JsonNode } from './json.ts';
import { textAt, type Source } from './source.ts';
import { readYaml } from './yaml.ts';

function read(text: string) {
  const source: Source = { name: 'test', text };
  return { source, ...readYaml(source, { from: 0, to: text.length }) };
}

/** What stands at the end of a path of keys and indices. */
function at(node: JsonNode | undefined, ...path: readonly (string | number)[]): JsonNode | undefined {
  return path.reduce<JsonNode | undefined>((inner, step) => {
    if (inner?.kind === 'array') return inner.items[Number(step)];
    return inner?.kind === 'object' ? inner.members.find(({ key }) => key === step)?.value : undefined;
  }, node);
}

const LONG = 'x'.repeat(5_000_001);

test('anything that has a JSON form reads as it was written', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom<'PLAIN' | 'QUOTE_DOUBLE'>('PLAIN', 'QUOTE_DOUBLE'),
      (json, type) => {
        const text = stringify(json, { defaultStringType: type });
        const { value, diagnostics } = read(text);
        expect(plainValue(value)).toEqual(judge(text));
        expect(diagnostics).toEqual([]);
      },
    ),
  );
});

test('a value is where it stands, also behind other text', () => {
  const before = '$ istioctl pc cluster shop -o yaml\n';
  const text = `${before}- name: in|80\n  upstreamBindConfig:\n    sourceAddress:\n      address: 127.0.0.6\n\n`;
  const source = { name: 'test', text };
  const { value } = readYaml(source, { from: before.length, to: text.length });
  const quote = (...path: (string | number)[]) => {
    const node = at(value, ...path);
    return node && textAt(source, node.span);
  };
  expect(quote(0, 'name')).toBe('in|80');
  expect(quote(0, 'upstreamBindConfig', 'sourceAddress', 'address')).toBe('127.0.0.6');
  expect(quote(0, 'upstreamBindConfig')).toBe('sourceAddress:\n      address: 127.0.0.6');
});

test('several documents are a list', () => {
  expect(plainValue(read('a: 1\n---\na: 2\n').value)).toEqual([{ a: 1 }, { a: 2 }]);
});

/** Where a line of dots counts as missing: the path of the container. */
function gapPaths(node: JsonNode, path = '$'): string[] {
  if (node.kind === 'unparsed') return [path];
  if (node.kind === 'object')
    return [
      ...node.gaps.map(() => path),
      ...node.members.flatMap((m) => gapPaths(m.value, `${path}.${m.key}`)),
    ];
  if (node.kind !== 'array') return [];
  return [...node.gaps.map(() => path), ...node.items.flatMap((item, i) => gapPaths(item, `${path}.${i}`))];
}

test.each([
  ['- name: a\n  ...\n- name: b\n', ['$.0']],
  ['- name: a\n# ... 省略\n- name: b\n', ['$']],
  ['- name: a\n...\n- name: b\n', ['$']],
  ['name: a\nfilters:\n- x\n# ... more\n', ['$.filters']],
  ['name: a\nfilters:\n  # ... left out\nport: 1\n', ['$.filters']],
  ['name: a\nfilters: ...\n', ['$.filters']],
  ['filters:\n  - x\n  - ...\n', ['$.filters']],
  ['code: |\n  # ... a comment of the code\nname: a\n', []],
])('%j leaves something out of %j', (text, paths) => {
  const { value, diagnostics } = read(text);
  expect(gapPaths(value)).toEqual(paths);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('a line of dots does not go on with the value above it', () => {
  expect(plainValue(read('name: a\n    ...\nport: 1\n').value)).toEqual({ name: 'a', port: 1 });
});

test.each([
  ['prose in between', 'what is this?'],
  ['a tab', '\tport: 1'],
])('%s costs its line only', (_, line) => {
  const { value, diagnostics } = read(`name: a\n${line}\ntype: b\n`);
  expect(plainValue(value)).toEqual({ name: 'a', type: 'b' });
  expect(diagnostics.map(({ code }) => code)).toEqual(['yaml.syntax']);
});

test('an end cut off keeps what was there', () => {
  expect(plainValue(read('- name: a\n  type: "STA').value)).toMatchObject([{ name: 'a' }]);
});

test('aliases are read, but not a billion times', () => {
  expect(plainValue(read('a: &x {k: 1}\nb: *x\n').value)).toEqual({ a: { k: 1 }, b: { k: 1 } });
  const levels = Array.from({ length: 30 }, (_, i) => `l${i}: &l${i} [*l${i - 1}, *l${i - 1}]`).slice(1);
  const { diagnostics } = read(['l0: &l0 [1]', ...levels].join('\n'));
  expect(diagnostics.some(({ code }) => code === 'yaml.alias')).toBe(true);
  expect(read('a: &a [*a]\n').diagnostics.map(({ code }) => code)).toEqual(['yaml.alias']);
});

test('any text is read without throwing, with spans inside it', () => {
  const words = fc.constantFrom(
    '- ',
    'a: ',
    '\n',
    '  ',
    '[',
    '{',
    '}',
    '"',
    "'",
    '|',
    '&x ',
    '*x',
    '...',
    '#',
    '\t',
    ':',
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      const inside = (node: JsonNode): boolean =>
        node.span.from <= node.span.to &&
        node.span.to <= text.length &&
        (node.kind !== 'array' || node.items.every(inside)) &&
        (node.kind !== 'object' || node.members.every(({ value }) => inside(value)));
      expect(inside(read(text).value)).toBe(true);
    }),
    { numRuns: 200 },
  );
  expect(() => read('['.repeat(20_000))).not.toThrow();
});

test.each([
  ['what tools print is read', `a: ${LONG}`, []],
  ['a long anchored value is not', `a: &b ${LONG}`, ['yaml.size']],
  ['nor are many folded ones', `- ${LONG.slice(0, 100_000)}\n  x\n`.repeat(51), ['yaml.size']],
])('of more than five million characters %s', (_, text, codes) => {
  expect(read(text).diagnostics.map(({ code }) => code)).toEqual(codes);
});
