/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react';
import { defineConfig, mergeConfig } from 'vite';
import { firstScreen } from './scripts/first-screen.mjs';
import { contentSecurityPolicy, serviceWorker } from './scripts/page-plugins.mjs';
import { shared } from './vite.shared.ts';

export default mergeConfig(
  shared,
  defineConfig({
    plugins: [react(), firstScreen(true), contentSecurityPolicy(), serviceWorker()],
    test: {
      environment: 'node',
      include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
      maxWorkers: 2,
      testTimeout: 30_000, // no test measures time; a loaded machine must not fail one
    },
  }),
);
