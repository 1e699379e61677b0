// @ts-check
// The tables of a language -> the same with their ICU sentences parsed, at build time: the page formats them and has no
// parser. While developing and in tests they are parsed as they are said.
// https://next-intl.dev/docs/usage/plugin#messages-precompile
import compile from 'icu-minify/compile';
import { pathToFileURL } from 'node:url';
import { bundleOf } from './bundle.mjs';

const LANGUAGE = /\/src\/i18n\/(en|zh|pseudo)\.ts$/;

/** @typedef {{ readonly [key: string]: string | Tree }} Tree */

/**
 * @param {Tree} tree
 * @returns {Record<string, unknown>}
 */
export function compiled(tree) {
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      key,
      typeof value === 'string' ? compile(value) : compiled(value),
    ]),
  );
}

/** @returns {import('vite').Plugin} */
export function compiledWords() {
  return {
    name: 'compiled-words',
    apply: 'build',
    config: () => ({
      resolve: { alias: { 'use-intl/format-message': 'use-intl/format-message/format-only' } },
    }),
    load: {
      filter: { id: LANGUAGE },
      async handler(id) {
        const name = LANGUAGE.exec(id)?.[1] ?? '';
        const tables = await import(pathToFileURL(await bundleOf(`src/i18n/${name}.ts`)).href);
        return `export const ${name} = ${JSON.stringify(compiled(tables[name]))}`;
      },
    },
  };
}
