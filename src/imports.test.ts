// The import rules of ARCHITECTURE.md, as data and checked in the test run. Type imports count.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** Alphabetical order is order of flow: a folder may import from those before it. */
const ORDER = [
  'base',
  'documents',
  'engine',
  'graph',
  'i18n',
  'masking',
  'permalink',
  'samples',
  'session',
  'ui',
];
/** Inside engine. Those on one line never see each other. */
const ENGINE_ORDER = [['packet'], ['envoy', 'netfilter'], ['mesh'], ['trace'], ['compare', 'remedy']];
/** The files on top of the pipeline, and the folder of the fuzzer, may import from everywhere. */
const TOP = new Set([
  'before-paint.ts',
  'cli-input.ts',
  'cli.ts',
  'engine-package.ts',
  'first-answer.d.ts',
  'first-screen.tsx',
  'fuzz',
  'main.tsx',
  'worker.ts',
]);

const PURE = ['base', 'documents', 'engine', 'graph', 'i18n', 'masking', 'permalink', 'samples'];
const PURE_PACKAGES = new Set([
  '@noble/hashes',
  '@scure/base',
  'crc-32',
  'fflate',
  'ipaddr.js',
  're2js',
  'use-intl',
  'valibot',
  'yaml',
]);
const SESSION_PACKAGES = new Set(['idb-keyval', 'zustand']);
const NAMELESS = /(?:^|\/)(?:index|utils|types|helpers)\.tsx?$/;

type Files = ReadonlyMap<string, string>;

/** Statements start a line (`from` alone also stands in strings and objects); `import(…)` stands anywhere. */
const IMPORT =
  /^(?:import|export)\s(?:[^'";]*?\bfrom\s*)?['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]/gm;

function importsOf(text: string): string[] {
  return Array.from(text.matchAll(IMPORT), ([, statement, call]) => statement ?? call ?? '');
}

/** A relative import, as a path from src; `?raw` and the like are left out. */
function resolved(path: string, target: string): string {
  return posix.join(posix.dirname(path), target.replace(/\?.*$/, ''));
}

function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}

/** A package's name: `@scope/name` or `name`, without the path inside it. */
function packageOf(target: string): string {
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
}

function engineRank(path: string): number {
  return ENGINE_ORDER.findIndex((line) => line.includes(path.split('/')[1] ?? ''));
}

function engineProblem(from: string, to: string): boolean {
  const [a, b] = [engineRank(from), engineRank(to)];
  if (a < 0 || b < 0) return false; // engine/scenario.ts and the like: no folder of their own
  return b > a || (a === b && from.split('/')[1] !== to.split('/')[1]);
}

function folderProblem(from: string, to: string): boolean {
  const [a = '', b = ''] = [from.split('/')[0], to.split('/')[0]];
  if (TOP.has(a.replace('.test.ts', '.ts'))) return false;
  if (TOP.has(b) && b !== 'worker.ts') return true;
  if (a === 'engine' && b === 'engine') return engineProblem(from, to);
  return ORDER.indexOf(b) > ORDER.indexOf(a);
}

function packageProblem(from: string, target: string): boolean {
  const folder = from.split('/')[0] ?? '';
  if (isTest(from)) return false;
  if (PURE.includes(folder)) return !PURE_PACKAGES.has(packageOf(target));
  if (folder === 'session')
    return !PURE_PACKAGES.has(packageOf(target)) && !SESSION_PACKAGES.has(packageOf(target));
  return false;
}

function cycles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      found.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      return;
    }
    state.set(path, 'open');
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    state.set(path, 'done');
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}

/** Every breach of the rules, as a sentence. */
function breaches(files: Files): string[] {
  const graph = new Map<string, readonly string[]>();
  const found: string[] = [];
  for (const [path, text] of files) {
    if (NAMELESS.test(path) && PURE.includes(path.split('/')[0] ?? ''))
      found.push(`${path}: a file is named after what it owns`);
    const targets = importsOf(text);
    const packages = targets.filter((target) => !target.startsWith('.'));
    const modules = targets
      .filter((target) => target.startsWith('.'))
      .map((target) => resolved(path, target))
      .filter((target) => files.has(target));
    graph.set(path, modules);
    for (const target of modules)
      if (folderProblem(path, target)) found.push(`${path} must not import ${target}`);
    for (const target of packages)
      if (packageProblem(path, target)) found.push(`${path} must not import ${target}`);
  }
  return [...found, ...cycles(graph).map((cycle) => `cycle: ${cycle}`)];
}

function sources(): Files {
  const root = dirname(fileURLToPath(import.meta.url));
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((file) =>
    /\.tsx?$/.test(file.name),
  );
  return new Map(
    files.map((file) => {
      const path = join(file.parentPath, file.name);
      return [relative(root, path).replaceAll(sep, '/'), readFileSync(path, 'utf8')];
    }),
  );
}

test('the tree keeps the import rules', () => {
  const files = sources();
  expect(files.size).toBeGreaterThan(20);
  expect(breaches(files)).toEqual([]);
});

const from = (target: string): string => `import type { X } from '${target}';`;
test.each([
  ['a folder further down', { 'base/a.ts': from('../documents/b.ts'), 'documents/b.ts': '' }],
  ['envoy from netfilter', { 'engine/netfilter/a.ts': from('../envoy/b.ts'), 'engine/envoy/b.ts': '' }],
  ['trace from mesh', { 'engine/mesh/a.ts': from('../trace/b.ts'), 'engine/trace/b.ts': '' }],
  ['React in the pure part', { 'graph/a.ts': from('react') }],
  ['React Flow in the pure part', { 'graph/a.ts': from('@xyflow/react') }],
  ['React in the store', { 'session/a.ts': from('react') }],
  ['node in the pure part', { 'base/a.ts': from('node:fs') }],
  ['a cycle', { 'base/a.ts': from('./b.ts'), 'base/b.ts': from('./a.ts') }],
  ['a barrel', { 'base/index.ts': '' }],
])('the rules find %s', (_, files) => expect(breaches(new Map(Object.entries(files)))).toHaveLength(1));
