// Speaker notes: what the case is about, what to say at this hop, what is often said wrongly of it.
import { isAt } from '../../samples/note.ts';
import { noteKey } from '../../session/notes.ts';
import { useHop, useSession, useSessionState, useWords } from '../context.ts';
import { whyNot } from '../sentence.ts';
import styles from './Presenter.module.css';

/** The nearest rules that did not match are enough to be asked about. */
const NEAREST = 3;

interface NotesProps {
  /** Absent: the note is kept in the session. */
  readonly onNote?: (at: string, text: string) => void;
}

export function Notes({ onNote }: NotesProps) {
  const words = useWords();
  const { t, say, knows, locale } = words;
  const about = useSessionState((state) => state.origin?.about[locale] ?? state.scenario.title);
  const hop = useHop();
  const session = useSession();
  const notes = useSessionState((state) => state.origin?.notes);
  const own = hop ? notes?.filter((note) => isAt(note, hop)) : undefined;
  const misread = `misread.${hop?.event.code ?? ''}`;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <aside className={styles['notes']} aria-label={t('present.notes')} tabIndex={0}>
      {hop && <OwnNote key={noteKey(hop)} at={noteKey(hop)} onNote={onNote ?? session.setNote} />}
      {own?.map((note) => (
        <p key={note.en}>{note[locale]}</p>
      ))}
      {hop && knows(misread) && (
        <p>
          <strong>{t('inspector.misread')}:</strong>{' '}
          {say({ code: misread, parameters: hop.event.parameters })}
        </p>
      )}
      {hop?.passed.slice(-NEAREST).map((passed) => (
        <p key={passed.name}>
          <code>{passed.name}</code> {whyNot(words, passed.why)}
        </p>
      ))}
      {about.split(/\n\s*\n/).map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </aside>
  );
}

/** A person's own note for this place. */
function OwnNote({ at, onNote }: Required<NotesProps> & { readonly at: string }) {
  const { t } = useWords();
  const text = useSessionState((state) => state.scenario.notes?.[at] ?? '');
  return (
    <textarea
      className={`field ${styles['own']}`}
      rows={2}
      aria-label={t('present.ownNote')}
      placeholder={t('present.ownNote')}
      value={text}
      onChange={({ target }) => onNote(at, target.value)}
      onKeyDown={(event) => event.key !== 'Escape' && event.stopPropagation()}
    />
  );
}
