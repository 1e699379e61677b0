// What is open beside another case or another paste: the requests whose fate changes first, then rules and configuration that differ by meaning.
import { useEffect, useRef, useState } from 'react';
import type { Comparison } from '../../engine/compare/compare.ts';
import type { PacketDifference } from '../../engine/compare/packets.ts';
import type { Scenario, ScenarioRequest } from '../../engine/scenario.ts';
import type { Trace } from '../../engine/trace/trace.ts';
import { samples } from '../../samples/samples.ts';
import { listCases, type OwnCase } from '../../session/library.ts';
import { useEngine, useSessionState, useWords } from '../context.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { Working } from '../Working.tsx';
import styles from './Compare.module.css';
import { Differences } from './Differences.tsx';
import { Ways } from './Ways.tsx';

interface BothWays {
  readonly request: ScenarioRequest;
  readonly here: Trace;
  readonly there: Trace;
}

interface Choice {
  readonly name: string;
  readonly scenario: Scenario;
}

/** Milliseconds without a change after which a text is compared. */
const PAUSE = 300;

export function Compare({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const engine = useEngine();
  const scenario = useSessionState((state) => state.scenario);
  const pod = useSessionState((state) => state.pod);
  const choices = useChoices();
  const [chosen, setChosen] = useState('');
  const [other, setOther] = useState<Scenario | null>(null);
  const [comparison, setComparison] = useState<Comparison | null>(null);
  const [shown, setShown] = useState<BothWays | null>(null);
  const [state, setState] = useState<'idle' | 'working' | 'failed'>('idle');
  function choose(name: string): void {
    setChosen(name);
    const found = choices.find((choice) => choice.name === name)?.scenario ?? null;
    if (found) void compareWith(found);
    else setComparison(null);
  }
  async function compareWith(other: Scenario): Promise<void> {
    setOther(other);
    setShown(null);
    setState('working');
    try {
      setComparison(await engine.ask((remote) => remote.compare(scenario, other)));
      setState('idle');
    } catch {
      setState('failed');
    }
  }
  /** The same request on both sides, under each side's own addresses. */
  async function show({ request, other: asked }: PacketDifference): Promise<void> {
    if (!other) return;
    const here = await engine.ask((remote) => remote.simulate({ ...scenario, request }));
    const there = await engine.ask((remote) => remote.simulate({ ...other, request: asked }));
    setShown({ request, here: here.trace, there: there.trace });
  }
  return (
    <Dialog size="large" title={t('compare.title')} onClose={onClose}>
      <p>
        <label className={styles['with']}>
          {t('compare.with')}{' '}
          <select className="field" value={chosen} onChange={({ target }) => choose(target.value)}>
            <option value="">{t('compare.choose')}</option>
            <option>{t('compare.paste')}</option>
            {choices.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      </p>
      {chosen === t('compare.paste') && (
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

/** What was there before the last change, one's own cases, the worked ones. */
function useChoices(): readonly Choice[] {
  const { t, locale } = useWords();
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
  return [
    ...(before ? [{ name: t('compare.before'), scenario: before }] : []),
    ...cases.map(({ scenario }) => ({ name: scenario.title, scenario })),
    ...samples.map(({ title, scenario }) => ({ name: title[locale], scenario })),
  ];
}

/** The case with another paste in the place of one pod's, which tells its own addresses and request. */
function withPod(scenario: Scenario, at: number, paste: string): Scenario {
  const pods = scenario.pods.map((pod, i) => (i === at ? { ...pod, addresses: [], paste } : pod));
  return { version: 1, title: '', request: null, pods };
}

interface PasteFieldProps {
  readonly label: string;
  readonly onText: (text: string) => void;
}

function PasteField({ label, onText }: PasteFieldProps) {
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  function changed(text: string): void {
    clearTimeout(timer.current);
    if (text.trim() !== '') timer.current = window.setTimeout(() => onText(text), PAUSE);
  }
  return (
    <label className={styles['paste']}>
      {label}
      <textarea
        className="field"
        rows={7}
        spellCheck={false}
        onChange={({ target }) => changed(target.value)}
      />
    </label>
  );
}
