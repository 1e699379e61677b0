// Mutated pastes -> what the engine did wrong with them: an uncaught error, more than a second, a character lost, a
// proof that is not in the paste. `npm run fuzz -- --seed N --count N`; a short run is part of the tests.
import type { Span } from './base/source.ts';
import { commandOf } from './documents/command.ts';
import { parseDocuments } from './documents/parse.ts';
import { scenarioOfPaste } from './engine/scenario.ts';
import { simulate } from './engine/trace/simulate.ts';
import type { Evidence } from './engine/trace/trace.ts';
import { anonymise } from './masking/anonymise.ts';
import { decodeFragment, encodeScenario } from './permalink/fragment.ts';
import { samples } from './samples/samples.ts';

/** Milliseconds above which an answer counts as a hang. */
const HANG = 1000;

/** UTF-16 units of a sample that are mutated at a time. */
const PIECE = 1500;

export interface Fault {
  readonly kind: 'throw' | 'hang' | 'lost' | 'span' | 'link';
  readonly detail: string;
  readonly paste: string;
}

export type Random = (below: number) => number;

/** Mulberry32: the same numbers for the same seed, on every machine. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** What parsers stumble over. */
const TOKENS = [
  ...'{}[]",:\\/|!-#$%<>=()\t\r\n'.split(''),
  '\u0000',
  '\ud800',
  '\udfff',
  '\u202e',
  '\ufeff',
  '\u2028',
  '“',
  '&quot;',
  '...',
  '/*',
  '*/',
  '//',
  '__proto__',
  '"constructor":',
  'toString',
  '-A ',
  '-j ',
  '-m ',
  ' ! ',
  '--',
  '0/0',
  '/33',
  '-1',
  '1e999',
  '99999999999999999999',
  '0x',
  '::',
  '255.255.255.256',
  'null',
  '(((a+)+)+)+$',
  '<script>alert(1)</script>',
  'A'.repeat(3000),
  '['.repeat(500),
  '{"a":'.repeat(300),
  '-A X -j X\n',
  '*nat\n',
  'COMMIT\n',
  '"@type": "type.googleapis.com/x"',
  '# ',
  '$ ',
  '- ',
  'table ip x {\n',
];

const PASTES = samples.flatMap(({ scenario }) => scenario.pods.map(({ paste }) => paste));

function pieceOf(random: Random): string {
  const paste = PASTES[random(PASTES.length)] ?? '';
  const at = random(Math.max(1, paste.length - PIECE));
  const start = random(3) === 0 ? at : paste.lastIndexOf('\n', at) + 1;
  return paste.slice(start, start + random(PIECE) + 20);
}

type Mutation = (text: string, at: number, length: number, random: Random) => string;

const MUTATIONS: readonly Mutation[] = [
  (text, at, length) => text.slice(0, at) + text.slice(at + length),
  (text, at, length) => text.slice(0, at + length) + text.slice(at),
  (text, at, _, random) => text.slice(0, at) + (TOKENS[random(TOKENS.length)] ?? '') + text.slice(at),
  (text, at, length, random) =>
    text.slice(0, at) + (TOKENS[random(TOKENS.length)] ?? '') + text.slice(at + length),
  (text, at, _, random) => text.slice(0, at) + String.fromCharCode(random(0x10000)) + text.slice(at + 1),
  (text, at, _, random) => text.slice(0, at) + pieceOf(random) + text.slice(at),
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(at),
  (text, at, length) => text.slice(0, at) + text.slice(at, at + length).repeat(5) + text.slice(at + length),
  (text) => text.split('\n').toReversed().join('\n'),
  (text) => text.replaceAll(' ', '\u00a0'),
  (text) => text.replaceAll('\n', '\r\n'),
];

/** A paste that some person could almost have made. */
export function mutatedPaste(random: Random): string {
  let text = pieceOf(random);
  for (let i = random(5); i >= 0; i -= 1) {
    const mutate = MUTATIONS[random(MUTATIONS.length)];
    if (mutate) text = mutate(text, random(text.length + 1), random(40), random);
  }
  return text;
}

function isIn({ from, to }: Span, text: string): boolean {
  return from >= 0 && from <= to && to <= text.length;
}

/** A line of signs alone, or a command that printed nothing: neither belongs to a document. */
function isBare(line: string): boolean {
  return !/[\p{L}\p{N}]/u.test(line) || commandOf(line, { from: 0, to: line.length }) !== null;
}

/** Every character that is no blank stands in a document, or in a command line above one. */
function lostText(paste: string, spans: readonly Span[]): string {
  let rest = '';
  let at = 0;
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    if (from > at) rest += paste.slice(at, from);
    at = Math.max(at, to);
  }
  return (rest + paste.slice(at)).trim();
}

function readingFaults(paste: string): string[] {
  const documents = parseDocuments({ name: 'pod', text: paste });
  const spans = documents.flatMap(({ span, command }) => (command ? [span, command] : [span]));
  const places = spans.concat(documents.flatMap(({ diagnostics }) => diagnostics.map(({ span }) => span)));
  const outside = places.filter((span) => !isIn(span, paste)).map(({ from, to }) => `span ${from}-${to}`);
  const bare = lostText(paste, spans)
    .split('\n')
    .filter((line) => !isBare(line));
  return bare.length === 0 ? outside : [...outside, `no document holds ${JSON.stringify(bare[0])}`];
}

function isQuoted({ from, to, text }: Evidence, paste: string): boolean {
  const [place = ''] = paste.slice(from, to).trim().split('\n');
  return isIn({ from, to }, paste) && (text.includes(place.trim()) || place.includes(text.trim()));
}

function walkFaults(paste: string): string[] {
  const { trace } = simulate(scenarioOfPaste(paste));
  return trace.hops.flatMap(({ n, evidence }, i) => [
    ...(n === i + 1 ? [] : [`hop ${n} is number ${i + 1}`]),
    ...evidence
      .filter((each) => !each.supplied && !isQuoted(each, paste))
      .map(({ document }) => `evidence of a ${document}`),
  ]);
}

/** Milliseconds of another try: a machine with other work to do is slow once, a paste that hangs is slow always. */
function secondTime(paste: string): number {
  const started = performance.now();
  walkFaults(paste);
  return performance.now() - started;
}

function linkFaults(paste: string): string[] {
  const scenario = scenarioOfPaste(paste);
  const opened = decodeFragment(encodeScenario(scenario));
  return opened.kind === 'scenario' && opened.scenario.pods[0]?.paste === paste ? [] : [opened.kind];
}

/** What goes wrong with one paste. `thorough` writes a link and a copy too. */
export function faultsOf(paste: string, thorough: boolean): Fault[] {
  const started = performance.now();
  try {
    const faults: Fault[] = [
      ...readingFaults(paste).map((detail) => ({ kind: 'span', detail, paste }) as const),
      ...walkFaults(paste).map((detail) => ({ kind: 'span', detail, paste }) as const),
    ];
    const took = performance.now() - started;
    if (took > HANG && secondTime(paste) > HANG)
      faults.push({ kind: 'hang', detail: `${Math.round(took)} ms`, paste });
    if (!thorough) return faults;
    anonymise(scenarioOfPaste(paste), new Uint8Array(16));
    return [...faults, ...linkFaults(paste).map((detail) => ({ kind: 'link', detail, paste }) as const)];
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return [{ kind: 'throw', detail, paste }];
  }
}

/** `count` pastes from `seed` on; `onFault` is told each fault as it is found. Gives how many were found. */
export function fuzz(seed: number, count: number, onFault: (fault: Fault, n: number) => void): number {
  let found = 0;
  for (let n = 0; n < count; n += 1) {
    for (const fault of faultsOf(mutatedPaste(randomOf(seed * 1_000_003 + n)), n % 16 === 0)) {
      found += 1;
      onFault(fault, n);
    }
  }
  return found;
}
