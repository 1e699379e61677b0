// @ts-check
// npm run -s cli -- COMMAND: bundles src/cli.ts when a source file is newer than the bundle, then runs it.
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, root } from './install.mjs';

const folder = join(root, 'node_modules', '.cache', 'sidetrace');
const bundle = join(folder, 'cli.mjs');

function newestSource() {
  const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true });
  return Math.max(...files.map((file) => statSync(join(file.parentPath, file.name)).mtimeMs));
}

async function build() {
  const { build } = await import('vite');
  const fresh = join(folder, `build-${process.pid}`);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: 'src/cli.ts',
      outDir: fresh,
      rolldownOptions: { output: { entryFileNames: 'cli.mjs', codeSplitting: false } },
    },
  });
  renameSync(join(fresh, 'cli.mjs'), bundle); // in one move: two runs at a time must not read half a file
  rmSync(fresh, { recursive: true });
}

ensureInstalled();
if (!existsSync(bundle) || statSync(bundle).mtimeMs < newestSource()) await build();
const { main } = await import(pathToFileURL(bundle).href);
process.exitCode = await main(process.argv.slice(2));
