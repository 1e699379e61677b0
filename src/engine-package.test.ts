import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** The example of the README, with what its comment promises. */
const [, example = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? [];

test('the package builds, has types, and does what the README says', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'sidetrace-engine-'));
  const built = spawnSync(process.execPath, ['scripts/build-engine.mjs', folder], { encoding: 'utf8' });
  expect(built.stderr + built.stdout, 'the build').not.toMatch(/error/i);
  expect(existsSync(join(folder, 'types/engine-package.d.ts'))).toBe(true);
  expect(readFileSync(join(folder, 'engine.js'), 'utf8')).not.toMatch(/\b(?:document|window)\.\w+\(/);
  writeFileSync(join(folder, 'example.mjs'), example.replace("'sidetrace-engine'", "'./engine.js'"));
  const ran = spawnSync(process.execPath, [join(folder, 'example.mjs')], { encoding: 'utf8' });
  const [, promised] = /console\.log\(.*\/\/ (.*)/.exec(example) ?? [];
  expect(ran.stderr).toBe('');
  expect(ran.stdout.split('\n')[0]).toBe(promised);
  rmSync(folder, { recursive: true });
});
