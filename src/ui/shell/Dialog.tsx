// A native modal dialog that follows a boolean. Esc, the backdrop and the close button all close it.
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useWords } from '../context.ts';

interface DialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
}

export function Dialog({ open, title, children, onClose }: DialogProps) {
  const { t } = useWords();
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (open && !dialog?.open) {
      closePopups();
      dialog?.showModal();
    }
    if (!open && dialog?.open) dialog.close();
  }, [open]);
  return (
    <dialog ref={ref} aria-labelledby={titleId} onClose={onClose} closedby="any">
      {open && (
        <>
          <h2 id={titleId}>{title}</h2>
          {children}
          <p>
            <button type="button" className="button" onClick={onClose}>
              {t('close')}
            </button>
          </p>
        </>
      )}
    </dialog>
  );
}

/** What hangs open over the page would show through the backdrop. */
function closePopups(): void {
  for (const popup of document.querySelectorAll('details[name][open]')) popup.removeAttribute('open');
}
