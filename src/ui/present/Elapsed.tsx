// How long the talk has run, in minutes and seconds.
import { useEffect, useState } from 'react';
import { useWords } from '../context.ts';

const SECOND = 1000;

export function Elapsed() {
  const { t } = useWords();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const begun = Date.now();
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - begun) / SECOND)), SECOND);
    return () => clearInterval(timer);
  }, []);
  const told = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return (
    <span role="timer" aria-label={t('present.elapsed')} title={t('present.elapsed')}>
      {told}
    </span>
  );
}
