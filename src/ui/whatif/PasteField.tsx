// Room for another paste; it is taken a moment after the last change.
import { useEffect, useRef } from 'react';
import styles from './Compare.module.css';

/** Milliseconds without a change after which a text is compared. */
const PAUSE = 300;

interface PasteFieldProps {
  readonly label: string;
  readonly onText: (text: string) => void;
}

export function PasteField({ label, onText }: PasteFieldProps) {
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
