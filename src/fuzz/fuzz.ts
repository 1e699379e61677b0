// A seed and a number -> one mutated input, and what was done wrong with it: an uncaught error, more than a second, a
// character lost, a place or a proof that is not in the text. The same two give the same input on every machine.
import { readable } from '../base/reading.ts';
import { scenarioOfPaste } from '../engine/scenario.ts';
import { damagedLink, linkFaults } from './link-faults.ts';
import { mutated, swollen } from './mutation.ts';
import { pick, randomOf, type Random } from './random.ts';
import { readerFaults, READERS, readingFaults } from './reading-faults.ts';
import { documentPiece, pastePiece } from './seeds.ts';
import { shareFaults, walkFaults } from './walking-faults.ts';

/** Milliseconds above which an answer counts as a hang. */
const HANG = 1000;

/**
 * `reader`: a piece of a document goes straight to one reader. `paste`: it is told what it is, and read. `walk`: the
 * journey too, and its picture. `share`: the link and the anonymised copy too. `link`: a link, not a paste.
 */
export type Way = 'reader' | 'paste' | 'walk' | 'share' | 'link';

export interface Input {
  readonly way: Way;
  readonly text: string;
  /** The reader that a piece is given to, as a place in the table of kinds. */
  readonly reader: number;
}

export interface Fault {
  readonly kind: 'throw' | 'hang' | 'wrong';
  readonly detail: string;
}

/** Most inputs go where a fault is cheap to find: into parsers. */
function wayOf(n: number): Way {
  if (n % 200 === 0) return 'share';
  if (n % 10 === 0) return 'walk';
  if (n % 20 === 1) return 'link';
  return n % 2 === 0 ? 'paste' : 'reader';
}

function readerOf(kind: string, random: Random): number {
  const own = READERS.flatMap((reader, i) => (reader.kind === kind ? [i] : []));
  return own.length > 0 && random(4) > 0 ? pick(random, own) : random(READERS.length);
}

/** One behind the other, or in the midst of it. */
function spliced(text: string, other: string, random: Random): string {
  const at = random(2) === 0 ? text.length : random(text.length + 1);
  return `${text.slice(0, at)}\n${other}${text.slice(at)}`;
}

/** Input `n` of a seed. */
export function inputOf(seed: number, n: number): Input {
  const random = randomOf(Math.imul(seed, 0x9e3779b1) + n);
  const way = wayOf(n);
  if (way === 'link') return { way, text: damagedLink(random), reader: 0 };
  const { kind, text } = documentPiece(random);
  const whole = way === 'reader' || random(3) > 0 ? text : spliced(text, pastePiece(random), random);
  const changed = mutated(whole, random);
  return { way, text: n % 25 === 3 ? swollen(changed, random) : changed, reader: readerOf(kind, random) };
}

function wrongWith({ way, text, reader }: Input): string[] {
  const source = { name: 'pod', text };
  switch (way) {
    case 'link':
      return linkFaults(text);
    case 'reader':
      return readerFaults(
        pick((below) => reader % below, READERS),
        text,
      );
    case 'paste':
      return readingFaults(readable(source));
    case 'walk':
      return [...readingFaults(source), ...walkFaults(scenarioOfPaste(text))];
    case 'share':
      return [...walkFaults(scenarioOfPaste(text)), ...shareFaults(scenarioOfPaste(text))];
  }
}

interface Tried {
  readonly faults: readonly Fault[];
  readonly milliseconds: number;
}

/** The less of what the clock and the processor say: on a busy machine the clock runs on without us. */
function tried(input: Input): Tried {
  const started = performance.now();
  const used = process.cpuUsage();
  const done = (faults: readonly Fault[]) => {
    const { user, system } = process.cpuUsage(used);
    return { faults, milliseconds: Math.min(performance.now() - started, (user + system) / 1000) };
  };
  try {
    return done(wrongWith(input).map((detail) => ({ kind: 'wrong', detail })));
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return done([{ kind: 'throw', detail }]);
  }
}

/** What goes wrong with one input. A busy machine is slow once, an input that hangs is slow each time: it is tried thrice. */
export function faultsOf(input: Input): readonly Fault[] {
  const { faults, milliseconds } = tried(input);
  if (milliseconds <= HANG) return faults;
  const least = Math.min(milliseconds, tried(input).milliseconds, tried(input).milliseconds);
  return least <= HANG ? faults : [...faults, { kind: 'hang', detail: `${Math.round(least)} ms` }];
}

/** How often a fault is looked for in shorter and shorter texts. */
const ATTEMPTS = 400;

/** What two faults of one cause have in common. */
export function causeOf({ kind, detail }: Fault): string {
  return `${kind} ${detail.split('\n').slice(0, 2).join(' ').replace(/\d+/g, '#').slice(0, 160)}`;
}

/** A shorter input with the same fault. */
export function shrunk(input: Input, fault: Fault): Input {
  const cause = causeOf(fault);
  let { text } = input;
  let left = fault.kind === 'hang' ? 20 : ATTEMPTS;
  for (let size = text.length >> 1; size > 0; size >>= 1)
    for (let at = 0; at < text.length && left > 0; left -= 1) {
      const shorter = text.slice(0, at) + text.slice(at + size);
      const isSame = faultsOf({ ...input, text: shorter }).some((each) => causeOf(each) === cause);
      if (isSame) text = shorter;
      else at += size;
    }
  return { ...input, text };
}
