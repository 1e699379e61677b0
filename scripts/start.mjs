// @ts-check
// npm start [-- --port N --host ADDRESS]: installs if needed and serves the app from source.
import { parseArgs } from 'node:util';
import { ensureInstalled, root } from './install.mjs';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '5173' }, host: { type: 'string', default: '127.0.0.1' } },
});

ensureInstalled();
const { createServer } = await import('vite');
const server = await createServer({
  root,
  logLevel: 'warn',
  server: { port: Number(values.port), host: values.host },
});
await server.listen();
for (const url of [...(server.resolvedUrls?.local ?? []), ...(server.resolvedUrls?.network ?? [])])
  console.log(`Sidetrace is at ${url} (Ctrl+C stops it)`);
