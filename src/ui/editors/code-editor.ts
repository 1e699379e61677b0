// CodeMirror for one paste: line numbers, search, light colouring, the marks of the current answer. It never
// changes the text by itself. Loaded as a chunk of its own.
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { syntaxHighlighting } from '@codemirror/language';
import { openSearchPanel, search, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { marks, setMarks } from './marks.ts';
import type { Marks } from './marks-of.ts';
import { pasteColours, pasteLanguage } from './paste-language.ts';
import { editorTheme } from './theme.ts';

export interface CodeEditor {
  readonly setText: (text: string) => void;
  readonly setMarks: (marks: Marks) => void;
  readonly setLabel: (label: string) => void;
  /** Brings an offset into view. */
  readonly reveal: (offset: number) => void;
  readonly search: () => void;
  readonly destroy: () => void;
}

export interface CodeEditorEvents {
  readonly onChange: (text: string) => void;
  /** A line that decided a hop was clicked. */
  readonly onHop: (hop: number) => void;
}

export function createCodeEditor(parent: HTMLElement, text: string, events: CodeEditorEvents): CodeEditor {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        marks(events.onHop),
        lineNumbers(),
        history(),
        drawSelection(),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ tabindex: '0' }),
        search({ top: true }),
        keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap]),
        pasteLanguage,
        syntaxHighlighting(pasteColours),
        editorTheme,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) events.onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    setText: (next) => {
      const { doc } = view.state;
      if (doc.toString() !== next) view.dispatch({ changes: { from: 0, to: doc.length, insert: next } });
    },
    setMarks: (next) => view.dispatch({ effects: setMarks.of(next) }),
    setLabel: (label) => view.contentDOM.setAttribute('aria-label', label),
    reveal: (offset) => {
      const at = Math.min(offset, view.state.doc.length);
      view.dispatch({ effects: EditorView.scrollIntoView(at, { y: 'center', yMargin: 60 }) });
    },
    search: () => openSearchPanel(view),
    destroy: () => view.destroy(),
  };
}
