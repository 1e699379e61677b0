// CodeMirror for one paste: line numbers, search, light colouring, the marks of the current answer. It never
// changes the text by itself. Loaded as a chunk of its own.
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { openSearchPanel, search, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import { folding } from './folding.ts';
import { hangingIndent } from './hanging-indent.ts';
import { hoverMarks, setHovered } from './hover-marks.ts';
import { marks, setMarks, type MarkEvents } from './marks.ts';
import type { Marks } from './marks-of.ts';
import { meanings } from './meanings.ts';
import { pasteColours } from './paste-colours.ts';
import type { Part } from './rule-words.ts';
import { editorTheme } from './theme.ts';

/** Controls that turn the direction of what follows: shown, as they could make a rule read as another one. */
const BIDI = /[\u202a-\u202e\u2066-\u2069]/gu;

export interface CodeEditor {
  readonly setText: (text: string) => void;
  readonly setMarks: (marks: Marks) => void;
  readonly setLabel: (label: string) => void;
  /** Lights the lines at these offsets lightly. */
  readonly setHovered: (offsets: readonly number[]) => void;
  /** Brings an offset into view. */
  readonly reveal: (offset: number) => void;
  readonly search: () => void;
  readonly destroy: () => void;
}

export interface CodeEditorEvents extends MarkEvents {
  readonly onChange: (text: string) => void;
  /** The caret moved: its line, counted from 1, and its offset. */
  readonly onCaret: (caret: Caret) => void;
  /** The sentence for a part of a line; null where there is none. */
  readonly say: (part: Part) => string | null;
}

export interface Caret {
  readonly line: number;
  readonly offset: number;
}

/** Pixels between a line that is brought into view and the edges. */
const MARGIN = 60;

/** What a reader does to look elsewhere. */
const TURNING_AWAY = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

export function createCodeEditor(parent: HTMLElement, text: string, events: CodeEditorEvents): CodeEditor {
  let revealed: number | null = null;
  const view = new EditorView({
    parent,
    dispatchTransactions: (transactions) => {
      const changed = transactions.findLast(({ docChanged }) => docChanged);
      if (changed) events.onChange(changed.newDoc.toString()); // the question leaves before the lines are drawn
      view.update(transactions);
    },
    state: EditorState.create({
      doc: text,
      extensions: [
        marks(events),
        hoverMarks,
        meanings(events.say),
        folding,
        lineNumbers(),
        highlightSpecialChars({ addSpecialChars: BIDI }),
        history(),
        drawSelection(),
        EditorView.lineWrapping,
        hangingIndent,
        EditorView.contentAttributes.of({ tabindex: '0' }),
        search({ top: true }),
        keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap]),
        pasteColours,
        editorTheme,
        EditorView.updateListener.of((update) => {
          if (update.selectionSet) events.onCaret(caretOf(update.state));
          // Heights are guessed until lines are seen: what was brought to the middle is brought there again.
          if (update.geometryChanged && revealed !== null) queueMicrotask(centre);
        }),
        EditorView.domEventObservers(Object.fromEntries(TURNING_AWAY.map((name) => [name, turnAway]))),
      ],
    }),
  });
  function turnAway(): void {
    revealed = null;
  }
  function centre(): void {
    if (revealed === null) return;
    const at = Math.min(revealed, view.state.doc.length);
    view.dispatch({ effects: EditorView.scrollIntoView(at, { y: 'center', yMargin: MARGIN }) });
  }
  function isInSight(at: number): boolean {
    const line = view.coordsAtPos(at);
    const { top, bottom } = view.scrollDOM.getBoundingClientRect();
    return line !== null && line.top > top + MARGIN && line.bottom < bottom - MARGIN;
  }
  return {
    setText: (next) => {
      const { doc } = view.state;
      if (doc.toString() === next) return;
      revealed = null;
      view.dispatch({ changes: { from: 0, to: doc.length, insert: next } });
    },
    setHovered: (offsets) => view.dispatch({ effects: setHovered.of(offsets) }),
    setMarks: (next) => view.dispatch({ effects: setMarks.of(next) }),
    setLabel: (label) => view.contentDOM.setAttribute('aria-label', label),
    reveal: (offset) => {
      const at = Math.min(offset, view.state.doc.length);
      // The text stands still while one line in sight follows another.
      if (revealed === null || !isInSight(at)) {
        revealed = at;
        centre();
      }
      events.onCaret({ line: view.state.doc.lineAt(at).number, offset: at });
    },
    search: () => openSearchPanel(view),
    destroy: () => view.destroy(),
  };
}

function caretOf(state: EditorState): Caret {
  const { head } = state.selection.main;
  return { line: state.doc.lineAt(head).number, offset: head };
}
