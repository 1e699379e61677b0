// `?notes`: what a speaker has on the laptop while the room looks at the projector. The hop in the words the room reads,
// the notes, what comes next; keys and buttons move both. It holds nothing of its own: the presenter tells it all.
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Words } from '../../i18n/words.ts';
import { createSession, type Session } from '../../session/session.ts';
import type { Settings } from '../../session/settings.ts';
import type { Engine } from '../../session/state.ts';
import { SessionContext, useHop, useSession, useTrace, useWords, WordsContext } from '../context.ts';
import { sentenceOf } from '../sentence.ts';
import { LanguageSwitch } from '../shell/Header.tsx';
import { KeyMap } from '../shell/KeyMap.tsx';
import { usePageSettings, useWordsOf } from '../shell/page.ts';
import { Moves } from '../timeline/Controls.tsx';
import { AidButtons } from './AidButtons.tsx';
import { Caption } from './Caption.tsx';
import { Elapsed } from './Elapsed.tsx';
import { openChannel, shareHop, type NotesChannel, type NotesMessage } from './notes-channel.ts';
import { Notes } from './Notes.tsx';
import styles from './NotesPage.module.css';
import { presenterKey, type Aid } from './presenter-keys.ts';

/** The presenter knows every answer; here nothing is asked. */
const ASLEEP: Engine = { simulate: () => Promise.reject(new Error('the presenter asks')) };

const AIDS = ['quiz', 'qr', 'spotlight', 'blank'] as const;

interface NotesPageProps {
  /** Of the presenter's channel. */
  readonly id: string;
  readonly words: Words;
  readonly settings: Settings;
}

export function NotesPage({ id, words: first, settings }: NotesPageProps) {
  const [session, setSession] = useState<Session | null>(null);
  const [aids, setAids] = useState<readonly Aid[]>([]);
  const [over, setOver] = useState(false);
  const words = useWordsOf(session, first);
  const channel = useRef<NotesChannel>(null);
  const follow = useRef<ReturnType<typeof shareHop>>(null);
  const tell = (message: NotesMessage): void => channel.current?.tell(message);
  const hear = useEffectEvent((message: NotesMessage) => {
    if (message.kind === 'shown') {
      const { scenario, origin, simulation, hop } = message.shown;
      const chosen = session?.store.getState().settings ?? settings;
      const next = createSession(ASLEEP, { scenario, origin }, chosen, { hop, simulation });
      follow.current?.stop();
      follow.current = shareHop(next, tell);
      setSession(next);
      setAids(message.shown.aids);
      setOver(false);
    } else if (message.kind === 'hop') follow.current?.heard(message.hop);
    else if (message.kind === 'aids') setAids(message.aids);
    else if (message.kind === 'over') setOver(true);
  });
  useEffect(() => {
    const opened = openChannel(id, (message) => hear(message));
    channel.current = opened;
    opened.tell({ kind: 'ready' });
    return () => {
      channel.current = null;
      opened.close();
    };
  }, [id]);
  if (!session)
    return (
      <main className={styles['page']}>
        <p className={styles['waits']}>{words.t('present.notesWait')}</p>
      </main>
    );
  return (
    <SessionContext value={session}>
      <WordsContext value={words}>
        <Desk over={over} aids={aids} tell={tell} />
      </WordsContext>
    </SessionContext>
  );
}

interface DeskProps {
  readonly over: boolean;
  readonly aids: readonly Aid[];
  readonly tell: NotesChannel['tell'];
}

function Desk({ over, aids, tell }: DeskProps) {
  const { t } = useWords();
  const session = useSession();
  const trace = useTrace();
  const [keys, setKeys] = useState(false);
  usePageSettings();
  function toggle(aid: Aid): void {
    if (aid === 'keys') setKeys(!keys);
    else if (aid !== 'notes') tell({ kind: 'toggle', aid });
  }
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!keys && presenterKey(event, session, toggle)) event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
  return (
    <div className={styles['page']}>
      <header className={styles['bar']}>
        <Moves count={trace?.hops.length ?? 0} />
        <Elapsed />
        <AidButtons names={AIDS} isOn={(aid) => aids.includes(aid)} onToggle={toggle}>
          <LanguageSwitch />
        </AidButtons>
      </header>
      <main className={styles['desk']}>
        <h1 className="visually-hidden">{t('present.notes')}</h1>
        {over && <output>{t('present.notesOver')}</output>}
        <Caption />
        <Notes
          onNote={(at, text) => {
            session.setNote(at, text);
            tell({ kind: 'note', at, text });
          }}
        />
        <Next />
      </main>
      {keys && <KeyMap presenting onClose={() => setKeys(false)} />}
    </div>
  );
}

/** What the next key will bring, so that it can be led up to. */
function Next() {
  const words = useWords();
  const hop = useHop();
  const trace = useTrace();
  const next = trace?.hops.find(({ n }) => n === (hop?.n ?? 0) + 1);
  return (
    <p className={styles['next']}>
      <strong>{words.t('present.next')}</strong> {next ? sentenceOf(words, next) : words.t('present.noNext')}
    </p>
  );
}
