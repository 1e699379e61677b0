// A link as it arrived -> the links that may have been sent. Chat programs, mail and word processors encode, wrap and
// beautify what they carry; what they only put behind it is no concern here.

/** Double encoding is seen; more is not. */
const ENCODED_TIMES = 3;

function decoded(link: string): string {
  let text = link;
  for (let i = 0; i < ENCODED_TIMES && text.includes('%'); i += 1)
    text = text.replace(/%([0-7][0-9a-f])/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
  return text;
}

/** Line ends with the quote marks and blanks of a mail, soft ends of quoted-printable, characters without a width. */
const WRAPPING = /=?[\r\n]+(?:[ \t>]*)|[\u00ad\u200b-\u200f\u2060\ufeff]/g;

const HYPHENS = /[\u2010\u2011\u2212]/g;

function undashed(link: string, enDash: string): string {
  return link.replaceAll('\u2014', '--').replaceAll('\u2013', enDash).replace(HYPHENS, '-');
}

/** The readings of a link, the plainest first. */
export function readingsOf(link: string): readonly string[] {
  const plain = decoded(link);
  const joined = plain.replace(WRAPPING, '');
  return [...new Set([plain, joined, undashed(joined, '-'), undashed(joined, '--')])];
}
