// On narrow screens: which part is in front.
import { useWords } from '../context.ts';
import styles from './ViewSwitch.module.css';

export type View = 'paste' | 'picture' | 'details';

interface ViewSwitchProps {
  readonly view: View;
  onChange(view: View): void;
}

export function ViewSwitch({ view, onChange }: ViewSwitchProps) {
  const { t } = useWords();
  const views: readonly View[] = ['picture', 'paste', 'details'];
  return (
    <div className={styles['switch']} role="group" aria-label={t('pane.switch')}>
      {views.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={view === each}
          data-view={each}
          onClick={() => onChange(each)}
        >
          {t(`pane.${each}`)}
        </button>
      ))}
    </div>
  );
}
