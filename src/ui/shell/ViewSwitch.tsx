// On narrow screens: which part is in front.
import { useSyncExternalStore } from 'react';
import { useWords } from '../context.ts';
import styles from './ViewSwitch.module.css';

/** Where the picture has no room beside the others. The style sheet uses the same width. */
const NARROW = '(max-width: 720px)';

export type View = 'paste' | 'picture' | 'details';

interface ViewSwitchProps {
  readonly view: View;
  readonly onChange: (view: View) => void;
}

export function ViewSwitch({ view, onChange }: ViewSwitchProps) {
  const { t } = useWords();
  const narrow = useMedia(NARROW);
  const views: readonly View[] = narrow ? ['picture', 'paste', 'details'] : ['paste', 'details'];
  const shown = narrow || view === 'paste' ? view : 'details';
  return (
    <div className={styles['switch']}>
      {views.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={shown === each}
          data-view={each}
          onClick={() => onChange(each)}
        >
          {t(`pane.${each}`)}
        </button>
      ))}
    </div>
  );
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (notify) => {
      const list = matchMedia(query);
      list.addEventListener('change', notify);
      return () => list.removeEventListener('change', notify);
    },
    () => matchMedia(query).matches,
  );
}
