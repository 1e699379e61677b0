// @ts-check
// One TypeScript entry -> one module that Node runs, kept until a source file is newer.
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { ensureInstalled, root } from './install.mjs';

const folder = join(root, 'node_modules', '.cache', 'sidetrace');

/** @param {string} path */
function newestIn(path) {
  const files = readdirSync(path, { recursive: true, withFileTypes: true });
  return Math.max(...files.map((file) => statSync(join(file.parentPath, file.name)).mtimeMs));
}

/**
 * @param {string} entry
 * @param {string} name
 * @param {string} bundle
 */
async function build(entry, name, bundle) {
  const { build } = await import('vite');
  const fresh = join(folder, `build-${name}-${process.pid}`);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    define: { CONFORMANCE: readFileSync(join(root, 'public', 'conformance.json'), 'utf8') }, // as vite.shared.ts
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir: fresh,
      rolldownOptions: { output: { entryFileNames: `${name}.mjs`, codeSplitting: false } },
    },
  });
  renameSync(join(fresh, `${name}.mjs`), bundle); // in one move: two runs at a time must not read half a file
  rmSync(fresh, { recursive: true });
}

/** @type {Map<string, Promise<string>>} */
const bundles = new Map();

/**
 * Installs if needed, bundles if needed; asked twice, once.
 * @param {string} entry path of the .ts or .tsx file, from the project's root
 * @returns {Promise<string>} path of the module
 */
export function bundleOf(entry) {
  const bundle = bundles.get(entry) ?? freshBundle(entry);
  bundles.set(entry, bundle);
  return bundle;
}

/** @param {string} entry */
async function freshBundle(entry) {
  ensureInstalled();
  const name = basename(entry, extname(entry));
  const bundle = join(folder, `${name}.mjs`);
  const newest = Math.max(newestIn(join(root, 'src')), newestIn(join(root, dirname(entry))));
  if (!existsSync(bundle) || statSync(bundle).mtimeMs < newest) await build(entry, name, bundle);
  return bundle;
}
