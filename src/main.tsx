// The page: opens what the address names, else what was left at the last visit, else the first sample; remembers the
// settings and the work at hand; puts the screen on.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { loadPseudo, loadWords } from './i18n/load.ts';
import { keepDrafts, readDraft } from './session/draft.ts';
import { createSession, type Session } from './session/session.ts';
import { keepSettings, readSettings } from './session/settings.ts';
import { App } from './ui/shell/App.tsx';
import { keepOffline } from './ui/shell/offline.ts';
import { openingOf, openingWithout, versionOf } from './ui/shell/opening.ts';
import { workerEngine } from './ui/shell/worker-engine.ts';
import './ui/tokens.css';

const engine = workerEngine();
const settings = readSettings(localStorage, { search: location.search, languages: navigator.languages });

/** A language that is chosen wins over the one in the address, on the next visit too. */
function forgetAskedLanguage(): void {
  const address = new URL(location.href);
  address.searchParams.delete('l');
  history.replaceState(null, '', address);
}

function follow(session: Session): void {
  session.store.subscribe((state, before) => {
    if (state.settings === before.settings) return;
    keepSettings(localStorage, state.settings);
    if (state.settings.locale !== before.settings.locale) forgetAskedLanguage();
  });
  addEventListener('hashchange', () => {
    void openingOf(location.hash).then((next) => {
      if (next && next.damage === null) session.open(next.first.scenario, next.first.origin);
    });
  });
  keepDrafts(session);
}

function askedHop(): number | null {
  const asked = Number(new URLSearchParams(location.search).get('hop'));
  return Number.isInteger(asked) && asked > 0 ? asked : null;
}

async function start(root: HTMLElement): Promise<void> {
  const [words, opening, draft] = await Promise.all([
    new URLSearchParams(location.search).has('pseudo') ? loadPseudo() : loadWords(settings.locale),
    openingOf(location.hash),
    readDraft(),
  ]);
  const last = opening && draft ? await versionOf(draft) : null;
  const first = opening?.first ?? (await openingWithout(draft));
  const session = createSession(engine, first, settings, { last, hop: askedHop() });
  follow(session);
  createRoot(root).render(
    <StrictMode>
      <App session={session} engine={engine} words={words} damage={opening?.damage ?? null} />
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root) void start(root);
keepOffline();
