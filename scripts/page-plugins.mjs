// @ts-check
// What the built page adds to the source: a Content-Security-Policy, a service worker that makes it work offline, and,
// for the build of one file, everything inlined.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** @typedef {import('vite').Plugin} Plugin */

/**
 * The page asks nobody for anything (`connect-src 'none'`): what is pasted cannot leave it. Styles may stand in the
 * page, because the editor writes its own; scripts may not.
 * @param {string} scripts
 * @param {string} workers
 */
function policy(scripts, workers) {
  return [
    "default-src 'none'",
    `script-src ${scripts}`,
    `worker-src ${workers}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "manifest-src 'self'",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/**
 * @param {string} html
 * @param {string} content
 */
function withPolicy(html, content) {
  return html.replace(
    /(<meta charset="[^"]*" ?\/?>)/,
    `$1\n    <meta http-equiv="Content-Security-Policy" content="${content}" />`,
  );
}

/** @returns {Plugin} */
export function contentSecurityPolicy() {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: { order: 'post', handler: (html) => withPolicy(html, policy("'self'", "'self'")) },
  };
}

/** @param {string} text */
function hash(text) {
  return createHash('sha256').update(text).digest('base64');
}

/**
 * The same for one file: its only scripts are those that were there when it was built, told by their hashes.
 * @returns {Plugin}
 */
export function policyOfOneFile() {
  return {
    name: 'policy-of-one-file',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'asset' || !file.fileName.endsWith('.html')) continue;
          const icon = readFileSync('public/icon.svg').toString('base64');
          const html = String(file.source)
            .replace(/<link rel="(?:manifest|apple-touch-icon)"[^>]*>\s*/g, '')
            .replace('./icon.svg', () => `data:image/svg+xml;base64,${icon}`);
          const scripts = Array.from(
            html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g),
            ([, text = '']) => text,
          );
          const hashes = scripts.map((text) => `'sha256-${hash(text)}'`).join(' ');
          file.source = withPolicy(html, policy(hashes, 'blob:'));
        }
      },
    },
  };
}

/**
 * Writes `sw.js`: it keeps the files of this build, and answers from them first.
 * @returns {Plugin}
 */
export function serviceWorker() {
  return {
    name: 'service-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const emitted = Object.values(bundle).map((file) =>
          file.type === 'asset' ? file.source : file.code,
        );
        const files = [...Object.keys(bundle), ...readdirSync('public')].filter(
          (name) => !name.endsWith('.map'),
        );
        const version = hash([...files, ...emitted.map(String)].join('\n')).slice(0, 12);
        const source = readFileSync('scripts/service-worker.js', 'utf8')
          .replace('VERSION_OF_BUILD', version)
          .replace("['FILES_OF_BUILD']", JSON.stringify(['./', ...new Set(files)]));
        this.emitFile({ type: 'asset', fileName: 'sw.js', source });
      },
    },
  };
}
