import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { KNOWN_FORMATS } from './known-formats.ts';
import { locate, type Places } from './locate.ts';
import { strictPattern } from './strict.ts';

const VALUES = {
  number: fc.constantFrom('-', '0', '200', '-4'),
  flags: fc.constantFrom('-', 'UF', 'UF,URX'),
  protocol: fc.constantFrom('-', 'HTTP/1.1', 'HTTP/2'),
  time: fc.constant('2024-05-01T08:00:00.123Z'),
  word: fc.constantFrom('-', 'GET', 'via_upstream'),
  address: fc.constantFrom('-', '10.1.2.3:80', '[fd00::1]:80', '10.1.2.3'),
  text: fc.constantFrom('-', '/a?b=c', 'curl/8', 'inbound|80||', 'default', ''),
} as const;

test.each(KNOWN_FORMATS.map((format) => [format.name, format] as const))(
  'plain lines of %s: both ways find the same values',
  (_, format) => {
    const pattern = strictPattern(
      format,
      format.operators.map((_operator, n) => n),
    );
    fc.assert(
      fc.property(fc.tuple(...format.operators.map(({ shape }) => VALUES[shape])), (values) => {
        const line =
          values.map((value, n) => `${format.literals[n]}${value}`).join('') + (format.literals.at(-1) ?? '');
        const places: Places = [];
        const { count } = locate(format, line, places);
        const found = pattern.exec(line);
        expect(found?.slice(1)).toEqual(values);
        expect(values.map((_value, n) => line.slice(places[2 * n], places[2 * n + 1]))).toEqual(values);
        expect(count).toBe(values.length);
      }),
      { numRuns: 60 },
    );
  },
);

const QUOTING = fc.constantFrom(
  '-',
  'curl/8',
  'Mozilla/5.0 (X11; "Linux") rv/1',
  '"',
  'a "b',
  'say "" twice',
);

test.each(KNOWN_FORMATS.map((format) => [format.name, format] as const))(
  'values of %s with quotes in them: where the pattern finds any, they are those',
  (_, format) => {
    const every = format.operators.map((_operator, n) => n);
    const pattern = strictPattern(format, every);
    const values = format.operators.map(({ shape }) => (shape === 'text' ? QUOTING : VALUES[shape]));
    fc.assert(
      fc.property(fc.tuple(...values), (held) => {
        const line =
          held.map((value, n) => `${format.literals[n]}${value}`).join('') + format.literals.at(-1);
        const found = pattern.exec(line);
        fc.pre(found !== null);
        const places: Places = [];
        locate(format, line, places);
        expect(every.map((n) => line.slice(places[2 * n], places[2 * n + 1]))).toEqual(found?.slice(1));
      }),
      { numRuns: 60, maxSkipsPerRun: 10_000 },
    );
  },
);
