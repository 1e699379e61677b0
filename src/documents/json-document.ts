// JSON in a paste -> the document it is: a log line, an nft ruleset, Envoy configuration, Kubernetes objects.
// JSON that is cut off must not swallow what was pasted behind it.
import type { JsonNode } from '../base/json.ts';
import { readJson, type ReadJson } from '../base/json-reader.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Source, Span } from '../base/source.ts';
import type { GivenFormats } from './accesslog/given-format.ts';
import { jsonLog, jsonRowFormat } from './accesslog/read.ts';
import type { LineKind, Piece } from './kind.ts';
import { holdsEnvoyFilter, isEnvoyFilter } from './envoy/envoy-filter.ts';
import { looksLikeEnvoyConfig, readProxyConfig } from './envoy/parse.ts';
import { looksLikeResponseBody, readResponseBody } from './http/body.ts';
import { initOfContainer } from './kube/container.ts';
import { looksLikeKube, readKube } from './kube/read.ts';
import { beginningOf, linesBelow, linesFrom, type Line } from './line.ts';
import { looksLikeNftJson, readNftJson } from './nft/json.ts';

function envoyPiece(
  kind: 'envoy-config' | 'envoy-filter',
  node: JsonNode,
  syntax: readonly Diagnostic[],
  span: Span,
): Piece {
  const { value: config, diagnostics } = readProxyConfig(node);
  return { kind, span, content: { kind: 'proxy-config', config }, diagnostics: [...syntax, ...diagnostics] };
}

/** Null when it is JSON of no kind that is read. */
export function jsonDocument(
  source: Source,
  node: JsonNode,
  syntax: readonly Diagnostic[],
  span: Span,
  given: GivenFormats,
): Piece | null {
  const row = jsonRowFormat(node, given);
  if (row) {
    const log = jsonLog(source, span, row);
    return { kind: 'access-log', span, content: { kind: 'access-log', log }, diagnostics: syntax };
  }
  if (looksLikeNftJson(node)) {
    const { value: ruleset, diagnostics } = readNftJson(node);
    return {
      kind: 'nft-ruleset',
      span,
      content: { kind: 'ruleset', ruleset },
      diagnostics: [...syntax, ...diagnostics],
    };
  }
  if (isEnvoyFilter(node) || holdsEnvoyFilter(node)) return envoyPiece('envoy-filter', node, syntax, span);
  const init = initOfContainer(source, node);
  if (init)
    return { kind: 'istio-init', span, content: { kind: 'istio-init', asked: init }, diagnostics: syntax };
  if (looksLikeKube(node)) {
    const { value: resources, diagnostics } = readKube(source, node);
    return {
      kind: 'kube-object',
      span,
      content: { kind: 'kube', resources },
      diagnostics: [...syntax, ...diagnostics],
    };
  }
  if (looksLikeEnvoyConfig(node)) return envoyPiece('envoy-config', node, syntax, span);
  if (!looksLikeResponseBody(node)) return null;
  const response = readResponseBody(node);
  return { kind: 'http-response', span, content: { kind: 'http-response', response }, diagnostics: syntax };
}

export function isBroken({ diagnostics }: ReadJson): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

/** Where the next line starts something that JSON which is cut off must not pass. */
export function nextStart(below: Iterable<Line>, kinds: readonly LineKind[], end: number): number {
  for (const line of below) {
    const { kind, command } = beginningOf(line, kinds);
    if (kind ?? command) return line.span.from;
  }
  return end;
}

/** Reading broken JSON again and again ends when so many characters more than the text holds were read in vain. */
const WASTE_LIMIT = 8_000_000;

/** What a diagnostic costs, in characters read: of brackets that never close each one makes several. */
const DIAGNOSTIC_COST = 32;

/** The end of the last character before `end` that is no blank: what is cut off ends there. */
function textEnd(text: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at -= 1;
  return at;
}

/** The lines below, but for those that are strict JSON: nothing else starts there. */
function linesBehindStrict(source: Source, line: Line, { strictTo }: ReadJson): Iterable<Line> {
  const before = source.text.lastIndexOf('\n', strictTo - 1);
  return before > line.span.to ? linesFrom(source, before + 1) : linesBelow(source, line);
}

/**
 * Reads JSON at a line. Only if it is broken is it read again, as far as the next line that starts something else;
 * that line also ends whatever else is broken before it. Null when too much was read in vain.
 */
export function jsonReader(source: Source, kinds: readonly LineKind[]): (line: Line) => ReadJson | null {
  const end = textEnd(source.text, source.text.length);
  let limit = 0;
  let wasted = 0;
  const read = (from: number, to: number): ReadJson => {
    const json = readJson(source, { from, to });
    if (isBroken(json)) wasted += json.end - from + DIAGNOSTIC_COST * json.diagnostics.length;
    return json;
  };
  return (line) => {
    const { from } = line.span;
    if (wasted > 4 * end + WASTE_LIMIT) return null;
    const json = read(from, limit > from ? limit : end);
    if (limit > from || !isBroken(json)) return json;
    limit = textEnd(source.text, nextStart(linesBehindStrict(source, line, json), kinds, end));
    return limit === end ? json : read(from, limit);
  };
}
