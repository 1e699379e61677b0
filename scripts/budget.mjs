// @ts-check
// How much JavaScript the page needs before it can answer: the entry and all it imports at once, gzipped. Fails when it
// is more than the budget; what is loaded later (editor, picture, gallery, worker) does not count.
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { root } from './install.mjs';

/** Kilobytes of 1000 bytes. */
const BUDGET = 130;

/**
 * The files that one file of the build imports at once.
 * @param {string} path
 */
function importsOf(path) {
  const text = readFileSync(path, 'utf8');
  const names = Array.from(
    text.matchAll(/(?:^|[;}\s])(?:import|export)(?:[^;'"()]*?from)?\s*["'](\.[^"']+)["']/g),
  );
  return names.map(([, name = '']) => join(dirname(path), name));
}

/**
 * Every file that is loaded with the entry.
 * @param {string} dist
 */
export function entryFiles(dist) {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const waiting = Array.from(html.matchAll(/<script[^>]+src="([^"]+)"/g), ([, name = '']) =>
    join(dist, name),
  );
  /** @type {Set<string>} */
  const found = new Set();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    waiting.push(...importsOf(path));
  }
  return [...found];
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const files = entryFiles(process.argv[2] ?? join(root, 'dist'));
  const size = files.reduce((sum, path) => sum + gzipSync(readFileSync(path), { level: 9 }).length, 0) / 1000;
  console.log(`Entry: ${size.toFixed(1)} kB of ${BUDGET} kB, gzipped, in ${files.length} files`);
  process.exitCode = files.length > 0 && size <= BUDGET ? 0 : 1;
}
