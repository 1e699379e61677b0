// A native modal dialog, open as long as it is on the screen. Esc, the backdrop and the close button all close it.
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useWords } from '../context.ts';
import { Icon } from '../Icon.tsx';
import styles from './Dialog.module.css';

interface DialogProps {
  readonly title: string;
  /** `large` takes most of the screen. */
  readonly size?: 'small' | 'large';
  /** What stands beside the title. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
  readonly onClose: () => void;
}

export function Dialog({ title, size = 'small', tools, children, onClose }: DialogProps) {
  const { t } = useWords();
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    closePopups();
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className={styles['dialog']}
      data-size={size}
      aria-labelledby={titleId}
      closedby="any"
      onClose={() => {
        if (ref.current && !ref.current.open) onClose();
      }}
    >
      <div className={styles['inside']}>
        <header className={styles['head']}>
          <h2 id={titleId}>{title}</h2>
          {tools}
          <button
            type="button"
            className={styles['close']}
            aria-label={t('close')}
            title={t('close')}
            onClick={onClose}
          >
            <Icon name="close" />
          </button>
        </header>
        <div className={styles['body']}>{children}</div>
      </div>
    </dialog>
  );
}

/** What hangs open over the page would show through the backdrop. */
function closePopups(): void {
  for (const popup of document.querySelectorAll('details[name][open]')) popup.removeAttribute('open');
}
