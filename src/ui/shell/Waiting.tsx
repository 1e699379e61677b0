// Work that takes longer than a blink is seen, and can be given up.
import { useEffect, useState } from 'react';
import { isStale } from '../../session/state.ts';
import { useSession, useSessionState, useWords } from '../context.ts';
import styles from './Waiting.module.css';

/** Milliseconds after which waiting is shown. */
const BLINK = 200;

export function Waiting() {
  const { t } = useWords();
  const session = useSession();
  const scenario = useSessionState((state) =>
    isStale(state) && state.failure === null ? state.scenario : null,
  );
  const [seen, setSeen] = useState<typeof scenario>(null);
  useEffect(() => {
    if (!scenario) return;
    const timer = setTimeout(() => setSeen(scenario), BLINK);
    return () => clearTimeout(timer);
  }, [scenario]);
  if (!scenario || seen !== scenario) return null;
  return (
    <output className={styles['waiting']}>
      <progress aria-label={t('working')} />
      <span>{t('working')}</span>
      <button type="button" className="button" onClick={() => session.cancel()}>
        {t('cancel')}
      </button>
    </output>
  );
}
