// The lines that prove the hop under the pointer, lit lightly wherever that hop is pointed at.
import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

/** The offsets of those lines. */
export const setHovered = StateEffect.define<readonly number[]>();

export const hoverMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (value, transaction) => {
    const effect = transaction.effects.find((each) => each.is(setHovered));
    if (!effect) return value.map(transaction.changes);
    const { doc } = transaction.state;
    const offsets: readonly number[] = effect.value;
    const starts = new Set(offsets.filter((at) => at <= doc.length).map((at) => doc.lineAt(at).from));
    const marks = [...starts].map((from) => Decoration.line({ class: 'cm-hovered' }).range(from));
    return Decoration.set(marks, true);
  },
  provide: (field) => EditorView.decorations.from(field),
});
