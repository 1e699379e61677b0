// A paste that tells of a change shows rules twice, before it and after it -> those of one state: the one that the access
// log is of, else the last. Commands that change a workload or its rules divide a paste.
import type { Command } from '../../../documents/command.ts';
import type { Document } from '../../../documents/document.ts';
import type { Ruleset } from '../../../documents/iptables/ruleset.ts';

const CHANGES =
  /^(?:sudo\s+)?(?:(?:kubectl|k|oc)\s(?:\S+\s)*?(?:apply|patch|annotate|label|edit|set|replace|delete|rollout)\s|istioctl\s+(?:install|upgrade)\b|helm\s+(?:install|upgrade)\b|ip6?tables-restore\b|ip6?tables\s(?:.*\s)?-[ADFIRX]\b)/;

/** Whether a command line changes a workload or its rules. */
export function isChange(command: string): boolean {
  return CHANGES.test(command);
}

interface Listed {
  readonly ruleset: Ruleset;
  /** How many changes stand above it. */
  readonly state: number;
}

function namesIn({ tables }: Ruleset): string[] {
  return tables.map(({ family, name }) => `${family} ${name}`);
}

/** Whether two states show the same table: rules of several tables in several places are else parts of one answer. */
function showsOneTwice(listed: readonly Listed[]): boolean {
  const states = new Map<string, number>();
  for (const { ruleset, state } of listed)
    for (const name of namesIn(ruleset)) {
      if ((states.get(name) ?? state) !== state) return true;
      states.set(name, state);
    }
  return false;
}

/** The rulesets to walk together. Without a change between two listings of a table they are all there are. */
export function rulesetsOfOneState(
  documents: readonly Document[],
  commands: readonly Command[],
): readonly Ruleset[] {
  const changes = commands.filter(({ text }) => isChange(text)).map(({ span }) => span.from);
  const stateAt = (offset: number): number => changes.filter((change) => change < offset).length;
  const listed = documents.flatMap(({ content, span }) =>
    content.kind === 'ruleset' ? [{ ruleset: content.ruleset, state: stateAt(span.from) }] : [],
  );
  const rulesets = listed.map(({ ruleset }) => ruleset);
  if (!showsOneTwice(listed)) return rulesets;
  const log = documents.findLast(({ content }) => content.kind === 'access-log');
  const logged = log && stateAt(log.span.from);
  const known = listed.some(({ state }) => state === logged);
  const chosen = known ? logged : Math.max(...listed.map(({ state }) => state));
  return listed.filter(({ state }) => state === chosen).map(({ ruleset }) => ruleset);
}
