// The two sides of a comparison: the case that is open, and the choice of what stands beside it.
import type { Scenario } from '../../engine/scenario.ts';
import { useSessionState, useWords } from '../context.ts';
import { nameOf, PASTE, type Choice } from './choices.ts';
import styles from './Compare.module.css';

interface BothProps {
  readonly scenario: Scenario;
  readonly chosen: Choice | typeof PASTE | null;
  readonly choices: readonly Choice[];
  readonly onChoose: (name: string) => void;
}

export function Both({ scenario, chosen, choices, onChoose }: BothProps) {
  const { t, locale } = useWords();
  const title = useSessionState((state) => state.origin?.title[locale] ?? state.scenario.title);
  const other = chosen === PASTE ? null : chosen;
  return (
    <div className={styles['both']}>
      <div>
        <h3>{t('compare.here')}</h3>
        <p className={styles['case']}>{title || t('header.untitled')}</p>
        <Pods scenario={scenario} />
      </div>
      <div>
        <h3>{t('compare.there')}</h3>
        <select
          className="field"
          aria-label={t('compare.with')}
          value={chosen === PASTE ? PASTE : chosen ? nameOf(chosen) : ''}
          onChange={({ target }) => onChoose(target.value)}
        >
          {chosen === null && <option value="">{t('compare.choose')}</option>}
          <option value={PASTE}>{t('compare.paste')}</option>
          {choices.map((choice) => (
            <option key={nameOf(choice)} value={nameOf(choice)}>
              {choice.name}
            </option>
          ))}
        </select>
        {other && <Pods scenario={other.scenario} />}
      </div>
    </div>
  );
}

function Pods({ scenario }: { readonly scenario: Scenario }) {
  return (
    <p className={styles['pods']}>
      {scenario.pods.map(({ name, addresses }) => [name, ...addresses.slice(0, 1)].join(' ')).join(' · ')}
    </p>
  );
}
