// How far the engine agrees with the Linux kernel: the number that the last conformance run wrote.
import { useWords } from '../context.ts';
import styles from './Header.module.css';

export function KernelBadge() {
  const { t } = useWords();
  const [kernel = ''] = CONFORMANCE.kernel.split('-');
  return (
    <details className={styles['kernel']} name="popup">
      <summary>
        <span>✓</span> {t('header.kernel', { equal: CONFORMANCE.equal, kernel })}
      </summary>
      <p>{t('header.kernelWhy', CONFORMANCE)}</p>
    </details>
  );
}
