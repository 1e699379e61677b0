// One worked case: title, what it shows, its short link.
import { sampleFragment } from '../../permalink/fragment.ts';
import type { Sample } from '../../samples/sample.ts';
import { isWay } from '../carry/ways.ts';
import { useSession, useSessionState, useWords } from '../context.ts';
import styles from './Gallery.module.css';

interface SampleCardProps {
  readonly sample: Sample;
  readonly onOpened: () => void;
  /** Shows the ways to carry an address side by side. */
  readonly onShowWays: () => void;
}

export function SampleCard({ sample, onOpened, onShowWays }: SampleCardProps) {
  const { t, locale } = useWords();
  const session = useSession();
  const open = useSessionState((state) => state.origin?.id === sample.id);
  const fragment = sampleFragment(sample.id);
  const [first = '', ...rest] = sample.about[locale].split(/\n\s*\n/);
  return (
    <li className={styles['card']} data-open={open}>
      <button
        type="button"
        onClick={() => {
          history.replaceState(null, '', fragment);
          session.open(sample.scenario, sample);
          onOpened();
        }}
      >
        <strong>{sample.title[locale]}</strong>
        <span>{first}</span>
      </button>
      {rest.length > 0 && (
        <details>
          <summary>{t('gallery.more')}</summary>
          {rest.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </details>
      )}
      {isWay(sample.id) && (
        <p>
          <button type="button" className="link" onClick={onShowWays}>
            {t('carry.all')}
          </button>
        </p>
      )}
      <p className={styles['foot']}>
        <span>{sample.scenario.pods.map(({ name }) => name).join(' · ')}</span>
        <code>{fragment}</code>
      </p>
    </li>
  );
}
