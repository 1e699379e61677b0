// A link as it arrived -> the links that may have been sent. Chat programs, mail, terminals and word processors encode,
// wrap, escape and beautify what they carry; what they only put behind it is no concern here. No reading is trusted: the
// checksum says which of them was sent.

/** Encoding that was encoded again is seen; of so many times no program was. */
const ENCODED_TIMES = 5;

function unescaped(link: string, escape: RegExp): string {
  return link.replace(escape, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function decoded(link: string): string {
  let text = link;
  for (let i = 0; i < ENCODED_TIMES && text.includes('%'); i += 1)
    text = unescaped(text, /%([0-7][0-9a-f])/gi);
  return text;
}

/** `-23` for `#` and `_` for `/`, as Proofpoint writes them. */
function defended(link: string): string {
  const sent = /urldefense\.proofpoint\.com\/v2\/url\?u=([\w.-]+)/.exec(link)?.[1];
  return sent === undefined ? link : unescaped(sent.replaceAll('_', '/'), /-([2-7][0-9A-F])/g);
}

/** Line ends with the quote marks and blanks of a mail, soft ends of quoted-printable. */
const WRAPPING = /[=\\]?[\r\n\u0085]+[ \t>|]*/g;

/** Characters without a width, joiners, selectors of a look, marks of a direction. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

// oxlint-disable-next-line no-control-regex -- what terminals take for colours
const COLOURS = /\u001b\[[\d;]*m/g;

/** `&#35;`, `&#x23;`, `&num;` of a page's source. */
function named(link: string): string {
  const names: Readonly<Record<string, string>> = {
    num: '#',
    period: '.',
    lowbar: '_',
    hyphen: '-',
    dash: '-',
  };
  return unescaped(link, /&#x([0-7]?[0-9a-f]);/gi)
    .replaceAll(/&#(\d{2,3});/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll(/&(num|period|lowbar|hyphen|dash);/g, (_, name: string) => names[name] ?? '');
}

/** What JSON, Markdown, a shell and quoted-printable put before or instead of a character. */
function bare(link: string): string {
  return unescaped(unescaped(named(link), /\\u00([0-7][0-9a-f])/gi), /=([2-7][0-9A-F])/g).replaceAll(
    /\\([^\p{L}\p{N}])/gu,
    '$1',
  );
}

const HYPHENS = /[\u2010\u2011\u2212]/g;

function undashed(link: string, enDash: string): string {
  return link.replaceAll('\u2014', '--').replaceAll('\u2013', enDash).replace(HYPHENS, '-');
}

/** Blanks of every kind, and the bars of a quotation, within the link. */
function closed(link: string): string {
  return link.replace(/\s+(?:[|>]\s*)*/g, '');
}

/** Full-width and mathematical letters as the plain ones; a Chinese full stop between them as theirs. */
function narrow(link: string): string {
  return link.normalize('NFKC').replaceAll(/\u3002(?=\w)/g, '.');
}

/** The readings of a link, the plainest first. */
export function readingsOf(link: string): readonly string[] {
  const plain = decoded(link);
  const joined = plain.replace(COLOURS, '').replace(WRAPPING, '').replace(UNSEEN, '');
  const freed = bare(joined);
  return [
    ...new Set([
      plain,
      joined,
      undashed(joined, '-'),
      undashed(joined, '--'),
      freed,
      closed(freed),
      undashed(closed(narrow(freed)), '-'),
      defended(link),
    ]),
  ];
}
