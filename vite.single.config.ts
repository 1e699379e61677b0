// npm run build:single: one HTML file that opens from a disk, the engine's worker inside it.
import react from '@vitejs/plugin-react';
import { defineConfig, mergeConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { compiledWords } from './scripts/compiled-words.mjs';
import { firstScreen } from './scripts/first-screen.mjs';
import { policyOfOneFile } from './scripts/page-plugins.mjs';
import { shared } from './vite.shared.ts';

export default mergeConfig(
  shared,
  defineConfig({
    plugins: [react(), compiledWords(), firstScreen(false), viteSingleFile(), policyOfOneFile()],
    publicDir: false,
    worker: { format: 'iife' }, // a module worker does not start from file://
    resolve: {
      alias: [
        {
          find: /^(?:\.|\.\.\/shell)\/start-worker\.ts$/,
          replacement: '/src/ui/shell/start-inline-worker.ts',
        },
      ],
    },
    define: { 'import.meta.env.SINGLE_FILE': 'true' },
    build: { outDir: 'dist-single' },
  }),
);
