// Files and folders dropped anywhere on the page: a scenario file is opened, any other text goes where texts go.
import { useEffect, useEffectEvent, useState } from 'react';
import type { Scenario } from '../../engine/scenario.ts';
import { HELD_FROM } from '../../session/held.ts';
import { useEngine, useSession, useSessionState, useWords } from '../context.ts';
import styles from './DropZone.module.css';
import { droppedFiles } from './dropped.ts';
import { takeFiles } from './take-files.ts';

export function DropZone() {
  const { t } = useWords();
  const session = useSession();
  const engine = useEngine();
  const [over, setOver] = useState(false);
  const [said, setSaid] = useState('');
  /** What is on the screen while large files are being taken. */
  const [shown, setShown] = useState<Scenario | null>(null);
  const opening = useSessionState(({ scenario }) => scenario === shown);
  const take = useEffectEvent(async (transfer: DataTransfer) => {
    const large = Array.from(transfer.files).some(({ size }) => size > HELD_FROM);
    if (large) setShown(session.store.getState().scenario);
    try {
      const [files] = await Promise.all([droppedFiles(transfer), large && painted()]);
      setSaid(files.length === 0 ? t('drop.nothing') : t('drop.taken', { count: files.length }));
      await takeFiles(session, engine.holding, files);
    } finally {
      setShown(null);
    }
  });
  useEffect(() => {
    const isFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent): void => {
      if (!isFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      if (!isFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.stopPropagation(); // the editor would take the text for itself
      setOver(false);
      void take(event.dataTransfer);
    };
    addEventListener('dragover', onOver);
    addEventListener('dragleave', onLeave);
    addEventListener('drop', onDrop, { capture: true });
    return () => {
      removeEventListener('dragover', onOver);
      removeEventListener('dragleave', onLeave);
      removeEventListener('drop', onDrop, { capture: true });
    };
  }, []);
  return (
    <>
      {over && <p className={styles['over']}>{t('drop.here')}</p>}
      {opening && (
        <p className={styles['opening']}>
          <progress aria-label={t('working')} />
        </p>
      )}
      <p className="visually-hidden" aria-live="polite">
        {said}
      </p>
    </>
  );
}

/** Until the screen shows what was rendered last. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
}
