/// <reference types="vitest/config" />
import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: './', // any sub-path works: all state is in the fragment
  plugins: [react()],
  worker: { format: 'es' },
  // Built in, so that the page needs no request to show it.
  define: { CONFORMANCE: readFileSync('public/conformance.json', 'utf8') },
  build: { target: 'es2022' },
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    maxWorkers: 2,
    testTimeout: 30_000, // no test measures time; a loaded machine must not fail one
  },
});
