// The page: opens what the address names, else the first sample; remembers the settings; puts the screen on.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keepSettings, readSettings } from './session/settings.ts';
import { createSession } from './session/session.ts';
import { App } from './ui/shell/App.tsx';
import { openingOf } from './ui/shell/opening.ts';
import { workerEngine } from './ui/shell/worker-engine.ts';
import './ui/tokens.css';

const settings = readSettings(localStorage, { search: location.search, languages: navigator.languages });
const opening = openingOf(location.hash);
const session = createSession(workerEngine(), opening.scenario, settings);
session.store.subscribe((state, before) => {
  if (state.settings === before.settings) return;
  keepSettings(localStorage, state.settings);
  if (state.settings.locale !== before.settings.locale) forgetAskedLanguage();
});
addEventListener('hashchange', () => {
  const next = openingOf(location.hash);
  if (next.damage === null) session.open(next.scenario);
});

/** A language that is chosen wins over the one in the address, on the next visit too. */
function forgetAskedLanguage(): void {
  const address = new URL(location.href);
  address.searchParams.delete('l');
  history.replaceState(null, '', address);
}

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <App session={session} damage={opening.damage} />
    </StrictMode>,
  );
