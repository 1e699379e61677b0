// The engine without a screen: `npm run -s cli -- COMMAND`. Exit 0 on success, 1 when `expect` does not hold,
// 2 on wrong usage or unreadable input, with one line on stderr that says what and where.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { deflateSync } from 'node:zlib';
import { setImmediate as turn } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { fileOf, linesOfInput, parseJson, piecesOf, readText, scenarioOf, UsageError } from './cli-input.ts';
import type { JsonNode } from './base/json.ts';
import { readJson } from './base/json-reader.ts';
import type { AccessLogEntry } from './documents/accesslog/entry.ts';
import { givenFormat, NO_FORMATS, type GivenFormats } from './documents/accesslog/given-format.ts';
import { createEntryStream, type StreamedEntry } from './documents/accesslog/stream.ts';
import { conditionOf, type Condition } from './documents/accesslog/where.ts';
import { mergeConfigs, type ProxyConfig } from './documents/envoy/config.ts';
import { parseDocuments } from './documents/parse.ts';
import { answerFilterChain } from './engine/envoy/commands/filter-chain.ts';
import { answerProxyHeader } from './engine/envoy/commands/proxy-header.ts';
import { answerRoute } from './engine/envoy/commands/route.ts';
import { answerXff } from './engine/envoy/commands/xff.ts';
import { clusterTable } from './engine/mesh/istioctl/clusters.ts';
import { endpointTable } from './engine/mesh/istioctl/endpoints.ts';
import { readFlags, type Flags } from './engine/mesh/istioctl/filters.ts';
import { listenerTable } from './engine/mesh/istioctl/listeners.ts';
import { routeTable } from './engine/mesh/istioctl/routes.ts';
import { CaseSchema } from './engine/netfilter/case.ts';
import { answerCase } from './engine/netfilter/cases.ts';
import { simulate } from './engine/trace/simulate.ts';
import { brokenExpectations } from './engine/trace/expect.ts';
import { printTrace } from './engine/trace/print.ts';
import type { FoundDocument, FoundPod } from './engine/trace/simulation.ts';
import { en } from './i18n/en.ts';
import { makeWords } from './i18n/words.ts';
import { anonymise } from './masking/anonymise.ts';
import { decodeFragment, encodeScenario } from './permalink/fragment.ts';
import { sampleOf, samples } from './samples/samples.ts';

/** False when whoever reads it has not kept up. */
function print(text: string): boolean {
  return process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Prints one of many pieces, and waits for the reader: what is not read yet is held in memory. */
async function printPiece(text: string): Promise<void> {
  if (!print(text)) await once(process.stdout, 'drain');
}

function trace(args: readonly string[]): number {
  const file = fileOf(args, '--json');
  const scenario = scenarioOf(file, readText(file));
  const { trace } = simulate(scenario);
  print(args.includes('--json') ? JSON.stringify(trace, null, 2) : printTrace(trace));
  const broken = brokenExpectations(trace, scenario.expect ?? {});
  for (const { field, expected, actual } of broken)
    console.error(`expect.${field}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
  return broken.length === 0 ? 0 : 1;
}

/** `?` where nothing tells which of several pods a document is of. */
function ownerText({ pod, belongs }: FoundDocument, pane: string): string {
  return belongs === 'asked' ? '?' : (pod ?? (belongs === 'none' ? '-' : pane));
}

function documentLines(document: FoundDocument, pane: string): string[] {
  const { kind, command, firstLine, lastLine, facts, problems } = document;
  const details = facts.map(({ code, parameters }) =>
    `${code} ${Object.values(parameters).join(' ')}`.trim(),
  );
  const printed = command === null ? '' : `  $ ${command.replace(/\s+/g, ' ')}`;
  return [
    `${ownerText(document, pane)}  ${firstLine}-${lastLine}  ${kind}  ${details.join(', ')}${printed}`,
    ...problems.map(
      (p) => `    ${p.line}:${p.column}  ${p.severity}  ${p.code}  ${JSON.stringify(p.parameters)}`,
    ),
  ];
}

function foundLines({ name, documents, missing }: FoundPod): string[] {
  return [
    ...documents.flatMap((document) => documentLines(document, name)),
    ...missing.flatMap(({ code, commands }) => [
      `${name}  ${code}`,
      ...commands.map(({ variant, text }) => `    ${variant}  $ ${text}`),
    ]),
  ];
}

function read(args: readonly string[]): number {
  const file = fileOf(args, '--json');
  const { pods } = simulate(scenarioOf(file, readText(file)));
  print(
    args.includes('--json')
      ? JSON.stringify({ version: 1, pods }, null, 2)
      : pods.flatMap(foundLines).join('\n'),
  );
  return 0;
}

/** The links of all samples beside mermaid.live's way: JSON, zlib at level 9, URL-safe base64. */
function linkLengths(): string {
  const rows = samples.map(({ id, scenario }) => {
    const theirs = deflateSync(JSON.stringify(scenario), { level: 9 }).toString('base64url').length;
    const ours = encodeScenario(scenario).length;
    return `| ${id} | ${theirs} | ${ours} | ${Math.round((100 * ours) / theirs)} % |`;
  });
  return ['| sample | mermaid.live’s way | Sidetrace | |', '| --- | --: | --: | --: |', ...rows].join('\n');
}

function permalink(args: readonly string[]): number {
  if (args[0] === '--lengths') {
    print(linkLengths());
    return 0;
  }
  if (args[0] !== '--open') {
    const file = fileOf(args);
    print(encodeScenario(scenarioOf(file, readText(file))));
    return 0;
  }
  const opened = decodeFragment(args[1] ?? '');
  const scenario =
    opened.kind === 'scenario'
      ? opened.scenario
      : opened.kind === 'sample'
        ? sampleOf(opened.id)?.scenario
        : undefined;
  if (!scenario)
    throw new UsageError(
      opened.kind === 'damaged'
        ? `${opened.code}: ${makeWords('en', en).say(opened)}`
        : 'no scenario in that link',
    );
  print(JSON.stringify(scenario, null, 2));
  return 0;
}

/** The copy for strangers as a scenario; what became of the original on stderr. `--key HEX` makes the same copy again. */
function anonymised(args: readonly string[]): number {
  const at = args.indexOf('--key');
  const hex = at < 0 ? randomBytes(16).toString('hex') : (args[at + 1] ?? '');
  if (!/^(?:[0-9a-f]{2}){16,}$/i.test(hex)) throw new UsageError('--key: expected 32 hexadecimal digits');
  const file = fileOf(args.filter((_, i) => at < 0 || (i !== at && i !== at + 1)));
  const { scenario, account } = anonymise(scenarioOf(file, readText(file)), Buffer.from(hex, 'hex'));
  print(JSON.stringify(scenario, null, 2));
  const counted = [...account.replaced, ...account.leftOut].map(({ kind, count }) => `${kind} ${count}`);
  console.error(`replaced or left out: ${counted.join(', ') || 'nothing'}`);
  return 0;
}

/** Answers each JSON line of stdin with a JSON line. */
async function eachLine(answer: (text: string, name: string) => unknown): Promise<number> {
  let number = 0;
  for await (const line of linesOfInput()) {
    number += 1;
    if (line.trim() !== '') await printPiece(JSON.stringify(answer(line, `line ${number}`)));
  }
  return 0;
}

function answerWalk(text: string, name: string): unknown {
  const asked = v.safeParse(CaseSchema, parseJson(name, text));
  if (asked.success) return answerCase(asked.output);
  const [issue] = asked.issues;
  throw new UsageError(`${name}: ${v.getDotPath(issue) ?? 'the case'}: ${issue.message}`);
}

/** Answers from the JSON tree: 64-bit numbers do not survive JSON.parse. */
function fromTree(answer: (line: JsonNode) => unknown): (text: string, name: string) => unknown {
  return (text, name) => {
    parseJson(name, text);
    return answer(readJson({ name, text }, { from: 0, to: text.length }).value);
  };
}

/** What `istioctl proxy-config` prints for a config_dump or for its own JSON, with its flags. */
function table(print_: (config: ProxyConfig, flags: Flags) => string): (args: readonly string[]) => number {
  return (args) => {
    const { files, flags } = readFlags(args);
    const [file] = files;
    const text = readText(file);
    const configs = parseDocuments({ name: file ?? '', text }).flatMap(({ content }) =>
      content.kind === 'proxy-config' ? [content.config] : [],
    );
    if (configs.length === 0) throw new UsageError(`${file}: no Envoy configuration`);
    print(print_(mergeConfigs(configs), flags));
    return 0;
  };
}

function entryText({ fields }: AccessLogEntry): string {
  const members: string[] = [];
  for (const field of Object.keys(fields))
    members.push(`${JSON.stringify(field)}:${JSON.stringify(fields[field]?.text)}`);
  return `{${members.join(',')}}`;
}

function conditionFrom(text: string): Condition {
  const condition = conditionOf(text);
  if (!condition) throw new UsageError(`--where ${text}: expected NAME=VALUE`);
  return condition;
}

function formatFrom(format: string): GivenFormats {
  const given = givenFormat(format);
  if (given !== NO_FORMATS) return given;
  throw new UsageError('--format: expected a format string with %OPERATORS%, or a JSON object of such');
}

const LOG_OPTIONS = {
  format: { type: 'string' },
  where: { type: 'string', multiple: true },
  lines: { type: 'boolean' },
} as const;

function logArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: LOG_OPTIONS });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'wrong arguments', { cause: error });
  }
}

/**
 * `--format` takes a text_format or a json_format, as Envoy's configuration has it. With `--where` only what fulfils all
 * conditions is printed, and counted on stderr; with `--lines` as it stands in the log.
 */
async function accessLog(args: readonly string[]): Promise<number> {
  const { values, positionals } = logArguments(args);
  const conditions = (values.where ?? []).map(conditionFrom);
  const given = values.format === undefined ? NO_FORMATS : formatFrom(values.format);
  const stream = createEntryStream(given, (line) => conditions.every(({ told }) => line.includes(told)));
  let printed = 0;
  const printFound = async (entries: readonly StreamedEntry[]): Promise<void> => {
    const found = entries.filter((entry) => conditions.every(({ holds }) => holds(entry)));
    printed += found.length;
    if (found.length === 0) return;
    await printPiece(found.map((each) => (values.lines ? each.line : entryText(each))).join('\n'));
  };
  for (const piece of piecesOf(fileOf(positionals))) {
    await printFound(stream.push(piece));
    await turn(); // so that the end of a pipe is heard of
  }
  await printFound(stream.end());
  if (conditions.length > 0) console.error(`found: ${printed}`);
  return 0;
}

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => number | Promise<number>>> = {
  trace,
  read,
  permalink,
  anonymise: anonymised,
  walk: () => eachLine(answerWalk),
  'filter-chain': () => eachLine(fromTree(answerFilterChain)),
  route: () => eachLine(fromTree(answerRoute)),
  xff: () => eachLine(fromTree(answerXff)),
  'proxy-header': () => eachLine(fromTree(answerProxyHeader)),
  listeners: table(listenerTable),
  clusters: table(clusterTable),
  routes: table(routeTable),
  endpoints: table(endpointTable),
  'access-log': accessLog,
};

/** Whoever read has had enough, as `head` has. */
function endOfPipe(error: Error): never {
  if (!error.message.includes('EPIPE')) throw error;
  return process.exit(0);
}

/** Runs one command; the number is the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const [name = '', ...args] = argv;
  process.stdout.once('error', endOfPipe);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  try {
    if (!command)
      throw new UsageError(`usage: npm run -s cli -- ${Object.keys(COMMANDS).join('|')} [FILE] [--json]`);
    return await command(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return 2;
  }
}
