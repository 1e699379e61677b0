// @ts-check
// The scenario of the sample that the app opens with, as a file.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../scripts/install.mjs';

export function workedExample() {
  return execFileSync(
    process.execPath,
    [join(root, 'scripts', 'cli.mjs'), 'permalink', '--open', '#g/redirect-127-0-0-6'],
    { encoding: 'utf8' },
  );
}
