// For those who walk the page by Tab: past the header and the paste, to the place in the picture where the reader
// stands, or to the timeline. Buttons, because the address after `#` is the case itself.
import { useWords } from '../context.ts';
import styles from './SkipLinks.module.css';

/** The first of these that is there. */
const TARGETS = {
  picture: ['[data-here="true"]', '[data-testid="journey"] [aria-current="step"]', '[data-node]'],
  timeline: ['[data-tour="timeline"] [aria-current="step"]'],
} as const;

function focusFirst(selectors: readonly string[]): void {
  const found = selectors.map((each) => document.querySelector<HTMLElement>(each));
  found.find((each) => each !== null)?.focus();
}

interface SkipLinksProps {
  /** Brings the picture to the front, where it may be behind. */
  readonly onPicture: () => void;
}

export function SkipLinks({ onPicture }: SkipLinksProps) {
  const { t } = useWords();
  function skip(to: keyof typeof TARGETS): void {
    if (to === 'picture') onPicture();
    // once the picture is there
    requestAnimationFrame(() => focusFirst(TARGETS[to]));
  }
  return (
    <nav className={styles['links']} aria-label={t('skip.label')}>
      {(['picture', 'timeline'] as const).map((to) => (
        <button key={to} type="button" className="button" onClick={() => skip(to)}>
          {t(`skip.${to}`)}
        </button>
      ))}
    </nav>
  );
}
