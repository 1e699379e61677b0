// A short run of the fuzzer, and properties of every reader in the table of kinds: a new one is tested without a word.
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { causeOf, faultsOf, inputOf } from './fuzz.ts';
import { TOKENS } from './mutation.ts';
import { placeFaults, readerFaults, READERS, readingFaults } from './reading-faults.ts';
import { SEED_KINDS, seedsOfKind } from './seeds.ts';

/** A loaded machine hangs by itself. */
function faults(seed: number, n: number) {
  const input = inputOf(seed, n);
  return faultsOf(input).flatMap((fault) => (fault.kind === 'hang' ? [] : [{ n, input, fault }]));
}

test('500 mutated inputs: no error, nothing lost, no place outside of its text', () => {
  const found = Array.from({ length: 500 }, (_, n) => faults(20_261_121, n)).flat();
  expect(found.map(({ n, fault }) => `--only ${n}: ${fault.detail}`)).toEqual([]);
});

test.each(TOKENS.map((token) => [JSON.stringify(token).slice(0, 40), token]))(
  'a line that begins with %s, and again and again, is read before anyone waits',
  (_, token) => {
    const line = token.repeat(Math.ceil(5000 / token.length));
    for (const text of [line, `${line}x`, `- ${line}!`, `${line}-A PREROUTING -j ACCEPT`])
      expect(readingFaults({ name: 'pod', text })).toEqual([]);
  },
);

test('a seed and a number make the same input each time', () => {
  expect(inputOf(7, 3)).toEqual(inputOf(7, 3));
  expect(inputOf(8, 3).text).not.toBe(inputOf(7, 3).text);
});

test('every kind of document has texts that are mutated', () => {
  for (const { kind } of READERS) expect(SEED_KINDS).toContain(kind);
});

test('what is wrong is found', () => {
  const outside = {
    content: { kind: 'prose' } as const,
    diagnostics: [
      { severity: 'error', code: 'x', parameters: {}, span: { from: 3, to: 9 }, notes: [] } as const,
    ],
  };
  expect(placeFaults(outside, { from: 0, to: 5 }, 'x')).toHaveLength(1);
  expect(placeFaults(outside, { from: 3, to: 9 }, 'x')).toEqual([]);
  expect(causeOf({ kind: 'throw', detail: 'a 1\nb 2\nc' })).toBe('throw a # b #');
});

const ODD = fc.constantFrom('\r', '\t', '\u0000', '\ud800', '\u202e', '...', '"', '{', '}', '|', ' - ', '0x');

/** Lines of one kind of document in any order, with anything between them and inside them. */
function textOf(kind: string): fc.Arbitrary<string> {
  const lines = SEED_KINDS.filter((each) => each === kind)
    .flatMap(seedsOfKind)
    .flatMap((text) => text.split('\n'))
    .slice(0, 400);
  const line = fc.constantFrom(...lines);
  const broken = fc
    .tuple(line, fc.nat(60), fc.oneof(ODD, fc.string({ unit: 'binary' })))
    .map(([text, at, odd]) => text.slice(0, at) + odd + text.slice(at + odd.length));
  return fc.array(fc.oneof({ arbitrary: line, weight: 3 }, broken, ODD)).map((each) => each.join('\n'));
}

describe.each(READERS.map((reader) => [reader.kind, reader] as const))('the reader of %s', (kind, reader) => {
  it('never throws, and names no place outside of what it was given', () => {
    fc.assert(
      fc.property(textOf(kind), (text) => {
        expect(readerFaults(reader, text)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('is part of a whole that loses nothing', () => {
    fc.assert(
      fc.property(textOf(kind), (text) => {
        expect(readingFaults({ name: '', text })).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
