// The link itself: its length, where it fits, and every way to take it along.
import { useState } from 'react';
import type { SharedCopy } from '../../permalink/shared-copy.ts';
import { useWords } from '../context.ts';
import { copyText, download } from '../files.ts';
import { placesFor } from './fits.ts';
import { QrCode } from './QrCode.tsx';
import styles from './Share.module.css';
import { htmlOf, jsonOf, markdownOf } from './written.ts';

interface SharedLinkProps {
  readonly copy: SharedCopy;
  readonly link: string;
}

export function SharedLink({ copy, link }: SharedLinkProps) {
  const words = useWords();
  const { t } = words;
  const [copied, setCopied] = useState<boolean | null>(null);
  const [qrShown, setQrShown] = useState(false);
  const places = placesFor(link.length);
  const take = (text: string) => void copyText(text).then(setCopied);
  return (
    <>
      <input
        className={styles['link']}
        readOnly
        value={link}
        aria-label={t('share.link')}
        onFocus={({ target }) => target.select()}
      />
      <p className={styles['length']}>
        {t('share.length', {
          count: link.length,
          places: places.map((place) => t(`share.place.${place}`)).join(' · '),
        })}
      </p>
      <div className={styles['buttons']}>
        <button type="button" className="button" data-primary onClick={() => take(link)}>
          {t('share.copy')}
        </button>
        <button type="button" className="button" onClick={() => take(markdownOf(copy, link, words))}>
          {t('share.markdown')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => download('sidetrace.json', jsonOf(copy), 'application/json')}
        >
          {t('share.json')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => download('sidetrace.html', htmlOf(copy, link, words), 'text/html')}
        >
          {t('share.html')}
        </button>
        {places.includes('qr') && (
          <button
            type="button"
            className="button"
            aria-expanded={qrShown}
            onClick={() => setQrShown(!qrShown)}
          >
            {t('share.qr')}
          </button>
        )}
        <output>{copied === null ? '' : t(copied ? 'share.copied' : 'share.notCopied')}</output>
      </div>
      {qrShown && places.includes('qr') && (
        <div className={styles['qr']}>
          <QrCode text={link} label={t('share.qrOf')} />
        </div>
      )}
    </>
  );
}
