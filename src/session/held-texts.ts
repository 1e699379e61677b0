// The worker's side of held texts (held.ts): files read as streams, and what was read kept until another is asked for.
import { countLineEnds, gatherText, type TextEnd } from '../base/text-end.ts';
import type { Scenario, ScenarioPod } from '../engine/scenario.ts';
import { isHeld } from './held.ts';

/** Told while a text is read: the part of it that was, from 0 to 1. */
export type Progress = (part: number) => void;

/** Milliseconds between two words of progress. */
const PROGRESS_PAUSE = 50;
/** Characters of a line that are shown. */
const SHOWN = 2000;

export type HeldText = TextEnd;

/** What the page is told of a text, which it does not hold. */
export interface HeldSize extends Omit<HeldText, 'text'> {
  readonly lines: number;
}

export interface HeldTexts {
  readonly hold: (token: string, text: Blob) => void;
  /** The scenario with the texts in place; texts that it does not hold are forgotten. */
  readonly whole: (scenario: Scenario, progress?: Progress) => Promise<Scenario>;
  readonly wholePod: (pod: ScenarioPod) => Promise<ScenarioPod>;
  readonly read: (token: string, progress?: Progress) => Promise<HeldText>;
}

export function createHeldTexts(longest?: number): HeldTexts {
  const blobs = new Map<string, Blob>();
  const texts = new Map<string, Promise<HeldText>>();

  function read(token: string, progress: Progress = () => undefined): Promise<HeldText> {
    const blob = blobs.get(token);
    if (!blob) return Promise.reject(new Error('a text that was held is no longer there'));
    const text = texts.get(token) ?? readText(blob, longest, progress);
    texts.set(token, text);
    return text;
  }
  async function wholePod(pod: ScenarioPod, progress?: Progress): Promise<ScenarioPod> {
    return isHeld(pod.paste) ? { ...pod, paste: (await read(pod.paste, progress)).text } : pod;
  }
  return {
    hold: (token, text) => void blobs.set(token, text),
    read,
    wholePod,
    whole: async (scenario, progress) => {
      const wanted = new Set(scenario.pods.map(({ paste }) => paste));
      for (const token of texts.keys()) if (!wanted.has(token)) texts.delete(token);
      return { ...scenario, pods: await Promise.all(scenario.pods.map((pod) => wholePod(pod, progress))) };
    },
  };
}

async function readText(blob: Blob, longest: number | undefined, progress: Progress): Promise<HeldText> {
  const gathering = gatherText(longest);
  const decoder = new TextDecoder();
  let [bytes, told] = [0, 0];
  progress(0);
  for await (const chunk of chunksOf(blob)) {
    gathering.add(decoder.decode(chunk, { stream: true }));
    bytes += chunk.length;
    if (performance.now() - told < PROGRESS_PAUSE) continue;
    told = performance.now();
    progress(bytes / blob.size);
  }
  progress(1);
  return gathering.end();
}

async function* chunksOf(blob: Blob): AsyncGenerator<Uint8Array> {
  const reader = blob.stream().getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

const known = new WeakMap<HeldText, Uint32Array>();

/** Where each line starts; looked for when first asked, for an answer does not need it. */
export function lineStarts(held: HeldText): Uint32Array {
  const found = known.get(held);
  if (found) return found;
  const { text } = held;
  const starts = new Uint32Array(countLineEnds(text) + 1);
  for (let n = 1, at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1), n += 1)
    starts[n] = at + 1;
  known.set(held, starts);
  return starts;
}

/** Lines from `start` (counted from 0) up to, and without, `end`; long ones are cut. */
export function linesOfText(held: HeldText, start: number, end: number): readonly string[] {
  const { text } = held;
  const starts = lineStarts(held);
  const last = Math.min(end, starts.length);
  return Array.from({ length: Math.max(0, last - start) }, (_, i) => {
    const from = starts[start + i] ?? 0;
    const to = (starts[start + i + 1] ?? text.length + 1) - 1;
    return text.slice(from, Math.min(to, from + SHOWN)).replace(/\r$/, '');
  });
}

/** The first line from `start` on, round to the first one again, that holds the words; null when none does. */
export function findLine(held: HeldText, words: string, start: number): number | null {
  if (words === '') return null;
  const { text } = held;
  const starts = lineStarts(held);
  const from = starts[start] ?? 0;
  const ahead = text.indexOf(words, from);
  const at = ahead >= 0 ? ahead : text.indexOf(words);
  return at < 0 ? null : lineAt(starts, at);
}

function lineAt(starts: Uint32Array, offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
