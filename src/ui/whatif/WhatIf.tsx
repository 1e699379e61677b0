// What if: a remedy tried out on the pasted texts. Before and after stand side by side and are stepped together.
import { useEffect, useState } from 'react';
import type { Remedy } from '../../engine/remedy/remedy.ts';
import type { Scenario } from '../../engine/scenario.ts';
import type { Tried } from '../../worker.ts';
import { useEngine, useSession, useSessionState, useWords } from '../context.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { Working } from '../Working.tsx';
import { Outcome } from './Outcome.tsx';
import styles from './WhatIf.module.css';

/** In characters of all pastes: more would keep the engine from what is asked next. */
const FORETOLD_UP_TO = 300_000;

type State = 'working' | 'failed' | 'done';

export function WhatIf({ onClose }: { readonly onClose: () => void }) {
  const { t, say } = useWords();
  const engine = useEngine();
  const session = useSession();
  const scenario = useSessionState((state) => state.scenario);
  const [offered, setOffered] = useState<readonly Remedy[] | null>(null);
  const [chosen, setChosen] = useState<Remedy | null>(null);
  const [tried, setTried] = useState<Tried | null>(null);
  const [state, setState] = useState<State>('working');
  const foretold = useForetold(scenario, offered);
  useEffect(() => {
    let gone = false;
    engine
      .ask((remote) => remote.remediesFor(scenario))
      .then(
        (found) => {
          if (gone) return;
          setOffered(found);
          setState('done');
        },
        () => setState('failed'),
      );
    return () => {
      gone = true;
    };
  }, [engine, scenario]);
  async function tryOut(remedy: Remedy): Promise<void> {
    setChosen(remedy);
    const known = foretold.get(remedy);
    if (known) {
      setTried(known);
      setState('done');
      return;
    }
    setState('working');
    try {
      setTried(await engine.ask((remote) => remote.tryRemedy(scenario, remedy)));
      setState('done');
    } catch {
      setState('failed');
    }
  }
  function keep(): void {
    if (tried) session.open(tried.scenario);
    onClose();
  }
  return (
    <Dialog size="large" title={t('whatIf.title')} onClose={onClose}>
      <div className={styles['layout']}>
        <div className={styles['remedies']}>
          <p>{t('whatIf.about')}</p>
          {offered?.length === 0 && <p>{t('whatIf.none')}</p>}
          {offered?.map((remedy) => {
            const { kind, ...parameters } = remedy;
            return (
              <button
                key={JSON.stringify(remedy)}
                type="button"
                aria-pressed={chosen === remedy}
                onClick={() => void tryOut(remedy)}
              >
                {say({ code: `remedy.${kind}`, parameters })}
                <Foretold tried={foretold.get(remedy)} />
              </button>
            );
          })}
        </div>
        <div className={styles['result']} aria-live="polite">
          {state === 'working' && <Working />}
          {state === 'failed' && <p role="alert">{t('whatIf.failed')}</p>}
          {state === 'done' && chosen && !tried && <p>{t('whatIf.nothing')}</p>}
          {state === 'done' && tried && <Outcome key={JSON.stringify(chosen)} tried={tried} onKeep={keep} />}
        </div>
      </div>
    </Dialog>
  );
}

/** What each remedy comes to, found one after the other while a person reads; of large pastes only what is asked for. */
function useForetold(scenario: Scenario, offered: readonly Remedy[] | null): ReadonlyMap<Remedy, Tried> {
  const engine = useEngine();
  const [found, setFound] = useState<ReadonlyMap<Remedy, Tried>>(new Map());
  useEffect(() => {
    let gone = false;
    async function tryAll(): Promise<void> {
      for (const remedy of offered ?? []) {
        if (gone) return;
        const tried = await engine.ask((remote) => remote.tryRemedy(scenario, remedy));
        if (tried && !gone) setFound((before) => new Map([...before, [remedy, tried]]));
      }
    }
    const size = scenario.pods.reduce((sum, { paste }) => sum + paste.length, 0);
    if (size <= FORETOLD_UP_TO) tryAll().catch(() => undefined); // one that fails is told when it is chosen
    return () => {
      gone = true;
    };
  }, [engine, scenario, offered]);
  return found;
}

function Foretold({ tried }: { readonly tried: Tried | undefined }) {
  const { t } = useWords();
  if (!tried) return null;
  const { outcome, app } = tried.simulation.trace;
  return (
    <span className={styles['foretold']}>
      {t(`outcome.${outcome}`)} {app.remoteAddress}
    </span>
  );
}
