// @ts-check
// The first sample's answer and the screen that shows it, written at build time: the answer as a module, the screen into
// the page, in both languages. What is small and runs at once chooses between them (src/before-paint.ts).
import { pathToFileURL } from 'node:url';
import { bundleOf } from './bundle.mjs';

const ANSWER = 'virtual:first-answer';
const RESOLVED = `\0${ANSWER}`;
const LOCALES = /** @type {const} */ (['en', 'zh']);

/** @returns {Promise<typeof import('../src/first-screen.tsx')>} */
async function builtScreen() {
  return import(pathToFileURL(await bundleOf('src/first-screen.tsx')).href);
}

/** Hidden until one is chosen; dead, so not to be focused or clicked.
 *  @param {Awaited<ReturnType<typeof builtScreen>>} screen */
function screens({ firstScreen, firstSimulation }) {
  const simulation = firstSimulation();
  return LOCALES.map(
    (locale) => `<div class="first" data-locale="${locale}" inert>${firstScreen(locale, simulation)}</div>`,
  ).join('');
}

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
    resolveId: (id) => (id === ANSWER ? RESOLVED : undefined),
    async load(id) {
      if (id !== RESOLVED) return undefined;
      const simulation = builds ? (await builtScreen()).firstSimulation() : null;
      return `export const firstSimulation = JSON.parse(${JSON.stringify(JSON.stringify(simulation))})`;
    },
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle }) {
        if (!bundle || !writes) return html;
        const file = chooserIn(bundle);
        const script = `<script type="module" async src="./${file}"></script>`;
        const written = screens(await builtScreen());
        return html
          .replace('</title>', `</title>\n    ${script}`)
          .replace('<div id="root">', () => `<div id="root">${written}`);
      },
    },
  };
}
