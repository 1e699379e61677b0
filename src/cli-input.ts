// What the commands are given: files, standard input, scenarios, and what is wrong with them in one line.
import { openSync, readFileSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { positionAt } from './base/source.ts';
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

/** What PowerShell writes into a file begins with a mark of UTF-16; all else is UTF-8. */
function decoded(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return bytes.subarray(2).toString('utf16le');
  if (first === 0xfe && second === 0xff && bytes.length % 2 === 0)
    return Buffer.from(bytes.subarray(2)).swap16().toString('utf16le');
  return bytes.toString('utf8');
}

/** The text of a file; - is standard input. */
export function readText(file: string | undefined): string {
  if (file === undefined) throw new UsageError(NO_FILE);
  try {
    return decoded(readFileSync(file === '-' ? 0 : file));
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : 'cannot be read'}`);
  }
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

/** A file in pieces, so that its size does not matter; - is standard input. */
export function* piecesOf(file: string): Generator<string> {
  const buffer = Buffer.alloc(1 << 20);
  const decoder = new StringDecoder('utf8');
  try {
    const descriptor = file === '-' ? 0 : openSync(file, 'r');
    for (let read = readSome(descriptor, buffer); read > 0; read = readSome(descriptor, buffer))
      yield decoder.write(buffer.subarray(0, read));
    yield decoder.end();
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : 'cannot be read'}`);
  }
}
