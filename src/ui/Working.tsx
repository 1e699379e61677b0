// The engine is at work on what a dialog asked: seen once it takes longer than a blink, and given up when asked.
import { useEffect, useState } from 'react';
import { useEngine, useWords } from './context.ts';

/** Milliseconds. */
const BLINK = 200;

export function Working() {
  const { t } = useWords();
  const engine = useEngine();
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSeen(true), BLINK);
    return () => clearTimeout(timer);
  }, []);
  if (!seen) return null;
  return (
    <p className="working">
      <progress aria-label={t('working')} /> {t('working')}{' '}
      <button type="button" className="button" onClick={() => engine.cancel?.()}>
        {t('cancel')}
      </button>
    </p>
  );
}
