// Says on every screen that nothing leaves it; opens what that rests on.
import { useWords } from '../context.ts';
import styles from './PrivacyBadge.module.css';

export function PrivacyBadge({ onClick }: { readonly onClick: () => void }) {
  const { t } = useWords();
  return (
    <button type="button" className={styles['badge']} aria-label={t('privacy.badge')} onClick={onClick}>
      <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden="true">
        <path d="M3 5V4a3 3 0 0 1 6 0v1h1v6H2V5zm1.4 0h3.2V4a1.6 1.6 0 0 0-3.2 0z" fill="currentColor" />
      </svg>{' '}
      <span>{t('privacy.badge')}</span>
    </button>
  );
}
