// The engine off the main thread: a scenario in, a simulation out; the copy of it that is shared; the rows of a log. Large
// texts come as files and stay here.
import { expose } from 'comlink';
import { allVisible, hidesSomething } from './base/visible.ts';
import type { Scenario, ScenarioPod, ScenarioRequest } from './engine/scenario.ts';
import { openLog as readLog, type LogRow, type LogTable, type OpenLog } from './engine/trace/log-table.ts';
import { rulesOfArguments } from './engine/mesh/rules-of-arguments.ts';
import { compare as compareScenarios, type Comparison } from './engine/compare/compare.ts';
import { applyRemedy, remediesFor as remediesOf, type Applied } from './engine/remedy/apply.ts';
import type { Remedy } from './engine/remedy/remedy.ts';
import { simulate as answer } from './engine/trace/simulate.ts';
import type { Simulation } from './engine/trace/simulation.ts';
import type { SharedCopy, Wanted } from './permalink/shared-copy.ts';
import type { OpenedLink } from './session/held-link.ts';
import { practiceOf } from './session/practice.ts';
import {
  createHeldTexts,
  findLine,
  lineStarts,
  linesOfText,
  type HeldSize,
  type Progress,
} from './session/held-texts.ts';

const texts = createHeldTexts();
let log: OpenLog | null = null;

/** Characters of a paste from which looking through it costs more than looking through the answer. */
const LONG = 1_000_000;

/** What goes onto the screen hides nothing; that is rarely needed, and costs then. */
function shown<T>(scenario: Scenario, result: T): T {
  return scenario.pods.some(({ paste }) => paste.length > LONG || hidesSomething(paste)) ||
    hidesSomething(JSON.stringify(scenario.request))
    ? allVisible(result)
    : result;
}

function answerOf(scenario: Scenario): Simulation {
  const simulation = answer(scenario);
  const pods = simulation.pods.map((pod) => ({ ...shown(scenario, pod), name: pod.name }));
  return { ...shown(scenario, simulation), pods, request: simulation.request };
}

async function simulate(scenario: Scenario, progress?: Progress): Promise<Simulation> {
  return answerOf(await texts.whole(scenario, progress));
}

/** Lets what waits go first. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

async function practise(scenario: Scenario): Promise<void> {
  for (const each of practiceOf(scenario)) {
    answerOf(each);
    await turn(); // a question goes before the next round
  }
}

async function compare(a: Scenario, b: Scenario): Promise<Comparison> {
  const [one, other] = [await texts.whole(a), await texts.whole(b)];
  return shown(one, shown(other, compareScenarios(one, other)));
}

async function remediesFor(scenario: Scenario): Promise<readonly Remedy[]> {
  return remediesOf(await texts.whole(scenario));
}

/** What writes and reads links is fetched when a link is. */
async function sharedCopy(scenario: Scenario, wanted: Wanted): Promise<SharedCopy> {
  const { sharedCopy: copyOf } = await import('./permalink/shared-copy.ts');
  return copyOf(await texts.whole(scenario), wanted);
}

async function openLink(link: string): Promise<OpenedLink> {
  return (await import('./session/opened-link.ts')).openLink(link);
}

/** Opens the access log of a pod; the three calls after it speak of that log. */
async function openLog(pod: ScenarioPod): Promise<LogTable> {
  log = readLog(await texts.wholePod(pod));
  return log.table;
}

function logRows(start: number, end: number): readonly LogRow[] {
  return allVisible(log?.rows(start, end) ?? []);
}

function logFind(words: string, start: number): number | null {
  return log?.find(words, start) ?? null;
}

function logRequest(n: number): ScenarioRequest | null {
  return log?.request(n) ?? null;
}

/** A remedy tried out: what it changes, and the answer after it; null when it changes nothing here. */
export interface Tried extends Applied {
  readonly simulation: Simulation;
}

async function tryRemedy(scenario: Scenario, remedy: Remedy): Promise<Tried | null> {
  const applied = applyRemedy(await texts.whole(scenario), remedy);
  return applied && { ...applied, simulation: answerOf(applied.scenario) };
}

/** How many lines a held text has, and what no string could hold of it. */
async function openText(token: string): Promise<HeldSize> {
  const held = await texts.read(token);
  await turn(); // the answer before the count of lines
  return { lines: lineStarts(held).length, leftOut: held.leftOut, tooLong: held.tooLong };
}

async function textLines(token: string, start: number, end: number): Promise<readonly string[]> {
  return allVisible(linesOfText(await texts.read(token), start, end));
}

async function findInText(token: string, words: string, start: number): Promise<number | null> {
  return findLine(await texts.read(token), words, start);
}

const calls = {
  compare,
  findInText,
  hold: texts.hold,
  logFind,
  logRequest,
  logRows,
  openLink,
  openLog,
  openText,
  practise,
  sharedCopy,
  simulate,
  remediesFor,
  rulesOfArguments,
  textLines,
  tryRemedy,
  whole: (scenario: Scenario) => texts.whole(scenario),
};

/** What the page may ask of the worker. */
export type EngineCalls = typeof calls;

expose(calls);
