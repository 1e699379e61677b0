// What the part of a rule or the key under the pointer means, in a small box beside it.
import type { Extension } from '@codemirror/state';
import { hoverTooltip, type EditorView, type Tooltip } from '@codemirror/view';
import { partAt, type Part } from './rule-words.ts';

/** `say` gives the sentence of a part, or null when there is none. */
export function meanings(say: (part: Part) => string | null): Extension {
  function tooltip(view: EditorView, offset: number): Tooltip | null {
    const line = view.state.doc.lineAt(offset);
    const part = partAt(line.text, offset - line.from);
    const sentence = part && say(part);
    if (!part || sentence === null) return null;
    const create = () => {
      const dom = document.createElement('div');
      dom.className = 'cm-meaning';
      const code = dom.appendChild(document.createElement('code'));
      code.textContent = part.text;
      dom.append(` ${sentence}`);
      return { dom };
    };
    return { pos: line.from + part.from, end: line.from + part.to, above: true, create };
  }
  return hoverTooltip(tooltip, { hoverTime: 250 });
}
