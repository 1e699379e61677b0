// Kubernetes YAML in a paste: where it can begin, how far it goes, and what it holds.
import { diagnostic } from '../../base/diagnostic.ts';
import type { JsonNode } from '../../base/json.ts';
import { linesOf, pasted, textAt, type Run, type Source, type Span } from '../../base/source.ts';
import { readYaml } from '../../base/yaml.ts';
import type { Content } from '../kind.ts';
import { isSentence } from '../prose.ts';
import { indentsOf, isFlattened } from './flattened.ts';
import { looksLikeKube, mayHoldKube, readKube } from './read.ts';

const FIRST =
  /^\s*(?:- )?(?:apiVersion:\s*["']?[\w./]+["']?\s*(?:#.*)?$|kind:\s*["']?[A-Z]\w+["']?\s*(?:#.*)?$|(?:metadata|spec|template|annotations|initContainers|containers|mesh|meshConfig|items|accessLogFile|accessLogFormat|accessLogEncoding|defaultConfig|inboundTrafficPolicy|image|args):(?:\s|$)|name:\s*istio-(?:init|proxy|validation)\b)/;
const KEY = /^\s*(?:- )*["']?([A-Za-z][\w./-]*)["']?:(?:\s|$)/;
const ITEM = /^\s*-(?:\s|$)/;
/** A log line in JSON below an object, or output; JSON within YAML is written on the line of its key, or deeper. */
const JSON_LINE = /^ ?\{\s*"/;

export function startsKubeYaml(line: string): boolean {
  return FIRST.test(line);
}

/**
 * Whether each further line goes on with the object: deeper, or a further field or item at the same depth. The first
 * field coming again begins another object.
 */
export function kubeYamlLines(first: string): (line: string) => boolean {
  const base = first.search(/\S/);
  const opening = KEY.exec(first)?.[1];
  const isList = ITEM.test(first);
  let ended = false;
  return (line) => {
    const indent = line.search(/\S/);
    ended ||= JSON_LINE.test(line);
    if (ended || indent < 0 || indent > base || /^\s*#/.test(line)) return !ended;
    const key = KEY.exec(line)?.[1];
    const another = !isList && key === opening && !ITEM.test(line);
    const goesOn = ITEM.test(line) || (key !== undefined && !isList && /^[a-z]/.test(key));
    ended = indent < base || another || !goesOn || isSentence(line);
    return !ended;
  };
}

/** The tree with every span moved. */
function moved(node: JsonNode, to: (span: Span) => Span): JsonNode {
  const span = to(node.span);
  if (node.kind === 'array')
    return { ...node, span, items: node.items.map((item) => moved(item, to)), gaps: node.gaps.map(to) };
  if (node.kind !== 'object') return { ...node, span };
  const members = node.members.map(({ key, keySpan, value }) => ({
    key,
    keySpan: to(keySpan),
    value: moved(value, to),
  }));
  return { ...node, span, members, gaps: node.gaps.map(to) };
}

/** Puts the indentation back, and reads that; the spans are those of the paste. */
function unflattened(source: Source, within: Span): JsonNode {
  const lines = Array.from(linesOf(source, within));
  const indents = indentsOf(lines.map((line) => textAt(source, line)));
  const pieces: string[] = [];
  const runs: Run[] = [];
  let at = 0;
  lines.forEach((line, i) => {
    const indent = ' '.repeat(indents[i] ?? 0);
    const text = `${textAt(source, line)}\n`;
    pieces.push(indent, text);
    runs.push(
      { at, from: line.from, copied: false },
      { at: at + indent.length, from: line.from, copied: true },
    );
    at += indent.length + text.length;
  });
  const { name, text } = source;
  const indented = { name, text: pieces.join(''), original: { source: { name, text }, runs } };
  const { value } = readYaml(indented, { from: 0, to: at });
  return moved(value, (span) => {
    const { from, to } = pasted(indented, span).span;
    return { from, to: Math.min(to, within.to) };
  });
}

function readFlattened(source: Source, span: Span): Content | null {
  const tree = unflattened(source, span);
  if (!looksLikeKube(tree)) return null;
  const { value: resources, diagnostics } = readKube(source, tree);
  const lost = diagnostic('warning', 'kube.indentation', span);
  return { content: { kind: 'kube', resources }, diagnostics: [lost, ...diagnostics] };
}

/** Null when it is YAML of something else. */
export function readKubeYaml(source: Source, span: Span): Content | null {
  if (!mayHoldKube(textAt(source, span))) return null;
  if (isFlattened(source, span)) return readFlattened(source, span);
  const yaml = readYaml(source, span);
  if (!looksLikeKube(yaml.value)) return null;
  const { value: resources, diagnostics } = readKube(source, yaml.value);
  return { content: { kind: 'kube', resources }, diagnostics: [...yaml.diagnostics, ...diagnostics] };
}
