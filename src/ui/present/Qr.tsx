// A QR code of this very step, for the phones in the room.
import { useSession, useSessionState, useWords } from '../context.ts';
import { QrCode } from '../share/QrCode.tsx';
import styles from './Presenter.module.css';
import { stepLink } from './step-link.ts';

/** Characters beyond which a code is too fine for a phone at the back of a room. */
const SCANNABLE = 900;

export function Qr({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const session = useSession();
  useSessionState((state) => state.hop);
  const link = stepLink(location.origin + location.pathname, session.store.getState());
  return (
    <section className={styles['qr']} aria-label={t('present.qrOf')}>
      {link.length <= SCANNABLE ? (
        <QrCode text={link} label={t('present.qrOf')} />
      ) : (
        <p>{t('present.qrLong')}</p>
      )}
      {link.length <= SCANNABLE && <code>{link}</code>}
      <button type="button" className="button" onClick={onClose}>
        {t('close')}
      </button>
    </section>
  );
}
