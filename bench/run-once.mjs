// @ts-check
// One measurement in a process of its own: a subject of ours, or an anchor's command.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from '../scripts/install.mjs';

/** @typedef {{ ms: number, length?: number }} Recorded milliseconds; characters of what was made, where that is the point */
/** @typedef {Recorded & { megabytes: number, answer?: string }} Measured with the peak memory of the process */
/** @typedef {{ command: string[], input?: string, needsRoot?: boolean }} Anchor a command line; `input` is its stdin */
/** @typedef {{ subject: string, compiled?: boolean }} OfOurs by its name; `compiled`: V8 compiles each function as it loads it */

/**
 * @param {string[]} command
 * @returns {Measured | string} or why it could not be measured
 */
function measured(command) {
  const [file = '', ...args] = command;
  const run = spawnSync(file, args, { encoding: 'utf8', maxBuffer: 1e9 });
  if (run.status === 0) return JSON.parse(run.stdout);
  return (run.stderr || run.error?.message || `exit code ${run.status}`).trim().split('\n').at(-1) ?? '';
}

/** @param {string} program */
function isInstalled(program) {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => existsSync(join(folder, program)));
}

/**
 * @param {string} bundle the module of bench/subjects.ts
 * @param {OfOurs} ours
 * @param {string} file
 */
export function runSubject(bundle, { subject, compiled = false }, file) {
  const flags = ['--max-old-space-size=8192', ...(compiled ? ['--no-lazy'] : [])];
  return measured([process.execPath, ...flags, bundle, subject, file]);
}

/** @param {Anchor} anchor */
export function runAnchor({ command, input = '-', needsRoot = false }) {
  const missing = ['python3', ...command.slice(0, 1)].find((program) => !isInstalled(program));
  if (missing) return `${missing} is not installed`;
  if (needsRoot && process.getuid?.() !== 0) return 'needs root';
  return measured(['python3', join(root, 'bench', 'measure.py'), input, ...command]);
}
