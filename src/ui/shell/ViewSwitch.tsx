// On narrow screens: which part is in front.
import { useWords } from '../context.ts';
import { useMedia } from '../media.ts';
import { NARROW } from '../narrow.ts';
import styles from './ViewSwitch.module.css';

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
