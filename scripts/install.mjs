// @ts-check
// Makes `npm start`, `npm test` and `npm run cli` work on a fresh clone: installs from the lock file when
// node_modules is missing or does not hold what the lock file names.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** @typedef {Record<string, { version?: string, optional?: boolean }>} LockedPackages */

/**
 * @param {string} path
 * @returns {LockedPackages}
 */
function lockedPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
}

/** npm writes what it installed into node_modules/.package-lock.json; platform packages of other systems are absent there. */
function isInstalled() {
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const present = lockedPackages(hidden);
  return Object.entries(lockedPackages(join(root, 'package-lock.json'))).every(
    ([path, wanted]) =>
      path === '' || (present[path] ? present[path].version === wanted.version : wanted.optional),
  );
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) return;
  console.error(
    `Sidetrace needs Node 20.19 or newer in the 20 line, or 22.12 or newer; this is ${process.versions.node}.`,
  );
  process.exit(1);
}

/** Installs if needed. Ends the process with a message when npm fails. */
export function ensureInstalled() {
  checkNode();
  if (isInstalled()) return;
  console.error('Installing the packages of package-lock.json …');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (npm.status === 0) return;
  console.error('npm ci failed; its message stands above. Check the network, then try again.');
  process.exit(1);
}
