// @ts-check
// npm run build:engine [-- FOLDER]: the engine as an ES module with types and no DOM, in dist-engine or that folder.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureInstalled, root } from './install.mjs';

const out = resolve(process.argv[2] ?? join(root, 'dist-engine'));

/** @param {string} folder */
function declare(folder) {
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'src/tsconfig.package.json', '--outDir', folder],
    { cwd: root, stdio: 'inherit' },
  );
  if (status !== 0) process.exit(1);
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (file.endsWith('.d.ts')) {
      const path = join(folder, file);
      writeFileSync(path, readFileSync(path, 'utf8').replace(/(['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'));
    }
}

ensureInstalled();
const { build } = await import('vite');
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: out,
    emptyOutDir: true,
    lib: { entry: 'src/engine-package.ts', formats: ['es'], fileName: 'engine' },
    rolldownOptions: { output: { codeSplitting: false } },
  },
});
declare(join(out, 'types'));
const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const manifest = {
  name: `${name}-engine`,
  version,
  license,
  type: 'module',
  exports: { '.': { types: './types/engine-package.d.ts', default: './engine.js' } },
  sideEffects: false,
};
writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
