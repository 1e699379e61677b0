// @ts-check
// The first sample's answer and the screen that shows it, written at build time: the answer and its sentences as modules,
// the screen into the page in English, and in Chinese as a module. What is small and runs at once chooses between them
// (src/before-paint.ts).
import { pathToFileURL } from 'node:url';
import { bundleOf } from './bundle.mjs';
import { compiled } from './compiled-words.mjs';

/** @returns {Promise<typeof import('../src/first-screen.tsx')>} */
async function builtScreen() {
  return import(pathToFileURL(await bundleOf('src/first-screen.tsx')).href);
}

/** Dead, so not to be focused or clicked.
 *  @param {'en' | 'zh'} locale */
async function screenIn(locale) {
  const { firstScreen, firstSimulation } = await builtScreen();
  return `<div class="first" data-locale="${locale}" inert>${firstScreen(locale, firstSimulation())}</div>`;
}

/** @param {'en' | 'zh'} locale */
async function tablesIn(locale) {
  const { firstTables, firstSimulation } = await builtScreen();
  return `export const tables = ${JSON.stringify(compiled(firstTables(locale, firstSimulation())))}`;
}

/** What each module holds in a build, and while developing.
 *  @type {Readonly<Record<string, { built: () => Promise<string>, dev: string }>>} */
const MODULES = {
  'virtual:first-answer': {
    built: async () => {
      const text = JSON.stringify((await builtScreen()).firstSimulation());
      return `export const firstSimulation = JSON.parse(${JSON.stringify(text)})`;
    },
    dev: 'export const firstSimulation = null',
  },
  'virtual:first-screen/zh': {
    built: async () => `export const html = ${JSON.stringify(await screenIn('zh'))}`,
    dev: "export const html = ''",
  },
  'virtual:first-words/en': { built: () => tablesIn('en'), dev: 'export const tables = null' },
  'virtual:first-words/zh': { built: () => tablesIn('zh'), dev: 'export const tables = null' },
};

/** @param {import('vite').Rolldown.OutputBundle} bundle */
function chooserIn(bundle) {
  const chooser = Object.values(bundle).find(
    (file) => file.type === 'chunk' && file.facadeModuleId?.endsWith('/before-paint.ts'),
  );
  if (!chooser) throw new Error('before-paint.ts is not in the build');
  return chooser.fileName;
}

/**
 * @param {boolean} writes whether the screen is written into the page, beside the answer
 * @returns {import('vite').Plugin}
 */
export function firstScreen(writes) {
  let builds = false;
  return {
    name: 'first-screen',
    configResolved(config) {
      builds = config.command === 'build';
    },
    buildStart() {
      if (builds && writes) this.emitFile({ type: 'chunk', id: 'src/before-paint.ts' });
    },
    resolveId: (id) => (id in MODULES ? `\0${id}` : undefined),
    async load(id) {
      const module = MODULES[id.slice(1)];
      return module && (builds ? module.built() : module.dev);
    },
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle }) {
        if (!bundle || !writes) return html;
        const file = chooserIn(bundle);
        const script = `<script type="module" async src="./${file}"></script>`;
        const written = await screenIn('en');
        return html
          .replace('</title>', `</title>\n    ${script}`)
          .replace('<div id="root">', () => `<div id="root">${written}`);
      },
    },
  };
}
