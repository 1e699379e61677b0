// The command line as scripts call it: what it is given may be anything; it answers in one line, with its exit code.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';

/** The first call bundles the program. */
vi.setConfig({ testTimeout: 60_000 });

const CLI = join(import.meta.dirname, '..', 'scripts', 'cli.mjs');
const folder = mkdtempSync(join(tmpdir(), 'sidetrace-cli-'));
const RULES = '*nat\n-A PREROUTING -p tcp -j REDIRECT --to-ports 15006\nCOMMIT\n';

function fileOf(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function run(args: readonly string[], input: string | Buffer = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { input, encoding: 'utf8' });
  return { status, stdout, stderr };
}

const MANY = JSON.stringify({ version: 1, pods: Array.from({ length: 100_000 }, () => ({})) });

describe('what cannot be read, or is no command, costs one line and exit code 2', () => {
  it.each<[string, readonly string[], string | Buffer, RegExp]>([
    ['no command', [], '', /^usage: /],
    ['a prototype’s name', ['__proto__'], '', /^usage: /],
    ['no file', ['trace'], '', /no file was named/],
    ['two files', ['read', '-', 'other'], RULES, /^other: /],
    ['an option that is none', ['trace', '-', '--bogus'], RULES, /^--bogus: /],
    ['an option that is none of a log', ['access-log', '-', '--bogus'], '', /--bogus/],
    ['a folder', ['trace', folder], '', /EISDIR/],
    ['a file that is not there', ['read', join(folder, 'none')], '', /ENOENT/],
    ['half a scenario', ['trace', '-'], '{"version":1,"pods":[', /^-:1:\d+: /],
    ['a scenario of another version', ['trace', '-'], '{"version":2,"pods":[]}', /version: expected 1/],
    [
      'a hundred thousand pods of nothing',
      ['trace', '-'],
      MANY,
      /^-: pods\.0\.name: .{0,300}and \d+ more\n$/,
    ],
    ['deep nesting', ['trace', '-'], `{"version":1,"pods":${'['.repeat(200_000)}`, /^-:1:/],
    ['a walk of nothing', ['walk'], 'null\n', /^line 1: /],
    ['a damaged link', ['permalink', '--open', '#s1.d2.e3ced780.IUPEYRro2GfwLfFA3fBb'], '', /26 of its 46/],
    ['a key that is none', ['anonymise', '--key', 'zz', '-'], RULES, /^--key: /],
  ])('%s', (_, args, input, said) => {
    const { status, stdout, stderr } = run(args, input);
    expect(stderr).toMatch(said);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect([status, stdout]).toEqual([2, '']);
  });
});

describe('anything else is read as far as it goes', () => {
  it.each<[string, string | Buffer, RegExp]>([
    [
      'bytes that are no UTF-8',
      Buffer.from([0xff, 0x00, 0xc3, 0x28, ...Buffer.from(`\n${RULES}`)]),
      /iptables-save/,
    ],
    ['UTF-16 as PowerShell writes it', Buffer.from(`\ufeff${RULES}`, 'utf16le'), /iptables-save/],
    ['UTF-8 with a mark', `\ufeff${RULES}`, /iptables-save/],
    ['a line of 20 MB', 'A'.repeat(20_000_000), /prose/],
    ['an array of a million', `[${'1,'.repeat(1_000_000)}1]`, /1-1/],
    ['nothing', '', /missing\.rules/],
  ])('%s', (name, content, found) => {
    const { status, stdout, stderr } = run(['read', fileOf(`${name}.txt`, content)]);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(found);
  });

  it('names of prototypes are names of pods', () => {
    const pods = ['__proto__', 'constructor', 'toString'].map((name) => `{"name":"${name}","paste":""}`);
    const { status, stderr } = run(['trace', '-'], `{"version":1,"pods":[${pods.join()}]}`);
    expect([status, stderr]).toEqual([0, '']);
  });
});

it('a reader who has had enough ends it without a word', () => {
  const line =
    '[2024-05-06T09:12:44.123Z] "GET / HTTP/1.1" 200 - via_upstream - "-" 0 60 3 2 "-" "c" "d" "p" "10.1.1.1:80" inbound|80|| 1.1.1.1:1 1.1.1.1:2 1.1.1.1:0 - default\n';
  const log = fileOf('log.txt', line.repeat(20_000));
  const command = `"${process.execPath}" "${CLI}" access-log "${log}" | head -c 10`;
  const { stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
  expect([stdout, stderr]).toEqual(['{"startTim', '']);
});
