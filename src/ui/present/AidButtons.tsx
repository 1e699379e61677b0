// The buttons for what lies over or beside the picture, and what stands behind them in the bar.
import type { ReactNode } from 'react';
import { useWords } from '../context.ts';
import styles from './AidButtons.module.css';
import type { Aid } from './presenter-keys.ts';

interface AidButtonsProps {
  readonly names: readonly Exclude<Aid, 'keys'>[];
  readonly isOn: (aid: Aid) => boolean;
  readonly onToggle: (aid: Aid) => void;
  readonly children: ReactNode;
}

export function AidButtons({ names, isOn, onToggle, children }: AidButtonsProps) {
  const { t } = useWords();
  return (
    <span className={styles['aids']}>
      {names.map((aid) => (
        <button
          key={aid}
          type="button"
          className="button"
          aria-pressed={isOn(aid)}
          onClick={() => onToggle(aid)}
        >
          {t(`present.${aid}`)}
        </button>
      ))}
      {children}
    </span>
  );
}
