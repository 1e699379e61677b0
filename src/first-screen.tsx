// The screen a first visitor sees, written at build time: the first sample's answer from the engine, the page around it
// as HTML, so that it is read before any script has come, and the sentences the live page needs to go on from there.
// The build calls this in Node.
import { renderToStaticMarkup } from 'react-dom/server';
import { simulate } from './engine/trace/simulate.ts';
import type { Simulation } from './engine/trace/simulation.ts';
import { en } from './i18n/en.ts';
import { interfaceWords } from './i18n/en/interface.ts';
import { makeWords, type Language, type Words } from './i18n/words.ts';
import { zh } from './i18n/zh.ts';
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

const LANGUAGES: Readonly<Record<Locale, Language>> = { en, zh };

type Tree = { readonly [key: string]: string | Tree };

/** The page as HTML, in one language, without the text of the paste: the editor brings that. */
export function firstScreen(locale: Locale, simulation: Simulation): string {
  return rendered(makeWords(locale, LANGUAGES[locale]), simulation);
}

/**
 * The sentences of the screen: of the interface, of what is said on it, and of the codes in the answer, in every form:
 * `short.X` and `stop.X` speak of X too.
 */
export function firstTables(locale: Locale, simulation: Simulation): Tree {
  const language = LANGUAGES[locale];
  const groups = new Set<string>(Object.keys(interfaceWords));
  const codes = new Set<string>(JSON.stringify(simulation).match(/[a-z][\w-]*(?:\.[\w-]+)+/g));
  const words = makeWords(locale, { ...language, interface: noting(language.interface, groups) });
  const say: Words['say'] = (message) => {
    codes.add(message.code);
    return words.say(message);
  };
  rendered({ ...words, say }, simulation);
  return {
    interface: picked(language.interface, (key) => groups.has(key)),
    codes: picked(language.codes, (code) => codes.has(code) || codes.has(code.slice(code.indexOf('.') + 1))),
  };
}

/** The same tables, which note the groups that are asked for. */
function noting<T extends object>(tables: T, groups: Set<string>): T {
  return new Proxy(tables, {
    get: (own, key) => {
      groups.add(String(key));
      return Reflect.get(own, key);
    },
  });
}

function picked(tree: Tree, wanted: (key: string) => boolean): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([key]) => wanted(key)));
}

function rendered(words: Words, simulation: Simulation): string {
  const session = createSession(
    NO_ENGINE,
    { scenario: redirect127006.scenario, origin: redirect127006 },
    { locale: words.locale, theme: 'system', speed: 1 },
    { simulation },
  );
  const html = renderToStaticMarkup(
    <App session={session} engine={NO_ENGINE} words={words} damage={null} overlay={null} />,
  );
  return html.replaceAll(/(<textarea[^>]*>)[^<]*| data-testid="[^"]*"/g, '$1');
}
