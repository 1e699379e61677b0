// One's own cases: save what is on the screen under a name, open, download, delete, read a file in.
import { useEffect, useState } from 'react';
import { deleteCase, fileOf, listCases, saveCase, type OwnCase } from '../../session/library.ts';
import { useEngine, useSession, useSessionState, useWords } from '../context.ts';
import { download, fileNameOf } from '../files.ts';
import { openFile } from '../shell/take-files.ts';
import styles from './Gallery.module.css';

export function OwnCases({ onOpened }: { readonly onOpened: () => void }) {
  const { t, locale } = useWords();
  const session = useSession();
  const engine = useEngine();
  const [cases, setCases] = useState<readonly OwnCase[]>([]);
  const [failed, setFailed] = useState(false);
  useEffect(() => void show(setCases, setFailed), []);
  function change(work: Promise<void>): void {
    void work.then(
      () => show(setCases, setFailed),
      () => setFailed(true),
    );
  }
  async function readFile(file: File | undefined): Promise<void> {
    if (!file) return;
    await openFile(session, engine.holding, { name: file.name, file });
    onOpened();
  }
  return (
    <div className={styles['cases']}>
      <h3 className={styles['heading']}>{t('gallery.yours')}</h3>
      <SaveForm
        onSave={(title) =>
          change(engine.whole({ ...session.store.getState().scenario, title }).then(saveCase))
        }
      />
      {failed && <p role="alert">{t('gallery.failed')}</p>}
      <ul>
        {cases.map(({ id, saved, scenario }) => (
          <li key={id}>
            <button
              type="button"
              className="link"
              onClick={() => {
                session.open(scenario);
                onOpened();
              }}
            >
              {scenario.title}
            </button>
            <time>{new Date(saved).toLocaleString(locale)}</time>
            <button
              type="button"
              className="button"
              onClick={() =>
                download(fileNameOf(scenario.title, 'json'), fileOf(scenario), 'application/json')
              }
            >
              {t('gallery.download')}
            </button>
            <button type="button" className="button" onClick={() => change(deleteCase(id))}>
              {t('gallery.delete')}
            </button>
          </li>
        ))}
      </ul>
      <label className={`button ${styles['file']}`}>
        {t('gallery.import')}
        <input
          type="file"
          className="visually-hidden"
          accept=".json,.txt,.log,.yaml,.yml"
          onChange={(event) => void readFile(event.target.files?.[0])}
        />
      </label>
    </div>
  );
}

async function show(
  setCases: (cases: readonly OwnCase[]) => void,
  setFailed: (failed: boolean) => void,
): Promise<void> {
  try {
    setCases(await listCases());
  } catch {
    setFailed(true);
  }
}

function SaveForm({ onSave }: { readonly onSave: (title: string) => void }) {
  const { t, locale } = useWords();
  const name = useSessionState(({ origin, scenario }) => origin?.title[locale] ?? scenario.title);
  const [title, setTitle] = useState(name);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (title.trim() !== '') onSave(title.trim());
      }}
    >
      <input
        className="field"
        aria-label={t('header.title')}
        placeholder={t('header.untitled')}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <button type="submit" className="button">
        {t('gallery.save')}
      </button>
    </form>
  );
}
