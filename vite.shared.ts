// What the builds of the page have in common.
import { readFileSync } from 'node:fs';
import type { UserConfig } from 'vite';

export const shared: UserConfig = {
  base: './', // any sub-path works: all state is in the fragment
  worker: { format: 'es' },
  // Built in, so that the page needs no request to show it.
  define: { CONFORMANCE: readFileSync('public/conformance.json', 'utf8') },
  // Its polyfill would ask for files by fetch, which the Content-Security-Policy forbids.
  build: { target: 'es2022', modulePreload: { polyfill: false } },
};
