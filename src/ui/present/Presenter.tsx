// For a room: the picture large, the sentence of the hop under it, one hop a key. Blank screen, spotlight, notes, a QR
// code of this very step, the quiz. Works on a projector of 1024x768.
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Canvas } from '../canvas/Canvas.tsx';
import { useSession, useTrace, useWords } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { LanguageSwitch } from '../shell/Header.tsx';
import { KeyMap } from '../shell/KeyMap.tsx';
import { Moves } from '../timeline/Controls.tsx';
import { AidButtons } from './AidButtons.tsx';
import { Caption } from './Caption.tsx';
import { Notes } from './Notes.tsx';
import styles from './Presenter.module.css';
import { useNotesWindow } from './notes-window.ts';
import { LAYERS, presenterKey, type Aid } from './presenter-keys.ts';
import { Qr } from './Qr.tsx';
import { Quiz } from './Quiz.tsx';
import { Spotlight } from './Spotlight.tsx';

const AIDS = ['notes', 'quiz', 'qr', 'spotlight', 'blank'] as const;

interface PresenterProps {
  /** Begins with the quiz. */
  readonly asks?: boolean;
  readonly onClose: () => void;
}

export function Presenter({ asks = false, onClose }: PresenterProps) {
  const { t } = useWords();
  const session = useSession();
  const trace = useTrace();
  const frame = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState<ReadonlySet<Aid>>(() => new Set(asks ? ['quiz'] : []));
  const toggle = (aid: Aid): void => setOn((before) => toggled(before, aid));
  const openNotes = useNotesWindow(on, toggle);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const top = LAYERS.find((aid) => on.has(aid));
    if (event.key === 'Escape' && top) toggle(top);
    else if ((top === 'keys' && event.key !== '?') || !presenterKey(event, session, toggle)) return;
    event.preventDefault();
  });
  useEffect(() => {
    const dialog = frame.current;
    dialog?.showModal();
    const listen = (event: KeyboardEvent) => onKey(event);
    addEventListener('keydown', listen);
    return () => {
      removeEventListener('keydown', listen);
      dialog?.close();
    };
  }, []);
  return (
    <dialog
      ref={frame}
      className={styles['presenter']}
      aria-label={t('present.title')}
      onClose={() => {
        if (frame.current && !frame.current.open) onClose();
      }}
    >
      <header className={styles['bar']}>
        <Moves count={trace?.hops.length ?? 0} />
        <AidButtons names={AIDS} isOn={(aid) => on.has(aid)} onToggle={toggle}>
          <button
            type="button"
            className="button"
            aria-label={t('present.notesWindow')}
            title={t('present.notesWindow')}
            onClick={() => {
              // where no window may open, the notes stand beside the picture
              if (openNotes() === on.has('notes')) toggle('notes');
            }}
          >
            <Icon name="window" />
          </button>
          <LanguageSwitch />
          <button
            type="button"
            className="button"
            aria-label={t('close')}
            title={t('close')}
            onClick={onClose}
          >
            <Icon name="close" />
          </button>
        </AidButtons>
      </header>
      <div className={styles['stage']}>
        <div className={styles['picture']}>
          <Canvas hidesAhead={on.has('quiz')} />
        </div>
        {on.has('notes') && <Notes />}
        {on.has('quiz') && trace && (
          <section className={styles['quiz']} aria-label={t('quiz.title')}>
            <Quiz trace={trace} />
          </section>
        )}
      </div>
      <Caption />
      {on.has('keys') && <KeyMap presenting onClose={() => toggle('keys')} />}
      {on.has('qr') && <Qr onClose={() => toggle('qr')} />}
      {on.has('spotlight') && <Spotlight />}
      {on.has('blank') && (
        <button
          type="button"
          className={styles['blank']}
          aria-label={t('present.unblank')}
          onClick={() => toggle('blank')}
        />
      )}
    </dialog>
  );
}

function toggled(before: ReadonlySet<Aid>, aid: Aid): ReadonlySet<Aid> {
  const after = new Set(before);
  if (!after.delete(aid)) after.add(aid);
  return after;
}
