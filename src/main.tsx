// The page: opens what the address names, else what was left at the last visit, else the first sample; remembers the
// settings and the work at hand; puts the screen on.
import { startTransition, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { loadPseudo, loadWords } from './i18n/load.ts';
import { keepDrafts, readDraft } from './session/draft.ts';
import { makeWords, type Words } from './i18n/words.ts';
import { createSession, type Session } from './session/session.ts';
import { keepSettings, readSettings } from './session/settings.ts';
import { App } from './ui/shell/App.tsx';
import { NARROW } from './ui/narrow.ts';
import { opensOnFirstSample } from './ui/shell/first-visit.ts';
import { firstTables } from './ui/shell/first-words.ts';
import { keepOffline } from './ui/shell/offline.ts';
import { knownAnswer, openingOf, openingWithout, versionOf } from './ui/shell/opening.ts';
import { linkReader } from './ui/shell/link-reader.ts';
import { askedOverlay } from './ui/shell/overlay.ts';
import { pageMemory } from './ui/shell/storage.ts';
import { workerEngine } from './ui/shell/worker-engine.ts';
import { whenIdle } from './ui/idle.ts';
import './ui/tokens.css';

/** Milliseconds after which the engine is fetched for what may be pasted. */
const WARM_LATEST = 5000;

const engine = workerEngine();
const readLink = linkReader(engine);
const memory = pageMemory();
const settings = readSettings(memory, { search: location.search, languages: navigator.languages });

const asked = new URLSearchParams(location.search);

/** A language or a theme that is chosen wins over the one in the address, on the next visit too. */
function forgetAsked(name: 'l' | 't'): void {
  const address = new URL(location.href);
  address.searchParams.delete(name);
  history.replaceState(null, '', address);
}

function follow(session: Session): void {
  session.store.subscribe((state, before) => {
    if (state.settings === before.settings) return;
    keepSettings(memory, state.settings);
    if (state.settings.locale !== before.settings.locale) forgetAsked('l');
    if (state.settings.theme !== before.settings.theme) forgetAsked('t');
  });
  addEventListener('hashchange', () => {
    void openingOf(location.hash, readLink).then((next) => {
      if (next && next.damage === null) session.open(next.first.scenario, next.first.origin);
    });
  });
  keepDrafts(session, memory, engine.holding);
}

function askedHop(): number | null {
  const asked = Number(new URLSearchParams(location.search).get('hop'));
  return Number.isInteger(asked) && asked > 0 ? asked : null;
}

/** The link this page was opened by: its fragment, or what a program that carried it has made of the fragment. */
function ownLink(): string {
  return /(?:%23|[/?&])s1\./.test(location.href) ? location.href : location.hash;
}

async function embed(root: HTMLElement): Promise<void> {
  const [words, opening] = await Promise.all([loadWords(settings.locale), openingOf(ownLink(), readLink)]);
  const { Embedded } = await import('./ui/embed/Embedded.tsx');
  const { connectParent } = await import('./ui/embed/messages.ts');
  const first = opening?.first ?? (await openingWithout(null));
  const session = createSession(engine, first, settings, { last: null, hop: askedHop() });
  createRoot(root).render(
    <StrictMode>
      <Embedded session={session} words={words} />
    </StrictMode>,
  );
  connectParent(session, readLink);
}

async function notes(root: HTMLElement, id: string): Promise<void> {
  const words = await loadWords(settings.locale);
  const { NotesPage } = await import('./ui/present/NotesPage.tsx');
  createRoot(root).render(
    <StrictMode>
      <NotesPage id={id} words={words} settings={settings} />
    </StrictMode>,
  );
}

/** On a phone, a first visitor's screen begins with its own sentences alone: the others come when they are wanted. */
async function wordsAtFirst(): Promise<Words> {
  if (asked.has('pseudo')) return loadPseudo();
  const few = opensOnFirstSample(memory) && matchMedia(NARROW).matches;
  const tables = few ? await firstTables(settings.locale) : null;
  return tables ? makeWords(settings.locale, tables, false) : loadWords(settings.locale);
}

async function start(root: HTMLElement): Promise<void> {
  const [words, opening, draft] = await Promise.all([
    wordsAtFirst(),
    openingOf(ownLink(), readLink),
    readDraft(engine.holding),
  ]);
  const last = opening && draft ? await versionOf(draft) : null;
  const first = opening?.first ?? (await openingWithout(draft));
  const simulation = await knownAnswer(first);
  const session = createSession(engine, first, settings, { last, hop: askedHop(), simulation });
  follow(session);
  const page = createRoot(root);
  // A transition is rendered in slices: the page stays alive while it is built behind the first screen.
  startTransition(() =>
    page.render(
      <StrictMode>
        <App
          session={session}
          engine={engine}
          words={words}
          damage={opening?.damage ?? null}
          overlay={askedOverlay(location.search)}
        />
      </StrictMode>,
    ),
  );
  if (simulation) whenIdle(() => engine.warm(first.scenario), WARM_LATEST);
}

const root = document.getElementById('root');
const isEmbedded = asked.has('embed');
const notesOf = asked.get('notes');
if (root) void (isEmbedded ? embed(root) : notesOf !== null ? notes(root, notesOf) : start(root));
if (!isEmbedded) keepOffline();
