// @ts-check
// What is measured: each row makes its input, names our subject and the anchors beside it, and says what to reach.
import { writeFileSync } from 'node:fs';
import { configDump } from './generate/config-dump.mjs';
import { kubeProxyRules, missingRules } from './generate/kube-proxy.mjs';
import { workedExample } from './generate/worked-example.mjs';

/** @typedef {import('./run-once.mjs').Anchor} Anchor */
/**
 * @typedef {object} Row
 * @property {string} name
 * @property {string} what
 * @property {string} unit of the sizes
 * @property {number[]} sizes
 * @property {string} subject
 * @property {(file: string, size: number, seed: number) => void} write
 * @property {(file: string, size: number) => Record<string, Anchor | { subject: string } | { ms: number }>} anchors
 *   a command, another subject in Node, or a recorded figure
 * @property {Goal[]} goals
 */
/**
 * @typedef {object} Goal
 * @property {number} size
 * @property {'ratio' | 'length' | 'ms' | 'megabytes'} of
 * @property {string} [anchor] of a ratio: the anchor, or the fastest when none is named
 * @property {number} most
 */

/** A namespace of its own, so that a table of this machine is never touched.
 *  @param {string} program
 *  @param {string} file
 *  @returns {Anchor} */
const restore = (program, file) => ({
  command: ['unshare', '-n', program, '--test'],
  input: file,
  needsRoot: true,
});

/** @type {readonly Row[]} */
export const rows = [
  {
    name: 'rules',
    what: 'read kube-proxy rules, with spans, ready to walk',
    unit: 'rules',
    sizes: [10_000, 50_000, 100_000],
    subject: 'rules',
    write: (file, size, seed) => writeFileSync(file, kubeProxyRules(size, seed)),
    anchors: (file) => ({
      'iptables-legacy-restore --test': restore('iptables-legacy-restore', file),
      'iptables-nft-restore --test': restore('iptables-nft-restore', file),
    }),
    goals: [
      { size: 100_000, of: 'ratio', most: 0.5 },
      { size: 100_000, of: 'megabytes', most: 300 },
    ],
  },
  {
    name: 'misses',
    what: 'walk one packet through a chain of rules that do not match',
    unit: 'rules',
    sizes: [10_000, 25_000, 50_000],
    subject: 'misses',
    write: (file, size) => writeFileSync(file, missingRules(size)),
    // Linux 6.18 on this kind of machine, legacy tables: 5.6 ns a rule (bench/README.md says how it was measured).
    anchors: (_, size) => ({ 'the kernel, as recorded': { ms: (size * 5.6) / 1e6 } }),
    goals: [{ size: 50_000, of: 'ratio', most: 1 }],
  },
  {
    name: 'worked example',
    what: 'the whole trace of the sample the app opens with, from text, cold',
    unit: 'scenario',
    sizes: [1],
    subject: 'worked-example',
    write: (file) => writeFileSync(file, workedExample()),
    anchors: () => ({}),
    goals: [{ size: 1, of: 'ms', most: 15 }],
  },
  {
    name: 'permalink',
    what: 'write and open the link of the worked example',
    unit: 'scenario',
    sizes: [1],
    subject: 'permalink',
    write: (file) => writeFileSync(file, workedExample()),
    anchors: () => ({ "mermaid.live's way (pako 9, base64url)": { subject: 'pako-link' } }),
    goals: [
      { size: 1, of: 'length', most: 0.5 },
      { size: 1, of: 'ratio', most: 1 },
    ],
  },
  {
    name: 'config dump',
    what: 'read a config_dump into listeners, clusters and routes with spans',
    unit: 'MB',
    sizes: [12.5, 25, 50],
    subject: 'config-dump',
    write: (file, size, seed) => writeFileSync(file, configDump(size, seed)),
    anchors: (file) => ({
      'JSON.parse': { subject: 'json-parse' },
      "jq '.configs|length'": { command: ['jq', '.configs|length', file] },
    }),
    goals: [
      { size: 50, of: 'ratio', anchor: 'JSON.parse', most: 1.5 },
      { size: 50, of: 'ratio', anchor: "jq '.configs|length'", most: 0.4 },
    ],
  },
];
