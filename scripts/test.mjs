// @ts-check
// npm test: installs if needed, then types, lint, unit and conformance tests, and the app in a real browser.
// Every step runs, whatever the one before said; the last line counts: "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, root } from './install.mjs';

ensureInstalled();
const reports = mkdtempSync(join(tmpdir(), 'sidetrace-test-'));
const total = { passed: 0, failed: 0 };

/**
 * @param {string} title
 * @param {string[]} command
 * @param {Record<string, string>} env
 */
function run(title, command, env = {}) {
  console.log(`\n== ${title}`);
  const [program = '', ...args] = command;
  const result = spawnSync(program, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  return result.status === 0;
}

/** @typedef {{ passed: number, failed: number }} Counts */

/** @param {boolean} ok */
function count(ok) {
  total[ok ? 'passed' : 'failed'] += 1;
}

/**
 * A step whose runner writes a JSON report. A runner that fails without naming a failed test counts as one failure.
 * @param {boolean} ok
 * @param {string} report
 * @param {(json: Record<string, unknown>) => Counts} counts
 */
function countReport(ok, report, counts) {
  const { passed, failed } = existsSync(report)
    ? counts(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 0 };
  total.passed += passed;
  total.failed += failed || (ok && passed > 0 ? 0 : 1);
}

const bin = join(root, 'node_modules', '.bin');
count(run('Types', [join(bin, 'tsc'), '--noEmit']));
count(
  run('Types of the pure part, without DOM', [join(bin, 'tsc'), '--noEmit', '-p', 'src/tsconfig.pure.json']),
);
count(run('Lint', [join(bin, 'oxlint'), '--type-aware', '--deny-warnings']));
count(run('Format', [join(bin, 'prettier'), '--check', '--log-level', 'warn', '.']));

const unit = join(reports, 'unit.json');
const unitOk = run('Unit, import rules and conformance', [
  join(bin, 'vitest'),
  'run',
  '--reporter=dot',
  '--reporter=json',
  `--outputFile.json=${unit}`,
]);
countReport(unitOk, unit, (json) => ({
  passed: Number(json['numPassedTests']),
  failed: Number(json['numFailedTests']),
}));

if (
  run('Browser', [process.execPath, 'scripts/browser.mjs']) &&
  run('Build', [join(bin, 'vite'), 'build', '--logLevel', 'warn'])
) {
  count(run('Budget of the entry', [process.execPath, 'scripts/budget.mjs']));
  const e2e = join(reports, 'e2e.json');
  const e2eOk = run(
    'In a real browser',
    [join(bin, 'playwright'), 'test', '-c', 'e2e', '--reporter=list,json'],
    {
      PLAYWRIGHT_JSON_OUTPUT_FILE: e2e,
    },
  );
  countReport(e2eOk, e2e, ({ stats }) => {
    const { expected, unexpected, flaky } = Object(stats);
    if (flaky) console.log(`${flaky} passed only when tried again: see "flaky" above.`);
    return { passed: Number(expected) + Number(flaky), failed: Number(unexpected) };
  });
} else count(false);

rmSync(reports, { recursive: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed ? 1 : 0;
