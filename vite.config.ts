/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react';
import { defineConfig, mergeConfig } from 'vite';
import { compiledWords } from './scripts/compiled-words.mjs';
import { firstScreen } from './scripts/first-screen.mjs';
import { contentSecurityPolicy, serviceWorker } from './scripts/page-plugins.mjs';
import { shared } from './vite.shared.ts';

/** What is loaded at once is one file; what runs before it and chooses the screen stays by itself, for it must be small. */
const ENTRY = [
  {
    name: 'before',
    test: /before-paint\.ts|session\/(?:draft-mark|settings)\.ts|shell\/(?:storage|first-visit|first-words)\.ts|ui\/narrow\.ts|preload-helper|rolldown.runtime/,
    priority: 1,
  },
  { name: 'page', tags: ['$initial' as const] },
];

export default mergeConfig(
  shared,
  defineConfig({
    plugins: [react(), compiledWords(), firstScreen(true), contentSecurityPolicy(), serviceWorker()],
    build: { rolldownOptions: { output: { codeSplitting: { groups: ENTRY } } } },
    test: {
      environment: 'node',
      include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
      maxWorkers: 2,
      testTimeout: 30_000, // no test measures time; a loaded machine must not fail one
    },
  }),
);
