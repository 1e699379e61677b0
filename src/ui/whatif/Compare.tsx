// What is open beside another case or another paste: the requests whose fate changes first, then rules and configuration
// that differ by meaning. It begins beside how the case was before, else beside a worked case that is like it.
import { useEffect, useEffectEvent, useState } from 'react';
import type { Scenario } from '../../engine/scenario.ts';
import { useSessionState, useWords } from '../context.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { Working } from '../Working.tsx';
import { Both } from './Both.tsx';
import { firstChoice, nameOf, PASTE, useChoices, type Choice } from './choices.ts';
import styles from './Compare.module.css';
import { Differences } from './Differences.tsx';
import { PasteField } from './PasteField.tsx';
import { useComparison } from './use-comparison.ts';
import { Ways } from './Ways.tsx';

export function Compare({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const scenario = useSessionState((state) => state.scenario);
  const pod = useSessionState((state) => state.pod);
  const choices = useChoices();
  const [chosen, setChosen] = useState<Choice | typeof PASTE | null>(() => firstChoice(scenario, choices));
  const { comparison, shown, state, compareWith, show, forget } = useComparison(scenario);
  const [unasked, setUnasked] = useState(chosen !== null);
  function choose(name: string): void {
    const found = name === PASTE ? PASTE : (choices.find((choice) => nameOf(choice) === name) ?? null);
    setChosen(found);
    setUnasked(false);
    forget();
    if (found !== null && found !== PASTE) void compareWith(found.scenario);
  }
  const begin = useEffectEvent(() => {
    if (chosen !== null && chosen !== PASTE) void compareWith(chosen.scenario);
  });
  useEffect(() => begin(), []);
  return (
    <Dialog size="large" title={t('compare.title')} onClose={onClose}>
      <Both scenario={scenario} chosen={chosen} choices={choices} onChoose={choose} />
      {unasked && chosen !== null && chosen !== PASTE && chosen.kind === 'worked' && (
        <p className={styles['example']}>{t('compare.example')}</p>
      )}
      {chosen === PASTE && (
        <PasteField
          label={t('compare.pasted', { pod: scenario.pods[pod]?.name ?? '' })}
          onText={(text) => void compareWith(withPod(scenario, pod, text))}
        />
      )}
      <div aria-live="polite">
        {state === 'working' && <Working />}
        {state === 'failed' && <p role="alert">{t('whatIf.failed')}</p>}
        {state === 'idle' && shown && (
          <Ways
            key={JSON.stringify(shown.request)}
            before={shown.here}
            after={shown.there}
            titles={[t('compare.here'), t('compare.there')]}
            podName={(pod) => comparison?.pods.find(({ b }) => b === pod)?.a ?? pod ?? ''}
          />
        )}
        {state === 'idle' && comparison && (
          <Differences comparison={comparison} onShow={(packet) => void show(packet)} />
        )}
        {state === 'idle' && !comparison && <p>{t('compare.about')}</p>}
      </div>
    </Dialog>
  );
}

/** The case with another paste in the place of one pod's, which tells its own addresses and request. */
function withPod(scenario: Scenario, at: number, paste: string): Scenario {
  const pods = scenario.pods.map((pod, i) => (i === at ? { ...pod, addresses: [], paste } : pod));
  return { version: 1, title: '', request: null, pods };
}
