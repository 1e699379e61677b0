// Two texts -> the lines in which they differ.

/** The lines from `from` to `to` of one text stand as those from `from` to `end` in the other; both end with their line ends. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly end: number;
}

/** Compared at once; pieces of a string cost nothing to make. */
const PIECE = 1 << 16;

/** How many characters are the same, of those that `same` compares, one piece after the other. */
function inCommon(most: number, same: (from: number, to: number) => boolean): number {
  let known = 0;
  for (let size = PIECE; size >= 1; size = Math.floor(size / 2))
    while (known + size <= most && same(known, known + size)) known += size;
  return known;
}

/** Whether a line starts there. */
function startsLine(text: string, at: number): boolean {
  return at === 0 || text[at - 1] === '\n';
}

/** Null when the texts are the same. */
export function editBetween(before: string, after: string): Edit | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  const head = inCommon(most, (from, to) => before.slice(from, to) === after.slice(from, to));
  const tail = inCommon(
    most - head,
    (from, to) =>
      before.slice(before.length - to, before.length - from) ===
      after.slice(after.length - to, after.length - from),
  );
  const [oldTail, newTail] = [before.length - tail, after.length - tail];
  const from = before.lastIndexOf('\n', head - 1) + 1;
  const next = before.indexOf('\n', oldTail);
  const whole = startsLine(before, oldTail) && startsLine(after, newTail);
  const skipped = whole ? 0 : (next < 0 ? before.length : next + 1) - oldTail;
  return { from: head === 0 ? 0 : from, to: oldTail + skipped, end: newTail + skipped };
}
