// The worked samples. Opening one replaces the scenario.
import { scenarioOfPaste } from '../../engine/scenario.ts';
import { samples } from '../../samples/samples.ts';
import { sampleFragment } from '../../permalink/fragment.ts';
import { useSession, useWords } from '../context.ts';
import { Dialog } from './Dialog.tsx';
import styles from './Gallery.module.css';

interface GalleryProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

export function Gallery({ open, onClose }: GalleryProps) {
  const { t, locale } = useWords();
  const session = useSession();
  return (
    <Dialog open={open} onClose={onClose} title={t('header.gallery')}>
      <ul className={styles['list']}>
        {samples.map((sample) => (
          <li key={sample.id}>
            <button
              type="button"
              className={styles['sample']}
              onClick={() => {
                history.replaceState(null, '', sampleFragment(sample.id));
                session.open(sample.scenario);
                onClose();
              }}
            >
              <strong>{sample.title[locale]}</strong>
              <span>{sample.about[locale]}</span>
            </button>
          </li>
        ))}
        <li>
          <button
            type="button"
            className={styles['sample']}
            onClick={() => {
              history.replaceState(null, '', location.pathname + location.search);
              session.open(scenarioOfPaste(''));
              onClose();
            }}
          >
            <strong>{t('gallery.own')}</strong>
            <span>{t('gallery.ownAbout')}</span>
          </button>
        </li>
      </ul>
    </Dialog>
  );
}
