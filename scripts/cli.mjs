// @ts-check
// npm run -s cli -- COMMAND
import { pathToFileURL } from 'node:url';
import { bundleOf } from './bundle.mjs';

const { main } = await import(pathToFileURL(await bundleOf('src/cli.ts')).href);
process.exitCode = await main(process.argv.slice(2));
