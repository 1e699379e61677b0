// @ts-check
// What is measured: each row makes its input, names our subject and the anchors beside it, and says what to reach.
import { appendFileSync, writeFileSync } from 'node:fs';
import { accessLog } from './generate/access-log.mjs';
import { configDump } from './generate/config-dump.mjs';
import { mixedListener, wideListener, wideRoutes } from './generate/envoy-lookup.mjs';
import { kubeProxyRules, missingRules } from './generate/kube-proxy.mjs';
import { workedExample } from './generate/worked-example.mjs';

/** @typedef {import('./run-once.mjs').Anchor} Anchor */
/** @typedef {import('./run-once.mjs').OfOurs} OfOurs */
/**
 * @typedef {object} Row
 * @property {string} name
 * @property {string} what
 * @property {string} unit of the sizes
 * @property {number[]} sizes
 * @property {number} [tiny] a size so small that nothing of it counts: what grows is judged above its cost
 * @property {number} [runs] medians of so many are enough; 3 where nothing is said
 * @property {string} subject
 * @property {(file: string, size: number, seed: number) => void} write
 * @property {(file: string, size: number) => Record<string, Anchor | OfOurs | { ms: number }>} anchors
 *   a command, another subject in Node, or a recorded figure
 * @property {Goal[]} goals
 * @property {number} [mostGrowth] the largest exponent with which time and memory may grow
 */
/**
 * @typedef {object} Goal
 * @property {number} size
 * @property {'ratio' | 'length' | 'ms' | 'megabytes' | 'other answers'} of
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

/** goaccess's words for Istio's default format. https://goaccess.io/man#custom-log */
const GOACCESS = [
  '--log-format=[%dT%t.%^] "%m %U %H" %s %^ %^ %^ "%^" %^ %b %L %^ "%^" "%u" "%^" "%v" "%^" %^ %^ %^ %h:%^ %^ %^',
  '--date-format=%Y-%m-%d',
  '--time-format=%H:%M:%S',
  '--no-progress',
  '-o',
  'json',
];

/** @param {string} file */
const gawk = (file) => [
  'gawk',
  '-v',
  'FPAT=([^ ]+)|("[^"]+")',
  '{ ids[$15] = 1 } END { print length(ids) }',
  file,
];

/**
 * @param {string} file
 * @param {number} size
 * @param {number} seed
 */
function writeLog(file, size, seed) {
  writeFileSync(file, '');
  for (const piece of accessLog(size, seed)) appendFileSync(file, piece);
}

/** An answer about kube-proxy's rules in a process that has given one.
 *  @param {string} name
 *  @param {string} what
 *  @param {string} subject
 *  @param {number} most of the first answer
 *  @returns {Row} */
const laterAnswer = (name, what, subject, most) => ({
  name,
  what,
  unit: 'rules',
  sizes: [25_000, 50_000, 100_000],
  subject,
  write: (file, size, seed) => writeFileSync(file, kubeProxyRules(size, seed)),
  anchors: () => ({ 'the first answer': { subject: 'first-answer' } }),
  goals: [{ size: 100_000, of: 'ratio', most }],
});

/** A question to an index, beside the same asked of one candidate after the other.
 *  @param {Omit<Row, 'anchors' | 'goals'>} row
 *  @param {number} size at which it is judged
 *  @param {string} plain the subject that has no index
 *  @returns {Row} */
const lookup = (row, size, plain) => ({
  ...row,
  anchors: () => ({ 'one after the other': { subject: plain } }),
  goals: [
    { size, of: 'ratio', most: 1 / 50 },
    { size, of: 'other answers', most: 0 },
  ],
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
  laterAnswer('another request', 'the answer to another request to the same rules', 'another-request', 0.1),
  laterAnswer('edited line', 'the answer after one line of the rules was edited', 'edited-line', 0.2),
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
    anchors: () => ({
      'the same, each function compiled when it was loaded': { subject: 'worked-example', compiled: true },
      "the same, after practice like the page's": { subject: 'practised-example' },
      'loading the engine, before it': { subject: 'loading' },
    }),
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
  lookup(
    {
      name: 'filter chain',
      what: 'find a filter chain of a listener, after the first question',
      unit: 'filter chains',
      sizes: [1000, 2000, 4000],
      subject: 'filter-chains',
      write: (file, size) => writeFileSync(file, wideListener(size)),
    },
    4000,
    'plain-filter-chains',
  ),
  lookup(
    {
      name: 'mixed filter chain',
      what: 'the same among chains of four shapes: by port, range, server name and source',
      unit: 'filter chains',
      sizes: [1000, 2000, 4000],
      subject: 'filter-chains',
      write: (file, size, seed) => writeFileSync(file, mixedListener(size, seed)),
    },
    4000,
    'plain-closest-chains',
  ),
  lookup(
    {
      name: 'virtual host',
      what: 'find a virtual host of a route configuration, after the first question',
      unit: 'virtual hosts',
      sizes: [5000, 10_000, 20_000],
      subject: 'virtual-hosts',
      write: (file, size) => writeFileSync(file, wideRoutes(size)),
    },
    20_000,
    'plain-virtual-hosts',
  ),
  {
    name: 'access log',
    what: "read a log of Istio's format and index it by cluster, code, address and request id",
    unit: 'lines',
    sizes: [250_000, 500_000, 1_000_000],
    subject: 'access-log',
    write: writeLog,
    // Minutes are not spent on what takes long and tells no more: each of these is run where it is of use.
    anchors: (file, size) => ({
      'lnav, index only': { command: ['lnav', '-n', '-c', ':quit', file] },
      ...(size < 1_000_000 ? {} : { 'goaccess, all panels': { command: ['goaccess', file, ...GOACCESS] } }),
      ...(size > 250_000 ? {} : { 'gawk, quoted fields, distinct request ids': { command: gawk(file) } }),
    }),
    goals: [
      { size: 1_000_000, of: 'ratio', anchor: 'lnav, index only', most: 1 },
      { size: 1_000_000, of: 'ratio', anchor: 'goaccess, all panels', most: 0.15 },
    ],
  },
];
