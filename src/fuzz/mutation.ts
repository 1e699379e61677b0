// A text -> one that some person, program or attacker could almost have made of it.
import { strToU8 } from 'fflate';
import { pick, type Random } from './random.ts';

/** What parsers stumble over. */
export const TOKENS = [
  ...'{}[]",:\\/|!-#$%<>=()\t\r\n'.split(''),
  '\u0000',
  '\ud800',
  '\udfff',
  '\u202e',
  '\ufeff',
  '\u2028',
  '\u001b[1;31m',
  '\u{1f600}',
  '中文',
  '“',
  '–',
  '&quot;',
  '&#0;',
  '...',
  '…',
  '/*',
  '*/',
  '//',
  '__proto__',
  '"constructor":',
  'toString',
  '-A ',
  '-j ',
  '-m ',
  ' ! ',
  '--',
  '0/0',
  '/33',
  '-1',
  ':65536',
  ':-80',
  '%eth0',
  '1e999',
  '99999999999999999999',
  '0x',
  '::',
  '::ffff:1.2.3.4',
  '255.255.255.256',
  'null',
  '(((a+)+)+)+$',
  '<script>alert(1)</script>',
  'A'.repeat(400),
  '['.repeat(200),
  '{"a":'.repeat(100),
  '-A X -j X\n',
  '*nat\n',
  'COMMIT\n',
  '"@type": "type.googleapis.com/x"',
  '# ',
  '$ ',
  '- ',
  '> ',
  '```\n',
  'table ip x {\n',
];

type Mutation = (text: string, at: number, length: number, random: Random) => string;

function replaced(text: string, at: number, length: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + length);
}

/** A number of the text, made into another. */
function renumbered(text: string, at: number, random: Random): string {
  const found = /\d+/.exec(text.slice(at));
  if (!found) return text;
  const other = pick(random, ['0', '1', '-1', '32', '65536', '4294967296', '1e9', '0x10', '']);
  return replaced(text, at + found.index, found[0].length, other);
}

/** As a Chinese input method writes letters and digits. */
function widened(text: string): string {
  return text.replaceAll(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
}

/** UTF-8 that was taken for Latin-1. */
function misread(text: string): string {
  return Array.from(strToU8(text), (byte) => String.fromCharCode(byte)).join('');
}

const MUTATIONS: readonly Mutation[] = [
  (text, at, length) => replaced(text, at, length, ''),
  (text, at, length) => replaced(text, at, 0, text.slice(at, at + length)),
  (text, at, _, random) => replaced(text, at, 0, pick(random, TOKENS)),
  (text, at, length, random) => replaced(text, at, length, pick(random, TOKENS)),
  (text, at, _, random) => replaced(text, at, 1, String.fromCharCode(random(0x10000))),
  (text, at, _, random) => replaced(text, at, 1, String.fromCharCode(0x20 + random(0x60))),
  (text, at, _, random) => renumbered(text, at, random),
  (text, at, length, random) => replaced(text, random(text.length + 1), 0, text.slice(at, at + 4 * length)),
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(at),
  (text, at, length) => replaced(text, at, length, text.slice(at, at + length).repeat(5)),
  (text) => text.split('\n').toReversed().join('\n'),
  (text) => text.replaceAll(' ', '\u00a0'),
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text.replaceAll('\n', ' '),
  (text) => text.replaceAll('\n', '\r'),
  (text) => text.replaceAll('\n', '\f'),
  (text, at) => text.slice(0, at) + Array.from(text.slice(at)).join('\u200b'),
  (text, at) => text.slice(0, at) + Array.from(text.slice(at)).join('\u0000'),
  (text, at) => text.slice(0, at) + text.slice(at).toUpperCase(),
  (text, at) => text.slice(0, at) + widened(text.slice(at)),
  (text) => misread(text),
  (text) => text.replaceAll(/^(.{1,9})/gm, '\u001b[32m$1\u001b[0m'),
  (text, at, _, random) => replaced(text, at, 0, pick(random, TOKENS).repeat(random(400))),
  (text, at, length, random) =>
    replaced(text, at, 0, text.slice(at, at + 1 + (length % 5)).repeat(random(400))),
];

/** How often something stands there that stood there once: few ways to part it, or more than there is time for. */
const TIMES = [30, 300, 3000, 20_000];

/** A text in which a token, a word or a line comes very often, mostly where a line begins. */
export function swollen(text: string, random: Random): string {
  const lines = text.split('\n');
  const line = pick(random, lines);
  const words = line.split(/(?<=\s)/);
  const unit = pick(random, [
    pick(random, TOKENS),
    pick(random, words),
    `${line}\n`,
    line.slice(0, 1 + random(6)),
  ]);
  const many = unit.repeat(Math.min(pick(random, TIMES), Math.ceil(200_000 / Math.max(1, unit.length))));
  const place = random(lines.length);
  const at = random(3) === 0 ? random(line.length + 1) : 0;
  return lines.map((each, i) => (i === place ? each.slice(0, at) + many + each.slice(at) : each)).join('\n');
}

/** One to five changes. */
export function mutated(text: string, random: Random): string {
  let result = text;
  for (let i = random(5); i >= 0; i -= 1)
    result = pick(random, MUTATIONS)(result, random(result.length + 1), random(40), random);
  return result;
}
