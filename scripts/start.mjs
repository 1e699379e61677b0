// @ts-check
// npm start [-- --port N --host ADDRESS]: installs if needed, builds the app and serves it.
import { parseArgs } from 'node:util';
import { ensureInstalled, root } from './install.mjs';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '5173' }, host: { type: 'string', default: '127.0.0.1' } },
});

ensureInstalled();
const { build, preview } = await import('vite');
console.log('Building Sidetrace …');
await build({ root, logLevel: 'warn' });
const server = await preview({
  root,
  logLevel: 'warn',
  preview: { port: Number(values.port), host: values.host },
});
for (const url of [...(server.resolvedUrls?.local ?? []), ...(server.resolvedUrls?.network ?? [])])
  console.log(`Sidetrace is at ${url} (Ctrl+C stops it)`);
