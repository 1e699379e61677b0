// A scenario -> a shorter one with the same answer: what no hop rests on is left out, as much of it as the engine,
// asked again, does not miss. Rules stay: that a rule did not match is part of the answer.
import type { JsonNode } from '../base/json.ts';
import { readJson } from '../base/json-reader.ts';
import { textAt, type Span } from '../base/source.ts';
import type { Document } from '../documents/document.ts';
import { parseDocuments } from '../documents/parse.ts';
import type { Scenario } from '../engine/scenario.ts';
import { simulate } from '../engine/trace/simulate.ts';
import type { Trace } from '../engine/trace/trace.ts';
import { isSameAnswer } from '../masking/same-answer.ts';

export type LostKind = 'documents' | 'configuration' | 'log lines';

/** A piece that could be left out. */
interface Piece {
  readonly kind: LostKind;
  readonly pod: number;
  readonly span: Span;
}

export interface Shrunk {
  readonly scenario: Scenario;
  /** How many pieces of each kind are gone. */
  readonly lost: Readonly<Record<LostKind, number>>;
}

/** Questions to the engine. Each halves what is in doubt. */
const BUDGET = 48;

function touches(proofs: readonly Span[], span: Span): boolean {
  return proofs.some((proof) => proof.from < span.to && proof.to > span.from);
}

/** The largest members and items that hold no proof, each with the comma that would be left over. */
function partsOf(node: JsonNode, proofs: readonly Span[]): Span[] {
  if (node.kind !== 'object' && node.kind !== 'array') return [];
  const children =
    node.kind === 'array'
      ? node.items.map((value) => ({ value, span: value.span }))
      : node.members.map(({ keySpan, value }) => ({
          value,
          span: { from: keySpan.from, to: value.span.to },
        }));
  return children.flatMap(({ value, span }, i) => {
    if (touches(proofs, span)) return partsOf(value, proofs);
    const before = children[i - 1]?.span.to;
    return [
      { from: before ?? span.from, to: before === undefined ? (children[1]?.span.from ?? span.to) : span.to },
    ];
  });
}

function linesWithout(text: string, { from, to }: Span, proofs: readonly Span[]): Span[] {
  const spans: Span[] = [];
  for (let at = from; at < to;) {
    const end = text.indexOf('\n', at);
    const span = { from: at, to: end < 0 || end > to ? to : end + 1 };
    if (!touches(proofs, span)) spans.push(span);
    at = span.to;
  }
  return spans;
}

function piecesOf(scenario: Scenario, trace: Trace): Piece[] {
  const evidence = [...trace.hops, ...trace.findings].flatMap((each) => each.evidence);
  return scenario.pods.flatMap(({ name, paste }, pod) => {
    const proofs = evidence.filter((each) => !each.supplied && each.pod === name);
    const source = { name, text: paste };
    const piece = (kind: LostKind) => (span: Span) => ({ kind, pod, span });
    return parseDocuments(source).flatMap((document: Document): Piece[] => {
      const span = { from: document.command?.from ?? document.span.from, to: document.span.to };
      if (!touches(proofs, document.span)) return [piece('documents')(span)];
      if (document.kind === 'access-log')
        return linesWithout(paste, document.span, proofs).map(piece('log lines'));
      if (document.kind !== 'envoy-config' || !/^\s*[[{]/.test(textAt(source, document.span))) return [];
      return partsOf(readJson(source, document.span).value, proofs).map(piece('configuration'));
    });
  });
}

/** The text without these spans, which may overlap; commas that open a container go too. */
function cut(text: string, spans: readonly Span[]): string {
  let kept = '';
  let at = 0;
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    if (from > at) kept = appended(kept, text.slice(at, from));
    at = Math.max(at, to);
  }
  return appended(kept, text.slice(at)).replace(/\n{3,}/g, '\n\n');
}

function appended(kept: string, more: string): string {
  return /[[{]\s*$/.test(kept) ? kept + more.replace(/^\s*,/, '') : kept + more;
}

function without(scenario: Scenario, pieces: readonly Piece[]): Scenario {
  const pods = scenario.pods.map((pod, i) => ({
    ...pod,
    paste: cut(
      pod.paste,
      pieces.filter((piece) => piece.pod === i).map(({ span }) => span),
    ),
  }));
  return { ...scenario, pods };
}

/** `trace` is what the engine answers to the scenario. */
export function shrink(scenario: Scenario, trace: Trace): Shrunk {
  let gone: readonly Piece[] = [];
  let asked = 0;
  function attempt(pieces: readonly Piece[]): void {
    if (pieces.length === 0 || asked >= BUDGET) return;
    asked += 1;
    const left = [...gone, ...pieces];
    if (isSameAnswer(simulate(without(scenario, left)).trace, trace)) gone = left;
    else if (pieces.length > 1) {
      attempt(pieces.slice(0, pieces.length >> 1));
      attempt(pieces.slice(pieces.length >> 1));
    }
  }
  attempt(piecesOf(scenario, trace));
  const count = (kind: LostKind) => gone.filter((piece) => piece.kind === kind).length;
  return {
    scenario: without(scenario, gone),
    lost: {
      documents: count('documents'),
      configuration: count('configuration'),
      'log lines': count('log lines'),
    },
  };
}
