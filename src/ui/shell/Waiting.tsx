// Work that takes longer than a blink is seen, and can be given up; that on large texts is seen at once.
import { heldIn } from '../../session/held.ts';
import { isStale } from '../../session/state.ts';
import { useSession, useSessionState, useWords } from '../context.ts';
import { useLongWait } from '../long-wait.ts';
import styles from './Waiting.module.css';

export function Waiting() {
  const { t } = useWords();
  const session = useSession();
  const scenario = useSessionState((state) =>
    isStale(state) && state.failure === null ? state.scenario : null,
  );
  const progress = useSessionState((state) => state.progress);
  const long = useLongWait();
  if (!scenario || (!long && heldIn(scenario).length === 0)) return null;
  const reading = progress !== null && progress < 1;
  return (
    <output className={styles['waiting']}>
      <progress aria-label={t('working')} value={reading ? progress : undefined} />
      <span>{reading ? t('held.reading', { part: progress }) : t('working')}</span>
      <button type="button" className="button" onClick={() => session.cancel()}>
        {t('cancel')}
      </button>
    </output>
  );
}
