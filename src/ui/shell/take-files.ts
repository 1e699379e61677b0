// Files that were handed in -> what the session opens: a case, a text, or a text too large for the page, which is held.
import { scenarioOfPaste, type Scenario } from '../../engine/scenario.ts';
import { HELD_FROM, isHeld, type Holding } from '../../session/held.ts';
import { scenarioOfFile } from '../../session/library.ts';
import type { Session } from '../../session/session.ts';
import { headOf, type DroppedFile } from './dropped.ts';

/** Opens a scenario file; any other text goes where texts go: into the pod in front, or a case of its own. */
export async function takeFiles(
  session: Session,
  holding: Holding,
  files: readonly DroppedFile[],
): Promise<void> {
  const [only] = files;
  const opened = only && files.length === 1 ? await caseIn(only) : null;
  if (opened) return session.open(opened);
  const size = files.reduce((sum, { file }) => sum + file.size, 0);
  if (size > HELD_FROM) return putPaste(session, (before) => heldText(holding, before, files));
  const texts = await Promise.all(files.map(titled));
  putPaste(session, (before) => joined([...before, ...texts]));
}

/** Opens one file as a case of its own. */
export async function openFile(session: Session, holding: Holding, only: DroppedFile): Promise<void> {
  const { name, file } = only;
  const title = name.replace(/\.[^.]*$/, '');
  const paste = async () => (file.size > HELD_FROM ? holding.hold(file) : file.text());
  session.open((await caseIn(only)) ?? { ...scenarioOfPaste(await paste()), title });
}

/** The scenario that a file holds; null when it holds anything else. A large one is told by its beginning. */
async function caseIn({ name, file }: DroppedFile): Promise<Scenario | null> {
  if (file.size > HELD_FROM && !/^\s*\{\s*"version"\s*:\s*1\b/.test(await headOf(file))) return null;
  const text = await file.text();
  const read = scenarioOfFile(name, text);
  return read.pods[0]?.paste === text ? null : read;
}

/** Behind the paste of the pod in front; a worked case, or none at all, makes way. */
function putPaste(session: Session, paste: (before: readonly string[]) => string): void {
  const { origin, scenario, pod } = session.store.getState();
  const before = scenario.pods[pod]?.paste ?? '';
  if (origin || scenario.pods.length === 0) session.open(scenarioOfPaste(paste([])));
  else session.setPaste(pod, paste(before.trim() === '' ? [] : [before]));
}

/** A file among others is under its name, which a reader of the text can see and the engine takes as a note. */
function titleOf(name: string): string {
  return `# ${name}\n`;
}

async function titled({ name, file }: DroppedFile, _: number, all: readonly DroppedFile[]): Promise<string> {
  const text = await file.text();
  return all.length === 1 ? text : `${titleOf(name)}${text.trimEnd()}\n`;
}

function joined(texts: readonly string[]): string {
  return texts.map((text, i) => (i < texts.length - 1 ? `${text.trimEnd()}\n` : text)).join('\n');
}

/** One text of all files and of what was there before, without reading any of them. */
function heldText(holding: Holding, before: readonly string[], files: readonly DroppedFile[]): string {
  const old = before.map((text) => (isHeld(text) ? (holding.all().get(text) ?? '') : text));
  const parts = files.flatMap(({ name, file }) => (files.length === 1 ? [file] : [titleOf(name), file]));
  return holding.hold(new Blob([...old, ...parts].flatMap((part, i) => (i === 0 ? [part] : ['\n', part]))));
}
