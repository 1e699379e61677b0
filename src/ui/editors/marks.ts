// The answer in the text: lines that prove the current hop are lit, lines that decided any hop carry a mark in
// the gutter and lead to it, problems are underlined. Marks move with the text while it is being typed.
import {
  RangeSet,
  RangeSetBuilder,
  StateEffect,
  StateField,
  type EditorState,
  type Extension,
} from '@codemirror/state';
import {
  Decoration,
  EditorView,
  gutter,
  GutterMarker,
  hoverTooltip,
  type DecorationSet,
} from '@codemirror/view';
import { NO_MARKS, type Decided, type Marks, type Problem } from './marks-of.ts';

export const setMarks = StateEffect.define<Marks>();

interface MarkState {
  readonly marks: Marks;
  readonly decorations: DecorationSet;
  readonly gutter: RangeSet<GutterMarker>;
}

class DecidedMarker extends GutterMarker {
  readonly decided: Decided;
  constructor(decided: Decided) {
    super();
    this.decided = decided;
  }
  override eq(other: DecidedMarker): boolean {
    return (
      other.decided.source === this.decided.source && String(other.decided.hops) === String(this.decided.hops)
    );
  }
  override toDOM(): HTMLElement {
    const mark = document.createElement('span');
    mark.className = 'cm-decided';
    mark.dataset['source'] = String(this.decided.source);
    mark.title = this.decided.hops.map((hop) => `→ ${hop}`).join('  ');
    return mark;
  }
}

class ProblemMarker extends GutterMarker {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super();
    this.problem = problem;
  }
  override toDOM(): HTMLElement {
    const mark = document.createElement('span');
    mark.className = 'cm-problem-sign';
    mark.dataset['severity'] = this.problem.severity;
    mark.textContent = '!';
    mark.title = this.problem.message;
    return mark;
  }
}

function clamped(
  state: EditorState,
  { from, to }: { from: number; to: number },
): { from: number; to: number } {
  const start = Math.min(from, state.doc.length);
  return { from: start, to: Math.max(start, Math.min(to, state.doc.length)) };
}

/** What concerns a whole table is underlined where it begins, not all over. */
function firstLineOf(state: EditorState, span: { from: number; to: number }): { from: number; to: number } {
  const { from, to } = clamped(state, span);
  return { from, to: Math.min(to, state.doc.lineAt(from).to) };
}

function decorationsOf(state: EditorState, marks: Marks): DecorationSet {
  const lines = new Set<number>();
  for (const span of marks.evidence) {
    const { from, to } = clamped(state, span);
    for (let at = from; at <= to; at = state.doc.lineAt(at).to + 1) {
      lines.add(state.doc.lineAt(at).from);
      if (state.doc.lineAt(at).to >= state.doc.length) break;
    }
  }
  return Decoration.set(
    [
      ...[...lines].map((from) => Decoration.line({ class: 'cm-evidence' }).range(from)),
      ...marks.problems.flatMap((problem) => {
        const { from, to } = firstLineOf(state, problem);
        return from === to
          ? []
          : [Decoration.mark({ class: `cm-problem cm-${problem.severity}` }).range(from, to)];
      }),
    ],
    true,
  );
}

function gutterOf(state: EditorState, marks: Marks): RangeSet<GutterMarker> {
  const markers = [
    ...marks.decided.map((decided) => ({ line: decided.line, marker: new DecidedMarker(decided) })),
    ...marks.problems.map((problem) => ({
      line: state.doc.lineAt(clamped(state, problem).from).number,
      marker: new ProblemMarker(problem),
    })),
  ];
  const builder = new RangeSetBuilder<GutterMarker>();
  for (const { line, marker } of markers.toSorted((a, b) => a.line - b.line))
    if (line >= 1 && line <= state.doc.lines) {
      const { from } = state.doc.line(line);
      builder.add(from, from, marker);
    }
  return builder.finish();
}

const markState = StateField.define<MarkState>({
  create: () => ({ marks: NO_MARKS, decorations: Decoration.none, gutter: RangeSet.empty }),
  update: (value, transaction) => {
    const effect = transaction.effects.find((each) => each.is(setMarks));
    if (effect) {
      const marks: Marks = effect.value;
      const { state } = transaction;
      return { marks, decorations: decorationsOf(state, marks), gutter: gutterOf(state, marks) };
    }
    if (!transaction.docChanged) return value;
    return {
      marks: value.marks,
      decorations: value.decorations.map(transaction.changes),
      gutter: value.gutter.map(transaction.changes),
    };
  },
  provide: (field) => EditorView.decorations.from(field, (value) => value.decorations),
});

/** The hop to go to from a line: the next one it decided after the current, round to the first. */
function hopAt(view: EditorView, offset: number): number | null {
  const { marks, gutter } = view.state.field(markState);
  const line = view.state.doc.lineAt(offset);
  const hops: number[] = [];
  gutter.between(line.from, line.to, (_from, _to, marker) => {
    if (marker instanceof DecidedMarker) hops.push(...marker.decided.hops);
  });
  return hops.find((hop) => hop > (marks.current ?? 0)) ?? hops[0] ?? null;
}

function problemTooltip(view: EditorView, offset: number) {
  const { marks } = view.state.field(markState);
  const problem = marks.problems.find(({ from, to }) => from <= offset && offset <= to);
  if (!problem) return null;
  const create = () => {
    const dom = document.createElement('div');
    dom.className = 'cm-problem-text';
    dom.textContent = problem.message;
    return { dom };
  };
  return { pos: problem.from, end: problem.to, above: true, create };
}

export interface MarkEvents {
  /** A line that decided a hop was clicked. */
  readonly onHop: (hop: number) => void;
  /** The pointer is on a line that decided this hop; null when it left. */
  readonly onHover: (hop: number | null) => void;
}

function offsetAt(view: EditorView, { clientX, clientY }: MouseEvent): number | null {
  return view.posAtCoords({ x: clientX, y: clientY });
}

/** The marks, and the way back: a line that decided leads to its hop, by click and by hover. */
export function marks({ onHop, onHover }: MarkEvents): Extension {
  function go(view: EditorView, offset: number): boolean {
    const hop = hopAt(view, offset);
    if (hop !== null) onHop(hop);
    return false;
  }
  return [
    markState,
    gutter({
      class: 'cm-marks',
      markers: (view) => view.state.field(markState).gutter,
      domEventHandlers: { click: (view, line) => go(view, line.from) },
    }),
    EditorView.domEventHandlers({
      mousemove: (event, view) => {
        const offset = offsetAt(view, event);
        onHover(offset === null ? null : hopAt(view, offset));
      },
      mouseleave: () => onHover(null),
      click: (event, view) => {
        const offset = offsetAt(view, event);
        return offset !== null && view.state.selection.main.empty && go(view, offset);
      },
    }),
    hoverTooltip(problemTooltip),
  ];
}
