// A QR code of this very step, for the phones in the room.
import { encode } from 'uqr';
import { useSession, useSessionState, useWords } from '../context.ts';
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
      {link.length <= SCANNABLE ? <Code link={link} /> : <p>{t('present.qrLong')}</p>}
      {link.length <= SCANNABLE && <code>{link}</code>}
      <button type="button" className="button" onClick={onClose}>
        {t('close')}
      </button>
    </section>
  );
}

function Code({ link }: { readonly link: string }) {
  const { data, size } = encode(link, { ecc: 'L', border: 2 });
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('');
  return (
    <svg viewBox={`0 0 ${size} ${size}`} aria-hidden="true" shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
