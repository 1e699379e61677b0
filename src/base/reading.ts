// A paste -> the text that parsers read: without what copying left in it. Colours of a terminal, blanks that are none,
// markup and character references of a page, quotes, dashes and wide letters that typography put in place of ASCII,
// numbers and bars of a listing, `>` of a quotation. Where each piece came from is kept: see source.ts.
import { isLargeJson } from './json-reader.ts';
import { linesOf, textAt, type Run, type Source, type Span } from './source.ts';
import { plainText } from './typography.ts';

/** `span` is read as `text`. */
interface Edit extends Span {
  readonly text: string;
}

const FORMATTING =
  'a|b|br|code|dd|div|dl|dt|em|font|h[1-6]|i|kbd|li|ol|p|pre|samp|small|span|strong|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul';

const RESIDUE = new RegExp(
  [
    '\\u001b\\[[0-?]*[ -/]*[@-~]',
    '\\u001b\\][^\\u0007\\u001b]*(?:\\u0007|\\u001b\\\\)',
    '[\\u00ad\\u200b-\\u200d\\u2060\\ufeff]',
    '[\\u00a0\\u2000-\\u200a\\u202f\\u205f\\u3000]',
    '&(?:#\\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});',
    `</?(?:${FORMATTING})(?: [^<>\\n]{0,500})?/?>`,
    '[“”„‟″‘’‚′]',
    '-?[‐‑‒–—―−]{1,2}',
    '[\\uff01-\\uff5e]',
  ].join('|'),
  'gi',
);

/** Each piece of residue holds one of these, or what no text of one-byte characters does (V8 does not look through such). */
const SIGNS = ['\u001b', '\u00ad', '\u00a0', '&', '<'];
const WIDE = /[\u0100-\uffff]/;

function mayHoldResidue({ text }: Source): boolean {
  return WIDE.test(text) || SIGNS.some((sign) => text.includes(sign));
}

/** Reads a text as it is, but for those pieces; the same source when there are none. */
function rewritten(source: Source, edits: Iterable<Edit>): Source {
  const pieces: string[] = [];
  const runs: Run[] = [];
  let at = 0;
  let end = 0;
  const add = (text: string, from: number, copied: boolean) => {
    if (text === '') return;
    pieces.push(text);
    runs.push({ at, from, copied });
    at += text.length;
  };
  for (const edit of edits) {
    add(source.text.slice(end, edit.from), end, true);
    add(edit.text, edit.from, false);
    end = edit.to;
  }
  if (end === 0) return source;
  add(source.text.slice(end), end, true);
  return { name: source.name, text: pieces.join(''), original: { source, runs } };
}

/** What surrounds a piece: the characters beside it, and whether its line holds ASCII's own double quotes. */
interface Surroundings {
  readonly before: string;
  readonly after: string;
  readonly quoted: boolean;
}

const ASCII = /^[!-~]$/;

/** `–uid-owner` and `—to-ports` were options, `–p` too; between blanks it stood for the `--` of a listing. */
function dash(found: string, { before, after, quoted }: Surroundings): string | null {
  if (/^[‐‑−]$/.test(found)) return /[!-~]/.test(before) && /^[!-~]/.test(after) ? '-' : null;
  if (found === '–' && /[a-z]/i.test(before) && /^[a-z]/i.test(after)) return quoted ? null : '-';
  if (quoted || !/^[\s"'(]?$/.test(before)) return null;
  if (/^\s/.test(after)) return '--';
  if (!/^[a-z]/i.test(after)) return null;
  return found.length === 1 && /^[a-z](?![a-z-])/i.test(after) ? '-' : '--';
}

/** What a piece of residue is read as; null when it is meant as it stands. */
function plain(found: string, around: Surroundings): string | null {
  const [first = ''] = found;
  if (first === '\u001b' || /[\u00ad\u200b-\u200d\u2060\ufeff]/.test(first)) return '';
  if (first === '<') return /^<br/i.test(found) && !/^\r?$/.test(around.after) ? '\n' : '';
  if (first === '&') {
    const meant = plainText(found);
    return meant === found || (around.quoted && /["&]/.test(meant)) ? null : meant.replace('\u00a0', ' ');
  }
  if (/[“”„‟″]/.test(first)) return around.quoted ? null : '"';
  if (/[‘’‚′]/.test(first)) return around.quoted ? null : "'";
  if (/[\uff01-\uff5e]/.test(first)) {
    const meant = ASCII.test(around.before) && /^(?:[!-~]|\s|$)/.test(around.after);
    return meant && !around.quoted ? String.fromCodePoint((first.codePointAt(0) ?? 0) - 0xfee0) : null;
  }
  return /\s/.test(first) ? ' ' : dash(found, around);
}

function* residueIn({ text }: Source): Generator<Edit> {
  let line = { from: 0, to: -1, quoted: false };
  let before = '';
  let deletedUpTo = -1;
  for (const { 0: found, index } of text.matchAll(RESIDUE)) {
    if (index > line.to) {
      const from = text.lastIndexOf('\n', index) + 1;
      const end = text.indexOf('\n', index);
      const to = end < 0 ? text.length : end;
      line = { from, to, quoted: text.slice(from, to).includes('"') };
    }
    const to = index + found.length;
    if (index !== deletedUpTo) before = index === line.from ? '' : (text[index - 1] ?? '');
    const after = text.slice(to, Math.min(line.to, to + 2));
    const read = plain(found, { before, after, quoted: line.quoted });
    if (read === '') deletedUpTo = to;
    if (read !== null) yield { from: index, to, text: read };
  }
}

/** A line that begins as residue may: with a number, a bar or `>`. */
interface Marked {
  readonly span: Span;
  readonly form: 'number' | 'numbered' | 'bar' | 'barred' | 'quote';
  /** The number it begins with; NaN when it begins with none. */
  readonly number: number;
  /** Units up to what it says. */
  readonly width: number;
  readonly separator: string;
}

const MARK =
  /^(?:[ \t]*([1-9]\d*)[ \t]*$|[ \t]*([1-9]\d*)([ \t]*[|│]|\t| )[ \t]?|([|│])[ \t]*$|([|│]) |(>[> ]*))/;

function markedLine(text: string, span: Span): Marked | null {
  const found = MARK.exec(text);
  if (!found) return null;
  const [whole, alone, leading, separator = '', bar, barred] = found;
  const form = alone ? 'number' : leading ? 'numbered' : bar ? 'bar' : barred ? 'barred' : 'quote';
  return { span, form, number: Number(alone ?? leading), width: whole.length, separator: separator.trim() };
}

/** Whether `line` goes on with the numbers, or the quotation, of the line above it. */
function goesOn(above: Marked, line: Marked): boolean {
  if (above.form === 'quote' || line.form === 'quote') return above.form === line.form;
  return (
    line.number === above.number + 1 &&
    (line.separator === above.separator || line.form === 'number' || above.form === 'number')
  );
}

/** How many lines in a row make it certain that their numbers are those of a listing. */
const LISTING = 3;

/** curl -v marks what it sends with `>`, what it gets with `<`. */
const CURL_LINE = /^[<*] /;

/** What a run of marked lines, between two others, is read as. */
function marksOf(run: readonly Marked[], above: string, below: Marked | string): Edit[] {
  const [first] = run;
  if (!first) return [];
  const cut = run.map(({ span, width }) => ({ from: span.from, to: span.from + width, text: '' }));
  const underBar = typeof below !== 'string' && (below.form === 'barred' || below.form === 'bar');
  if (first.form === 'quote')
    return run.length > 1 && !CURL_LINE.test(above) && !(typeof below === 'string' && CURL_LINE.test(below))
      ? cut
      : [];
  if (run.every(({ form }) => form === 'number')) return run.length > 1 || underBar ? cut : [];
  return run.length >= LISTING && !/^\s*num\b/.test(above) ? cut : [];
}

const MARKS = new Set(Array.from('123456789|│><*', (sign) => sign.charCodeAt(0)));

/** Begins unlike residue and unlike curl's lines: of such lines in a row, only the last has a marked one beside it. */
function isUnmarked(text: string, from: number): boolean {
  let at = from;
  let code = text.charCodeAt(at);
  while (code === 0x20 || code === 0x09) code = text.charCodeAt(++at);
  return !MARKS.has(code) && at < text.length;
}

function* marksIn(source: Source): Generator<Edit> {
  let run: Marked[] = [];
  let above = '';
  let numbersAbove = false;
  for (const span of linesOf(source, { from: 0, to: source.text.length }, isUnmarked)) {
    const text = textAt(source, { from: span.from, to: Math.min(span.to, span.from + 200) });
    const line = markedLine(text, span);
    const last = run.at(-1);
    if (line && last && goesOn(last, line)) {
      run.push(line);
      continue;
    }
    const edits = marksOf(run, above, line ?? text);
    yield* edits;
    numbersAbove = edits.length > 0 && last?.form === 'number';
    if (run.length > 0) above = 'run';
    run = [];
    if (line?.form === 'bar' || (line?.form === 'barred' && numbersAbove))
      yield { from: span.from, to: span.from + line.width, text: '' };
    else if (line && line.form !== 'barred') run = [line];
    if (run.length === 0) above = text;
  }
  yield* marksOf(run, above, '');
}

/** The text to read in place of what was pasted; the same when copying left nothing in it, as in a dump that is all JSON. */
export function readable(source: Source): Source {
  if (isLargeJson(source)) return source;
  const plainly = mayHoldResidue(source) ? rewritten(source, residueIn(source)) : source;
  return rewritten(plainly, marksIn(plainly));
}
