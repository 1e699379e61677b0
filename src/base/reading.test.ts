import { array, assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import { readable } from './reading.ts';
import { lineSpanAt, pasted, positionAt, textAt } from './source.ts';

function read(text: string): string {
  return readable({ name: 'test', text }).text;
}

test.each([
  ['colours', '\u001b[1;32mRunning\u001b[0m', 'Running'],
  ['a byte order mark, zero-width blanks', '\ufeffNAME\u200b', 'NAME'],
  ['blanks that do not break', '-A\u00a0X\u3000-j\u2002Y', '-A X -j Y'],
  [
    'dashes of typography',
    '–A X ––dport 80 –j REDIRECT —to–ports 15006',
    '-A X --dport 80 -j REDIRECT --to-ports 15006',
  ],
  ['a lone dash of a listing', '0 0 RETURN tcp — any', '0 0 RETURN tcp -- any'],
  ['curly quotes', '-i “*” -x ‘’', `-i "*" -x ''`],
  ['wide letters between ASCII', 'address：127.0.0.6，', 'address:127.0.0.6,'],
  ['character references', '&lt;none&gt; &amp; &#40;policy&#41;', '<none> & (policy)'],
  ['markup', '<span class="k">-A</span> X<br>-A Y', '-A X\n-A Y'],
  ['a quotation', 'Ann:\n> *nat\n> COMMIT\n', 'Ann:\n*nat\nCOMMIT\n'],
  ['numbers of a listing', '1 | a\n2 | b\n3 |\n', 'a\nb\n\n'],
  ['numbers that run ahead of a listing', '1\n2\n| $ ls\nx\n|\n', '\n\n$ ls\nx\n\n'],
])('is read without %s', (_, text, expected) => {
  expect(read(text)).toBe(expected);
});

test.each([
  ['placeholders', 'NODE <none> <unset> <pod-name>'],
  ['what stands in quotes', '{"a": "“x” – y &quot;"}'],
  ['a single line behind >', '> kubectl get pods\n\nand so on'],
  ['what curl -v prints', '* Connected\n> GET / HTTP/1.1\n> Host: a\n< HTTP/1.1 200 OK\n'],
  ['rules numbered by iptables', 'num  target\n1    RETURN\n2    ACCEPT\n3    DROP\n'],
  ['dashes that are no option’s', 'ports 10–20, 是–否'],
  ['an ordered list', '1. a\n2. b\n3. c\n'],
])('keeps %s', (_, text) => {
  expect(read(text)).toBe(text);
});

test('a place in what is read is a place in what was pasted', () => {
  const text = 'x\n> \u001b[31m–A\u001b[0m\u00a0OUTPUT &lt;1&gt;\n> –j X\n';
  const source = readable({ name: 'test', text });
  expect(source.text).toBe('x\n-A OUTPUT <1>\n-j X\n');
  const at = (piece: string) => {
    const from = source.text.indexOf(piece);
    const own = pasted(source, { from, to: from + piece.length });
    return textAt(own.source, own.span);
  };
  expect(at('OUTPUT')).toBe('OUTPUT');
  expect(at('<1>')).toBe('&lt;1&gt;');
  expect(at('-A')).toBe('–A');
  expect(positionAt(source, source.text.indexOf('-j X'))).toEqual({ line: 3, column: 3 });
  expect(textAt(source, lineSpanAt(source, source.text.indexOf('-j X')))).toBe('-j X');
});

const RESIDUE = constantFrom(
  'a',
  '-A',
  '\n',
  '\r\n',
  ' ',
  '\u001b[0m',
  '&lt;',
  '<br>',
  '–p',
  '“',
  '> ',
  '1 | ',
  '2\n',
  '"',
  '：',
  '\u00a0',
  '{',
);

test('what was copied is found where it came from, whatever surrounds it', () => {
  assert(
    property(array(RESIDUE, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      const source = readable({ name: 'test', text });
      let end = 0;
      for (let at = 0; at < source.text.length; at += 1) {
        const own = pasted(source, { from: at, to: at + 1 });
        expect(own.source.text).toBe(text);
        expect(own.span.from).toBeGreaterThanOrEqual(end);
        expect(own.span.to).toBeGreaterThan(own.span.from);
        const copied = /[aA{]/.test(source.text[at] ?? '');
        expect(copied ? textAt(own.source, own.span) : source.text[at]).toBe(source.text[at]);
        end = own.span.from;
      }
    }),
  );
});

test('numbers that stand alone on the lines of a large JSON text are its own, not those of a listing', () => {
  const numbers = Array.from({ length: 200_000 }, (_, n) => `${n + 1}\n`);
  const large = { name: 'test', text: `[${numbers.join(', ')}]\n` };
  expect(readable(large)).toBe(large);
  const followed = { name: 'test', text: `${large.text}7\n8\n9\n` };
  expect(readable(followed).text.slice(large.text.length)).toBe('\n\n\n');
});
