// What is shared, how long its link is and where it fits; the copy is made anew with each choice.
import { useEffect, useMemo, useState } from 'react';
import type { SharedCopy, Wanted } from '../../permalink/shared-copy.ts';
import { sampleFragment } from '../../permalink/fragment.ts';
import { useEngine, useSession, useSessionState, useWords } from '../context.ts';
import type { Settings } from '../../session/settings.ts';
import { viewQuery } from '../address.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { Account } from './Account.tsx';
import styles from './Share.module.css';
import { SharedLink } from './SharedLink.tsx';
import { copyInWorker } from './sharer.ts';

interface Choices {
  readonly anonymise: boolean;
  readonly shrunk: boolean;
}

type Made = { readonly copy: SharedCopy } | { readonly failure: string } | null;

/** The copy of the scenario that these choices give; null while it is made. */
function useCopy({ anonymise, shrunk }: Choices): Made {
  const scenario = useSessionState((state) => state.scenario);
  const { holding } = useEngine();
  const key = useMemo(() => crypto.getRandomValues(new Uint8Array(16)), []);
  const wanted = useMemo<Wanted>(() => ({ key: anonymise ? key : null, shrunk }), [key, anonymise, shrunk]);
  const [made, setMade] = useState<{ readonly wanted: Wanted; readonly result: Made } | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const done = (result: Made) => !abort.signal.aborted && setMade({ wanted, result });
    copyInWorker(scenario, holding, wanted, abort.signal).then(
      (copy) => done({ copy }),
      (error: unknown) => done({ failure: String(error) }),
    );
    return () => abort.abort();
  }, [scenario, holding, wanted]);
  return made?.wanted === wanted ? made.result : null;
}

/** The address of the page with a fragment; the view stands before it, apart from the content. */
function addressOf(fragment: string, settings: Settings, hop: number | null): string {
  const origin = location.origin === 'null' ? 'file://' : location.origin;
  return `${origin}${location.pathname}?${viewQuery(settings, hop)}${fragment}`;
}

export function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const session = useSession();
  const [choices, setChoices] = useState<Choices>({ anonymise: true, shrunk: false });
  const origin = useSessionState((state) => state.origin);
  const scenario = useSessionState((state) => state.scenario);
  const hop = useSessionState((state) => state.hop);
  const settings = useSessionState((state) => state.settings);
  const sample = origin?.scenario === scenario ? origin : null;
  const effective = sample ? { anonymise: false, shrunk: false } : choices;
  const made = useCopy(effective);
  const copy = made && 'copy' in made ? made.copy : null;
  return (
    <Dialog title={t('share.title')} onClose={onClose}>
      {sample ? <p>{t('share.sample')}</p> : <ChoiceBoxes choices={choices} onChange={setChoices} />}
      {made && 'failure' in made && <p role="alert">{t('share.failed', { reason: made.failure })}</p>}
      {!made && <output>{t('share.working')}</output>}
      {copy && (
        <>
          <SharedLink
            copy={copy}
            link={addressOf(sample ? sampleFragment(sample.id) : copy.fragment, settings, hop)}
          />
          {copy.account && (
            <p className={copy.isSame ? undefined : styles['warning']}>
              {t(copy.isSame ? 'share.same' : 'share.differs')}{' '}
              <button
                type="button"
                className="link"
                onClick={() => {
                  session.open(copy.scenario, null);
                  onClose();
                }}
              >
                {t('share.look')}
              </button>
            </p>
          )}
          {!sample && <Account copy={copy} />}
        </>
      )}
    </Dialog>
  );
}

interface ChoiceBoxesProps {
  readonly choices: Choices;
  readonly onChange: (choices: Choices) => void;
}

function ChoiceBoxes({ choices, onChange }: ChoiceBoxesProps) {
  const { t } = useWords();
  return (
    <div className={styles['choices']}>
      <label>
        <input
          type="checkbox"
          checked={choices.anonymise}
          onChange={({ target }) => onChange({ ...choices, anonymise: target.checked })}
        />
        {t('share.anonymise')}
      </label>
      <label>
        <input
          type="checkbox"
          checked={choices.shrunk}
          onChange={({ target }) => onChange({ ...choices, shrunk: target.checked })}
        />
        {t('share.shrink')}
      </label>
    </div>
  );
}
