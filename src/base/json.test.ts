import * as fc from 'fast-check';
import { parse as judge, parseTree, type Node } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { memberOf, plainValue, type JsonNode } from './json.ts';
import { lazyTree } from './json-lazy.ts';
import { readJson } from './json-reader.ts';
import { structureOf } from './json-structure.ts';
import { readTolerantly } from './json-tolerant.ts';

function read(text: string) {
  return readJson({ name: 'test', text }, { from: 0, to: text.length });
}

test('any JSON reads as JSON.parse reads it, pretty or not', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const got = read(text);
      expect(got.diagnostics).toEqual([]);
      expect(JSON.stringify(plainValue(got.value))).toBe(JSON.stringify(JSON.parse(text)));
      expect(got.end).toBe(text.length);
    }),
  );
});

function spans(node: JsonNode): [number, number][] {
  const own: [number, number] = [node.span.from, node.span.to];
  if (node.kind === 'array') return [own, ...node.items.flatMap(spans)];
  if (node.kind === 'object') return [own, ...node.members.flatMap((member) => spans(member.value))];
  return [own];
}

function judgedSpans(node: Node): [number, number][] {
  const own: [number, number] = [node.offset, node.offset + node.length];
  if (node.type === 'property') return judgedSpans(node.children![1]!);
  return [own, ...(node.children ?? []).flatMap(judgedSpans)];
}

test('spans are those of jsonc-parser', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value, null, 2);
      expect(spans(read(text).value)).toEqual(judgedSpans(parseTree(text)!));
    }),
  );
});

/** Everything in the tree, place by place. */
function summary(node: JsonNode): unknown {
  const { kind, span } = node;
  if (node.kind === 'array') return [kind, span, node.gaps, node.items.map(summary)];
  if (node.kind !== 'object') return [kind, span, plainValue(node)];
  return [
    kind,
    span,
    node.gaps,
    node.members.map(({ key, keySpan, value }) => [key, keySpan, summary(value)]),
  ];
}

test('strict JSON is read the same at once and where it is looked at', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), fc.nat(3), (value, indent, behind) => {
      const text = `  ${JSON.stringify(value, null, indent)}${' ]x,'.slice(0, behind)}`;
      const within = { from: 0, to: text.length };
      const structure = structureOf(text, within);
      const tolerant = readTolerantly({ name: 'test', text }, within);
      expect(structure.isStrict).toBe(true);
      expect(structure.end).toBe(tolerant.end);
      expect(summary(read(text).value)).toEqual(summary(tolerant.value));
    }),
  );
});

test.each([
  '{"a":1,}',
  '[1 2]',
  '{a:1}',
  '[01]',
  '["\\x"]',
  '["a\tb"]',
  '[1',
  '{"a"}',
  '// c\n1',
  '[truex]',
  '',
])('%j is left to the tolerant reader', (text) =>
  expect(structureOf(text, { from: 0, to: text.length }).isStrict).toBe(false),
);

test('what is gone over by pieces is read as in one, wherever a piece ends', () => {
  const tail = ['é😀\ud83d', 'a "b" \\ \n', 12345.5e3, -0, true, false, null, 7, { 'k"': [] }];
  for (let length = 440; length < 540; length += 1) {
    const text = JSON.stringify(['網'.repeat(length % 3), 'x'.repeat(length), ...tail, tail]);
    const structure = structureOf(text, { from: 0, to: text.length });
    expect(structure.end).toBe(text.length);
    expect(plainValue(lazyTree(structure))).toEqual(JSON.parse(text));
  }
  const long = JSON.stringify(Array.from({ length: 3000 }, (_, n) => [tail, 'é'.repeat(n % 7)]));
  expect(plainValue(read(long).value)).toEqual(JSON.parse(long));
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('a text that differs in a character is strict where JSON.parse takes it', () => {
  const character = fc.constantFrom(...Array.from('{}[],:"\\01.-+eEtfnu \n\tx\u0001é'), '');
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(), character, fc.nat(1), (value, place, put, cut) => {
      const whole = JSON.stringify(value, null, place % 3);
      const at = place % (whole.length + 1);
      const text = whole.slice(0, at) + put + whole.slice(at + cut);
      const structure = structureOf(text, { from: 0, to: text.length });
      const isStrict = structure.isStrict && text.slice(structure.end).trim() === '';
      expect(isStrict).toBe(isJson(text));
    }),
    { numRuns: 3000 },
  );
});

test('of JSON that is not strict, what is strict is read the same where it is looked at', () => {
  const put = fc.constantFrom(
    ',',
    '//\n',
    '...',
    '“',
    '}',
    ']',
    '"',
    '\n',
    '&quot;',
    'x',
    '{',
    '['.repeat(250),
    '',
  );
  fc.assert(
    fc.property(fc.jsonValue(), fc.array(fc.tuple(fc.nat(), put)), fc.nat(), (value, edits, cut) => {
      let text = JSON.stringify([value, { a: value }], null, 1);
      for (const [place, piece] of edits) {
        const at = place % (text.length + 1);
        text = text.slice(0, at) + piece + text.slice(at);
      }
      text = text.slice(0, text.length - (cut % 5));
      const { value: lazily, diagnostics, end } = read(text);
      const at = readTolerantly({ name: 'test', text }, { from: 0, to: text.length });
      expect([summary(lazily), diagnostics, end]).toEqual([summary(at.value), at.diagnostics, at.end]);
    }),
    { numRuns: 1000 },
  );
});

test('comments and trailing commas cost nothing', () => {
  const text = '{ // one\n "a": [1, 2,], /* two */ "b": null, # three\n}';
  expect(plainValue(read(text).value)).toEqual({ a: [1, 2], b: null });
  expect(plainValue(read('{"a": 1 "b": 2}').value)).toEqual({ a: 1, b: 2 });
  expect(judge('{"a": [1, 2,],}')).toEqual(plainValue(read('{"a": [1, 2,],}').value));
});

test('what an article leaves out is a gap of the container, and the rest is read', () => {
  const text = '[ { "name": "x", "filters": [{\n# ... 省略\n}] }, ..., { … "port": 1 } ]';
  const { value, diagnostics } = read(text);
  expect(plainValue(value)).toEqual([{ name: 'x', filters: [{}] }, { port: 1 }]);
  expect(diagnostics.map((d) => d.code)).toEqual(['json.gap', 'json.gap', 'json.gap']);
  expect(value.kind === 'array' && value.gaps.map((gap) => text.slice(gap.from, gap.to))).toEqual(['...']);
});

test('what is left out needs no comma before it', () => {
  const { value, diagnostics } = read('{ "a": [1\n...\n], "b": 2\n...\n}');
  expect(plainValue(value)).toEqual({ a: [1], b: 2 });
  expect(diagnostics.map((d) => d.code)).toEqual(['json.gap', 'json.gap']);
});

test('an end cut off keeps what was there, and says what is missing', () => {
  const { value, diagnostics } = read('{"a": {"b": [1, "two');
  expect(plainValue(value)).toEqual({ a: { b: [1, 'two'] } });
  expect(diagnostics.map((d) => [d.code, d.parameters['expected']])).toEqual([
    ['json.unclosed', '"'],
    ['json.unclosed', ']'],
    ['json.unclosed', '}'],
    ['json.unclosed', '}'],
  ]);
});

test('any text is read without throwing, with spans inside it', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', '...', '#', '/*', '1', 'x', '\n', ' '),
      ),
      (parts) => {
        const text = parts.join('');
        const { value, end } = read(text);
        expect(end).toBeLessThanOrEqual(text.length);
        for (const [from, to] of spans(value)) {
          expect(from).toBeLessThanOrEqual(to);
          expect(to).toBeLessThanOrEqual(text.length);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('nesting beyond any configuration is refused, not a crash', () => {
  expect(read('['.repeat(100_000)).diagnostics.some((d) => d.code === 'json.depth')).toBe(true);
});

test('a member is found by key, the last one winning', () => {
  const keys = ['a', 'aa', 'a"', 'a\\', '\\"', '', 'é', '}', ','];
  const entries = fc.array(fc.tuple(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 2 })));
  fc.assert(
    fc.property(
      entries,
      fc.constantFrom(undefined, 2),
      fc.constantFrom(',', ' ,\n '),
      (list, indent, comma) => {
        const members = list.map(([key, value]) =>
          [key, value].map((each) => JSON.stringify(each, null, indent)),
        );
        const text = `{ ${members.map((member) => member.join(indent ? ': ' : ':')).join(comma)} }`;
        const meant: unknown = JSON.parse(text);
        for (const key of keys) {
          const found = memberOf(read(text).value, key);
          expect(found && plainValue(found)).toEqual(
            Object.entries(meant ?? {}).find(([k]) => k === key)?.[1],
          );
        }
      },
    ),
    { numRuns: 500 },
  );
});

const JSON_TEXT = '{"name": "in|80", "ports": [80, -1], "note": "a \\"b\\" c"}';
const VALUE = { name: 'in|80', ports: [80, -1], note: 'a "b" c' };

test.each([
  ['quotes of a word processor', JSON_TEXT.replace(/(?<!\\)"(.*?)(?<!\\)"/g, '“$1”')],
  ['German ones', JSON_TEXT.replace(/(?<!\\)"(.*?)(?<!\\)"/g, '„$1“')],
  ['the quotes of a page source', JSON_TEXT.replaceAll('"', '&quot;')],
  ['all its brackets and quotes too', JSON_TEXT.replace(/[[\]{}":,]/g, (c) => `&#${c.charCodeAt(0)};`)],
  ['in hexadecimal', JSON_TEXT.replace(/["{[]/g, (c) => `&#x${c.charCodeAt(0).toString(16)};`)],
  ['blanks that do not break', JSON_TEXT.replaceAll(', ', ',\u00a0').replaceAll(': ', ':&nbsp;')],
])('%s cost nothing and are told once', (_, text) => {
  const { value, diagnostics, end } = read(text);
  expect(plainValue(value)).toEqual(VALUE);
  expect(end).toBe(text.length);
  expect(diagnostics.map(({ code, severity }) => [severity, code])).toEqual([['info', 'json.typography']]);
});

test('a reference is text where the quotes are JSON’s own, and a span is what was pasted', () => {
  expect(plainValue(read('["&amp; &quot;"]').value)).toEqual(['&amp; &quot;']);
  const text = '[&quot;a&amp;b&quot;]';
  const { value } = read(text);
  expect(plainValue(value)).toEqual(['a&b']);
  const [item] = value.kind === 'array' ? value.items : [];
  expect(item && text.slice(item.span.from, item.span.to)).toBe('&quot;a&amp;b&quot;');
});
