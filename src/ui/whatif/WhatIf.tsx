// What if: a remedy tried out on the pasted texts. Before and after stand side by side and are stepped together. It
// begins with the remedy that gives the app its client back.
import { useEffect, useState } from 'react';
import type { Remedy } from '../../engine/remedy/remedy.ts';
import type { Scenario } from '../../engine/scenario.ts';
import type { Tried } from '../../worker.ts';
import { useEngine, useSession, useSessionState, useWords } from '../context.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { Working } from '../Working.tsx';
import { isQuick, mostUseful, type Trials } from './eager.ts';
import { Outcome } from './Outcome.tsx';
import styles from './WhatIf.module.css';

export function WhatIf({ onClose }: { readonly onClose: () => void }) {
  const { t, say } = useWords();
  const session = useSession();
  const scenario = useSessionState((state) => state.scenario);
  const [picked, setPicked] = useState<Remedy | null>(null);
  const { offered, trials, failed, tryOut } = useTrials(scenario);
  const chosen = picked ?? mostUseful(offered ?? [], trials);
  const tried = chosen ? trials.get(chosen) : undefined;
  function pick(remedy: Remedy): void {
    setPicked(remedy);
    if (!trials.has(remedy)) void tryOut(remedy);
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
                onClick={() => pick(remedy)}
              >
                {say({ code: `remedy.${kind}`, parameters })}
                <Foretold tried={trials.get(remedy)} />
              </button>
            );
          })}
        </div>
        <div className={styles['result']} aria-live="polite">
          {failed && tried === undefined && <p role="alert">{t('whatIf.failed')}</p>}
          {(!failed || tried !== undefined) && offered?.length !== 0 && (
            <Result
              key={JSON.stringify(chosen)}
              tried={tried}
              waits={picked !== null || trials.size < (isQuick(scenario) ? (offered?.length ?? 1) : 0)}
              onKeep={keep}
            />
          )}
        </div>
      </div>
    </Dialog>
  );
}

interface ResultProps {
  /** Null: it changes nothing; undefined: it was not tried, or none was chosen. */
  readonly tried: Tried | null | undefined;
  readonly waits: boolean;
  readonly onKeep: () => void;
}

function Result({ tried, waits, onKeep }: ResultProps) {
  const { t } = useWords();
  if (tried) return <Outcome tried={tried} onKeep={onKeep} />;
  if (tried === null) return <p>{t('whatIf.nothing')}</p>;
  return waits ? <Working /> : <p>{t('whatIf.choose')}</p>;
}

interface Trying {
  /** Null while it is being found out. */
  readonly offered: readonly Remedy[] | null;
  readonly trials: Trials;
  readonly failed: boolean;
  readonly tryOut: (remedy: Remedy) => Promise<void>;
}

/** What each remedy comes to, found one after the other while a person reads; of large pastes only what is asked for. */
function useTrials(scenario: Scenario): Trying {
  const engine = useEngine();
  const [offered, setOffered] = useState<readonly Remedy[] | null>(null);
  const [trials, setTrials] = useState<Trials>(new Map());
  const [failed, setFailed] = useState(false);
  async function tryOut(remedy: Remedy): Promise<void> {
    setFailed(false);
    try {
      const tried = await engine.ask((remote) => remote.tryRemedy(scenario, remedy));
      setTrials((before) => new Map([...before, [remedy, tried]]));
    } catch {
      setFailed(true);
    }
  }
  useEffect(() => {
    let gone = false;
    async function tryAll(): Promise<void> {
      const found = await engine.ask((remote) => remote.remediesFor(scenario));
      if (!gone) setOffered(found);
      if (!isQuick(scenario)) return;
      for (const remedy of found) {
        if (gone) return;
        const tried = await engine.ask((remote) => remote.tryRemedy(scenario, remedy));
        if (!gone) setTrials((before) => new Map([...before, [remedy, tried]]));
      }
    }
    tryAll().catch(() => setFailed(true));
    return () => {
      gone = true;
    };
  }, [engine, scenario]);
  return { offered, trials, failed, tryOut };
}

function Foretold({ tried }: { readonly tried: Tried | null | undefined }) {
  const { t } = useWords();
  if (!tried) return null;
  const { outcome, app } = tried.simulation.trace;
  return (
    <span className={styles['foretold']}>
      {t(`outcome.${outcome}`)} {app.remoteAddress}
    </span>
  );
}
