// Long lines wrap; what is carried over stands under the line's own beginning, not at the edge of the editor. The
// indentation itself is drawn at half its width: pasted JSON is deep, the editor narrow.
import { RangeSetBuilder, type Extension } from '@codemirror/state';
import {
  Decoration,
  ViewPlugin,
  type DecorationSet,
  type EditorView,
  type ViewUpdate,
} from '@codemirror/view';

/** Deeper than this, nothing would be left of a narrow editor. In signs of its font. */
const DEEPEST = 16;
/** How much further in the carried-over part stands. */
const FURTHER = 2;

const NARROW_SPACES = Decoration.mark({ class: 'cm-indentation' });

function indented(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges)
    for (let at = from; at <= to;) {
      const line = view.state.doc.lineAt(at);
      const spaces = line.text.search(/\S|$/);
      const width = `${Math.min(DEEPEST, spaces / 2) + FURTHER}ch`;
      const style = `padding-inline-start: calc(${width} + 4px); text-indent: -${width}`;
      builder.add(line.from, line.from, Decoration.line({ attributes: { style } }));
      if (spaces > 0) builder.add(line.from, line.from + spaces, NARROW_SPACES);
      at = line.to + 1;
    }
  return builder.finish();
}

export const hangingIndent: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = indented(view);
    }
    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged) this.decorations = indented(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
