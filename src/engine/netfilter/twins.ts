// Rules of a chain, one after another -> the first before each that says the same: word for word or not.
import { kindsOf, type Rule } from '../../documents/iptables/ruleset.ts';
import { isEmpty } from './implication.ts';
import { shelvesOf } from './shelf.ts';
import { testText } from './test-text.ts';

/** Something that rules which say the same have in common, null where one has no twin; and what to look at then. */
interface Sight {
  readonly of: (rule: Rule) => string | null;
  readonly next: Sight | null;
}

/** The single addresses and ports that it asks for. */
function placesOf({ matches }: Rule): string {
  return shelvesOf(matches).join(' ');
}

/** Conditions and targets as text; null when one of them is not understood. */
function nameOf({ matches, targets }: Rule): string | null {
  const asked = matches.filter((match) => !isEmpty(match));
  const said = asked.map(({ test, negated }) => (negated ? '! ' : '') + testText(test));
  const name = said.join(' ') + JSON.stringify(targets.map(({ action }) => action));
  return name.includes('"kind":"unknown"') ? null : name;
}

function targetOf(rule: Rule): string | null {
  const kind = kindsOf(rule).targets[0]?.action.kind ?? null;
  const action = kind === 'jump' || kind === 'goto' ? rule.targets[0]?.action : null;
  return action && 'chain' in action ? action.chain : kind;
}

/** The cheapest first: where most rules of a chain lead elsewhere, nothing more is looked at. */
const FIRST: Sight = { of: targetOf, next: { of: placesOf, next: { of: nameOf, next: null } } };

/** Rules that look alike so far. */
interface Alike {
  readonly first: Rule;
  further: Map<string | null, Alike> | null;
}

function before(rule: Rule, seen: Map<string | null, Alike>, { of, next }: Sight): Rule | undefined {
  const look = of(rule);
  if (look === null) return undefined;
  const alike = seen.get(look);
  if (!alike) seen.set(look, { first: rule, further: null });
  if (!alike || !next) return alike?.first;
  const { first } = alike;
  alike.further ??= new Map([[next.of(first), { first, further: null }]]);
  return before(rule, alike.further, next);
}

export class Twins {
  private readonly seen = new Map<string | null, Alike>();

  /** The first that says the same as this one, which is remembered. A rule that does nothing has no twin. */
  before(rule: Rule): Rule | undefined {
    return before(rule, this.seen, FIRST);
  }
}
