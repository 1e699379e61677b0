// The screen a first visitor sees, written at build time: the first sample's answer from the engine, and the page around
// it as HTML, so that it is read before any script has come. Replaced by the live page; the build calls this in Node.
import { renderToStaticMarkup } from 'react-dom/server';
import { simulate } from './engine/trace/simulate.ts';
import type { Simulation } from './engine/trace/simulation.ts';
import { wordsOf } from './i18n/languages.ts';
import { redirect127006 } from './samples/redirect-127-0-0-6/sample.ts';
import { createHolding } from './session/held.ts';
import { createSession } from './session/session.ts';
import type { Locale } from './session/settings.ts';
import { App } from './ui/shell/App.tsx';
import type { WorkerEngine } from './ui/shell/worker-engine.ts';

/** What the engine says of the sample that the page opens on. */
export function firstSimulation(): Simulation {
  return simulate(redirect127006.scenario);
}

const NO_ENGINE: WorkerEngine = {
  ask: () => Promise.reject(new Error('nothing is asked at build time')),
  holding: createHolding(),
  whole: (scenario) => Promise.resolve(scenario),
  warm: () => undefined,
  simulate: () => Promise.reject(new Error('nothing is asked at build time')),
};

/** The page as HTML, in one language, without the text of the paste: the editor brings that. */
export function firstScreen(locale: Locale, simulation: Simulation): string {
  const session = createSession(
    NO_ENGINE,
    { scenario: redirect127006.scenario, origin: redirect127006 },
    { locale, theme: 'system', speed: 1 },
    { simulation },
  );
  const html = renderToStaticMarkup(
    <App session={session} engine={NO_ENGINE} words={wordsOf(locale)} damage={null} overlay={null} />,
  );
  return html.replaceAll(/(<textarea[^>]*>)[^<]*| data-testid="[^"]*"/g, '$1');
}
