// What a case can be compared to: what was there before the last change, one's own cases, the worked ones, those nearest
// to it first.
import { useEffect, useState } from 'react';
import type { Scenario } from '../../engine/scenario.ts';
import { samples } from '../../samples/samples.ts';
import { listCases, type OwnCase } from '../../session/library.ts';
import { useSessionState, useWords } from '../context.ts';
import { isQuick, likeness } from './eager.ts';

export interface Choice {
  readonly kind: 'before' | 'own' | 'worked';
  readonly name: string;
  readonly scenario: Scenario;
}

/** In place of a choice: another paste. */
export const PASTE = 'paste';

/** Tells choices apart, whose names may be the same. */
export function nameOf({ kind, name }: Choice): string {
  return `${kind} ${name}`;
}

export function useChoices(): readonly Choice[] {
  const { t, locale } = useWords();
  const scenario = useSessionState((state) => state.scenario);
  const before = useSessionState(({ history }) => history.past.at(-1)?.scenario);
  const [cases, setCases] = useState<readonly OwnCase[]>([]);
  useEffect(() => {
    let gone = false;
    listCases().then(
      (found) => !gone && setCases(found),
      () => undefined, // no cases are kept here: the worked ones are still offered
    );
    return () => {
      gone = true;
    };
  }, []);
  const worked = samples
    .filter((sample) => sample.scenario !== scenario)
    .toSorted((a, b) => likeness(scenario, b.scenario) - likeness(scenario, a.scenario));
  return [
    ...(before ? [{ kind: 'before' as const, name: t('compare.before'), scenario: before }] : []),
    ...cases.map(({ scenario }) => ({ kind: 'own' as const, name: scenario.title, scenario })),
    ...worked.map(({ title, scenario }) => ({ kind: 'worked' as const, name: title[locale], scenario })),
  ];
}

/** What stands beside a case before anything was chosen: how it was before, else a worked case that is like it. */
export function firstChoice(scenario: Scenario, choices: readonly Choice[]): Choice | null {
  if (!isQuick(scenario) || scenario.pods.every(({ paste }) => paste.trim() === '')) return null;
  const offered = choices.filter(({ kind }) => kind !== 'own');
  return offered.find((choice) => isQuick(choice.scenario)) ?? null;
}
