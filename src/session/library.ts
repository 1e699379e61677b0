// A person's own cases, kept in this browser under the names given to them.
import { createStore, del, entries, set, type UseStore } from 'idb-keyval';
import { readScenario, scenarioOfPaste, type Scenario } from '../engine/scenario.ts';
import { freshId } from './fresh-id.ts';

export interface OwnCase {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly saved: number;
  readonly scenario: Scenario;
}

function store(): UseStore {
  return createStore('sidetrace-cases', 'cases');
}

function caseOf(id: string, kept: unknown): OwnCase[] {
  if (typeof kept !== 'object' || kept === null || !('scenario' in kept)) return [];
  const read = readScenario(kept.scenario);
  const saved = 'saved' in kept && typeof kept.saved === 'number' ? kept.saved : 0;
  return 'scenario' in read ? [{ id, saved, scenario: read.scenario }] : [];
}

/** The newest first; what cannot be read is left out, and left alone. */
export async function listCases(): Promise<readonly OwnCase[]> {
  const kept = await entries<string, unknown>(store());
  return kept.flatMap(([id, value]) => caseOf(id, value)).toSorted((a, b) => b.saved - a.saved);
}

/** Saves under the scenario's title: a case of the same name is replaced. */
export async function saveCase(scenario: Scenario): Promise<void> {
  const same = (await listCases()).find((each) => each.scenario.title === scenario.title);
  await set(same?.id ?? freshId(), { saved: Date.now(), scenario }, store());
}

export async function deleteCase(id: string): Promise<void> {
  await del(id, store());
}

/** The text of a scenario file. */
export function fileOf(scenario: Scenario): string {
  return `${JSON.stringify(scenario, null, 2)}\n`;
}

const EMBEDDED = /<script type="application\/json" id="sidetrace-scenario">([^<]*)<\/script>/;

/** What stands in a page that is saved, so that the page can be opened as the case again: data, no script runs. */
function embeddedIn(page: string): string | null {
  return EMBEDDED.exec(page)?.[1] ?? null;
}

/** The element that `embeddedIn` finds. Nothing in it can end it: `<` is escaped as JSON allows. */
export function embedded(scenario: Scenario): string {
  const text = JSON.stringify(scenario).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="sidetrace-scenario">${text}</script>`;
}

/**
 * A file that was handed in: a scenario file is one, a page that was saved with one in it too; any other text is a paste
 * of one pod, named after the file.
 */
export function scenarioOfFile(name: string, text: string): Scenario {
  const read = readScenario(parsed(embeddedIn(text) ?? text));
  if ('scenario' in read) return read.scenario;
  return { ...scenarioOfPaste(text), title: name.replace(/\.[^.]*$/, '') };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
