// The worked cases and one's own. Opening one replaces what is on the screen; undo brings that back.
import { useState } from 'react';
import { scenarioOfPaste } from '../../engine/scenario.ts';
import { samples } from '../../samples/samples.ts';
import { useSession, useWords } from '../context.ts';
import { Dialog } from '../shell/Dialog.tsx';
import type { OverlayName } from '../shell/overlay.ts';
import styles from './Gallery.module.css';
import { matches } from './match.ts';
import { OwnCases } from './OwnCases.tsx';
import { SampleCard } from './SampleCard.tsx';

interface GalleryProps {
  readonly onClose: () => void;
  readonly onShow: (overlay: OverlayName) => void;
}

export function Gallery({ onClose, onShow }: GalleryProps) {
  const { t } = useWords();
  const session = useSession();
  const [asked, setAsked] = useState('');
  const found = samples.filter((sample) => matches(sample, asked));
  function startAnew(): void {
    history.replaceState(null, '', location.pathname + location.search);
    session.open(scenarioOfPaste(''));
    onClose();
  }
  return (
    <Dialog
      size="large"
      title={t('header.gallery')}
      onClose={onClose}
      tools={
        <input
          className={`field ${styles['search']}`}
          type="search"
          aria-label={t('gallery.search')}
          placeholder={t('gallery.searchHint')}
          value={asked}
          onChange={(event) => setAsked(event.target.value)}
        />
      }
    >
      {asked === '' && (
        <section className={styles['own']}>
          <button type="button" className={styles['start']} onClick={startAnew}>
            <strong>{t('gallery.own')}</strong>
            <span>{t('gallery.ownAbout')}</span>
          </button>
          <OwnCases onOpened={onClose} />
        </section>
      )}
      <h3 className={styles['heading']}>{t('gallery.worked')}</h3>
      <p>
        <button type="button" className="link" onClick={() => onShow('carry')}>
          {t('carry.title')}
        </button>
      </p>
      <p className="visually-hidden" aria-live="polite">
        {t('gallery.found', { count: found.length })}
      </p>
      {found.length === 0 && <p>{t('gallery.none', { asked })}</p>}
      <ul className={styles['cards']}>
        {found.map((sample) => (
          <SampleCard key={sample.id} sample={sample} onOpened={onClose} onShowWays={() => onShow('carry')} />
        ))}
      </ul>
    </Dialog>
  );
}
