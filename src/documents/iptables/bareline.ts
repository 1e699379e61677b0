// Lines of rules as they come out of other tools -> where the rule begins: behind a timestamp, the name of a pod or a
// container, the number that grep -n puts before a line, the mark of a quotation.

const TIMESTAMP = String.raw`\[?\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)?\]?\s+(?:std(?:out|err) [FP] )?(?:(?:info|debug|warn|error)\s+)?`;
const POD = String.raw`\[pod/[^\]]+\]\s|[a-z0-9.-]+-[a-z0-9]{5}\s+[\w-]+\s+`;
const COMPOSE = String.raw`[\w.-]+\s+[|│›]\s`;
const GREP = String.raw`(?:[\w./-]+[:-])?\d+[:-](?=\D)`;
const QUOTE = String.raw`[>|]\s?`;
const RULE = String.raw`\s*(?:\*\s?(?:nat|mangle|filter|raw|security)\s*$|:[A-Z]\S*\s+\S+|-(?:A|N|P|I|D)\s+\S|COMMIT\s*$|# (?:Generated|Completed|Warning)|\[\d+:\d+\]\s*-A|Chain\s\S+\s\()`;

const FOREIGN = `\\s*(?:${TIMESTAMP}|${POD}|${COMPOSE}|${GREP}|${QUOTE})`;
const FOREIGN_HERE = new RegExp(FOREIGN, 'y');
const RULE_HERE = new RegExp(RULE, 'y');
const BEFORE_ROW = new RegExp(`^${FOREIGN}`);

/** A quotation in a quotation, out of a log: no line has more before its rule. */
const MOST = 32;

/** How lines of rules begin; such a line has nothing before it. */
const BARE = /^\s*(?:[-*:#–—]|\[\d+:|COMMIT|Chain |$)/;

/** The length of what stands before the rule on its line; 0 when it is bare, or no rule at all. */
export function foreignLength(line: string): number {
  if (BARE.test(line)) return 0;
  let at = 0;
  for (let i = 0; i < MOST; i += 1) {
    // One after the other and never back: all ways to part a long line would be too many.
    FOREIGN_HERE.lastIndex = at;
    if (!FOREIGN_HERE.test(line)) return 0;
    at = FOREIGN_HERE.lastIndex;
    RULE_HERE.lastIndex = at;
    if (RULE_HERE.test(line)) return at;
  }
  return 0;
}

/** The line without what another tool put before it. */
export function bareLine(line: string): string {
  const length = foreignLength(line);
  return length === 0 ? line : line.slice(length);
}

/** As bareLine, for a row of a listing in which the lines above had something before them: its look does not tell. */
export function bareRow(line: string): string {
  return line.slice(BEFORE_ROW.exec(line)?.[0].length ?? 0);
}
