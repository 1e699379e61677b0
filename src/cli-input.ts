// What the commands are given: files, standard input, scenarios, and what is wrong with them in one line.
import { openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { positionAt } from './base/source.ts';
import { gatherText } from './base/text-end.ts';
import { leftOutOf, readScenario, scenarioOfPaste, type Scenario } from './engine/scenario.ts';

/** A mistake of the caller: its message is the one line on stderr. */
export class UsageError extends Error {}

const NO_FILE = 'no file was named; - is standard input';

/** The one file of a command that has no other arguments than these flags. */
export function fileOf(args: readonly string[], ...flags: readonly string[]): string {
  const [file, ...others] = args.filter((arg) => !flags.includes(arg));
  const [stray] = file !== '-' && file?.startsWith('-') === true ? [file] : others;
  if (stray !== undefined) throw new UsageError(`${stray}: neither the file nor an option of this command`);
  if (file === undefined) throw new UsageError(NO_FILE);
  return file;
}

/** The text of a file; - is standard input. Of more than a string can hold it is the end. */
export function readText(file: string | undefined): string {
  if (file === undefined) throw new UsageError(NO_FILE);
  const gathering = gatherText();
  for (const piece of piecesOf(file)) gathering.add(piece);
  const { text, leftOut, tooLong } = gathering.end();
  if (tooLong)
    throw new UsageError(
      `${file}: a JSON document longer than 500 MB, of which no part answers; print less, for example with istioctl proxy-config listener POD -o json`,
    );
  if (leftOut > 0)
    process.stderr.write(`${file}: longer than 500 MB; its first ${leftOut} lines are left out\n`);
  return text;
}

/** Problems of a scenario that one line tells. */
const TOLD = 5;

/** A scenario is a JSON object with `version` and `pods`; anything else is a paste. */
function looksLikeScenario(text: string): boolean {
  return /^\s*\{/.test(text) && /"pods"\s*:/.test(text) && /"version"\s*:/.test(text);
}

export function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : 'not JSON';
    const offset = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
    const { line, column } = positionAt({ name: file, text }, offset);
    throw new UsageError(`${file}:${line}:${column}: ${message}`, { cause: error });
  }
}

export function scenarioOf(file: string, text: string): Scenario {
  if (!looksLikeScenario(text)) return scenarioOfPaste(text);
  const value = parseJson(file, text);
  const read = readScenario(value);
  if ('scenario' in read) {
    for (const path of leftOutOf(value, read.scenario))
      process.stderr.write(`${file}: ${path}: a scenario has no such field; it is left out\n`);
    return read.scenario;
  }
  const problems = read.problems
    .slice(0, TOLD)
    .map(({ path, expected }) => `${path || 'the scenario'}: expected ${expected}`);
  const more = read.problems.length > TOLD ? `; and ${read.problems.length - TOLD} more` : '';
  throw new UsageError(`${file}: ${problems.join('; ')}${more}`);
}

/** Waits where a pipe that does not block has nothing yet. */
function readSome(descriptor: number, buffer: Buffer): number {
  for (;;)
    try {
      return readSync(descriptor, buffer);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('EAGAIN')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
}

interface Decoder {
  readonly write: (bytes: Buffer) => string;
  readonly end: () => string;
}

/** What PowerShell writes into a file begins with a mark of UTF-16; all else is UTF-8. */
function decoderFor([first, second]: Buffer): Decoder {
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (!marked) return new StringDecoder('utf8');
  const decoder = new TextDecoder(first === 0xff ? 'utf-16le' : 'utf-16be');
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

/** A file in pieces, so that its size does not matter; - is standard input. */
export function* piecesOf(file: string): Generator<string> {
  const buffer = Buffer.alloc(1 << 16);
  let decoder: Decoder | undefined;
  try {
    const descriptor = file === '-' ? 0 : openSync(file, 'r');
    for (let read = readSome(descriptor, buffer); read > 0; read = readSome(descriptor, buffer)) {
      const bytes = buffer.subarray(0, read);
      decoder ??= decoderFor(bytes);
      yield decoder.write(bytes);
    }
    if (decoder) yield decoder.end();
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : 'cannot be read'}`);
  }
}

/** Characters of a case or a question: more is none, and would fill the memory. */
const LONGEST_LINE = 100_000_000;

/** The lines of standard input as they come, without their ends. */
export async function* linesOfInput(): AsyncGenerator<string> {
  let rest = '';
  let number = 1;
  const input: AsyncIterable<string> = process.stdin.setEncoding('utf8');
  for await (const piece of input) {
    const [first = '', ...others] = piece.split('\n');
    rest += first;
    if (rest.length > LONGEST_LINE)
      throw new UsageError(`line ${number}: longer than ${LONGEST_LINE / 1_000_000} MB`);
    const last = others.pop();
    if (last === undefined) continue;
    yield rest;
    yield* others;
    number += others.length + 1;
    rest = last;
  }
  yield rest;
}
