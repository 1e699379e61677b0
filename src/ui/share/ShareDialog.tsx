// What is shared, how long its link is and where it fits; the copy is made anew with each choice.
import { useState } from 'react';
import { sampleFragment } from '../../permalink/fragment.ts';
import { useSessionState, useWords } from '../context.ts';
import type { Settings } from '../../session/settings.ts';
import { viewQuery } from '../address.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { Account } from './Account.tsx';
import styles from './Share.module.css';
import { SharedLink } from './SharedLink.tsx';
import { useCopy, type Choices } from './use-copy.ts';

/** The address of the page with a fragment; the view stands before it, apart from the content. */
function addressOf(fragment: string, settings: Settings, hop: number | null): string {
  const origin = location.origin === 'null' ? 'file://' : location.origin;
  return `${origin}${location.pathname}?${viewQuery(settings, hop)}${fragment}`;
}

export function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const [choices, setChoices] = useState<Choices>({ anonymise: true, shrunk: false });
  const origin = useSessionState((state) => state.origin);
  const scenario = useSessionState((state) => state.scenario);
  const hop = useSessionState((state) => state.hop);
  const settings = useSessionState((state) => state.settings);
  const sample = origin?.scenario === scenario ? origin : null;
  const effective = sample ? { anonymise: false, shrunk: false } : choices;
  const made = useCopy(effective);
  const copy = made && 'copy' in made ? made.copy : null;
  const link = addressOf(sample ? sampleFragment(sample.id) : (copy?.fragment ?? ''), settings, hop);
  return (
    <Dialog title={t('share.title')} onClose={onClose}>
      {sample ? <p>{t('share.sample')}</p> : <ChoiceBoxes choices={choices} onChange={setChoices} />}
      {made && 'failure' in made && <p role="alert">{t('share.failed', { reason: made.failure })}</p>}
      {!made && <output>{t('share.working')}</output>}
      {copy && (
        <>
          <SharedLink copy={copy} link={link} />
          {copy.account && (
            <p className={copy.isSame ? undefined : styles['warning']}>
              {t(copy.isSame ? 'share.same' : 'share.differs')}{' '}
              <a className="link" href={link} target="_blank" rel="noopener">
                {t('share.look')}
              </a>
            </p>
          )}
          {!sample && <Account copy={copy} title={t('share.holds')} />}
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
