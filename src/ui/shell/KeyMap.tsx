// The map of keys.
import { useWords } from '../context.ts';
import { Dialog } from './Dialog.tsx';
import styles from './KeyMap.module.css';

interface KeyMapProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

const KEYS = [
  ['Space', 'play'],
  ['→ ↓', 'next'],
  ['← ↑', 'back'],
  ['Home', 'first'],
  ['End', 'last'],
  ['n', 'change'],
  ['Ctrl F', 'search'],
  ['?', 'help'],
] as const;

export function KeyMap({ open, onClose }: KeyMapProps) {
  const { t } = useWords();
  return (
    <Dialog open={open} onClose={onClose} title={t('keys.title')}>
      <dl className={styles['keys']}>
        {KEYS.map(([key, name]) => (
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
