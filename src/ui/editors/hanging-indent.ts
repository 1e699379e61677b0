// Long lines wrap; what is carried over stands under the line's own beginning, not at the edge of the editor. The
// indentation itself is drawn at half its width: pasted JSON is deep, the editor narrow.
import { RangeSetBuilder, type Extension } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';

/** Deeper than this, nothing would be left of a narrow editor. In signs of its font. */
const DEEPEST = 16;
/** How much further in the carried-over part stands. */
const FURTHER = 2;

/** By spaces at a line's beginning; classes, as a style of its own on every line is slow to set. */
const DEPTHS = Array.from({ length: 2 * DEEPEST + 1 }, (_, spaces) => ({
  width: `${spaces / 2 + FURTHER}ch`,
  name: `cm-hanging-${spaces}`,
}));

const HANGING = DEPTHS.map(({ name }) => Decoration.line({ class: name }));

const hangingTheme = EditorView.theme(
  Object.fromEntries(
    DEPTHS.map(({ name, width }) => [
      `.cm-line.${name}`,
      { paddingInlineStart: `calc(${width} + 4px)`, textIndent: `-${width}` },
    ]),
  ),
);

const NARROW_SPACES = Decoration.mark({ class: 'cm-indentation' });

function indented(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges)
    for (let at = from; at <= to;) {
      const line = view.state.doc.lineAt(at);
      const spaces = line.text.search(/\S|$/);
      const hanging = HANGING[Math.min(spaces, HANGING.length - 1)];
      if (hanging) builder.add(line.from, line.from, hanging);
      if (spaces > 0) builder.add(line.from, line.from + spaces, NARROW_SPACES);
      at = line.to + 1;
    }
  return builder.finish();
}

const indentation = ViewPlugin.fromClass(
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

export const hangingIndent: Extension = [indentation, hangingTheme];
