// Rules of a chain, one after another -> the first before each that says the same: word for word or not.
import type { Rule } from '../../documents/iptables/ruleset.ts';
import { isEmpty } from './implication.ts';

/** Conditions and targets as text; null when one of them is not understood. */
function nameOf({ matches, targets }: Rule): string | null {
  const said = matches.filter((match) => !isEmpty(match)).map(({ test, negated }) => ({ test, negated }));
  const name = JSON.stringify([said, targets.map(({ action }) => action)]);
  return name.includes('"kind":"unknown"') ? null : name;
}

/** Rules that are alike at first sight; their names are made only when there is more than one. */
interface Alike {
  readonly first: Rule;
  names: Map<string | null, Rule> | null;
}

export class Twins {
  private readonly alike = new Map<string, Alike>();

  /**
   * The first that says the same as this one, which is remembered. `shelf` is something that rules which say the same
   * have in common, and few others. A rule that does nothing has no twin.
   */
  before(rule: Rule, shelf: string): Rule | undefined {
    const [target] = rule.targets;
    if (!target) return undefined;
    const { action } = target;
    const where = action.kind === 'jump' || action.kind === 'goto' ? action.chain : '';
    const sight = `${action.kind} ${where} ${shelf}`;
    const alike = this.alike.get(sight);
    if (!alike) {
      this.alike.set(sight, { first: rule, names: null });
      return undefined;
    }
    alike.names ??= new Map([[nameOf(alike.first), alike.first]]);
    const name = nameOf(rule);
    const twin = name === null ? undefined : alike.names.get(name);
    if (!twin) alike.names.set(name, rule);
    return twin;
  }
}
