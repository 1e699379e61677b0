// The map of keys.
import { useWords } from '../context.ts';
import { Dialog } from './Dialog.tsx';
import styles from './KeyMap.module.css';

const KEYS = [
  ['Space', 'play'],
  ['→ ↓', 'next'],
  ['← ↑', 'back'],
  ['Home', 'first'],
  ['End', 'last'],
  ['1 … 9', 'digits'],
  ['n', 'change'],
  ['b', 'breakpoint'],
  ['/', 'search'],
  ['Ctrl F', 'searchText'],
  ['Ctrl Z', 'undo'],
  ['Ctrl Shift Z', 'redo'],
  ['p', 'present'],
  ['g', 'gallery'],
  ['?', 'help'],
  ['Esc', 'escape'],
] as const;

const PRESENTING = [
  ['Space → ↓', 'next'],
  ['← ↑', 'back'],
  ['Home', 'first'],
  ['End', 'last'],
  ['1 … 9', 'digits'],
  ['n', 'change'],
  ['q', 'quiz'],
  ['s', 'spotlight'],
  ['b .', 'blank'],
  ['m', 'notes'],
  ['r', 'qr'],
  ['?', 'help'],
  ['Esc', 'escape'],
] as const;

interface KeyMapProps {
  readonly presenting?: boolean;
  readonly onClose: () => void;
}

export function KeyMap({ presenting = false, onClose }: KeyMapProps) {
  const { t } = useWords();
  return (
    <Dialog onClose={onClose} title={t(presenting ? 'keys.presenting' : 'keys.title')}>
      <dl className={styles['keys']}>
        {(presenting ? PRESENTING : KEYS).map(([key, name]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`keys.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
