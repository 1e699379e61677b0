// The editor of one paste; a plain text field until CodeMirror has arrived.
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { afterPaint, whenIdle } from '../idle.ts';
import type { Caret, CodeEditor } from './code-editor.ts';
import type { Marks } from './marks-of.ts';
import styles from './PasteEditor.module.css';
import type { Part } from './rule-words.ts';

export interface Place {
  readonly offset: number;
  /** Counts from 1. */
  readonly line: number;
}

interface PasteEditorProps {
  readonly text: string;
  readonly label: string;
  readonly marks: Marks;
  /** Offsets whose lines are lit lightly. */
  readonly hovered: readonly number[];
  /** Brought into view whenever it is another object. */
  readonly place: Place | null;
  readonly say: (part: Part) => string | null;
  readonly onChange: (text: string) => void;
  readonly onHop: (hop: number) => void;
  readonly onHover: (hop: number | null) => void;
  readonly onCaret: (caret: Caret) => void;
}

export function PasteEditor(props: PasteEditorProps) {
  const { text, label, marks, hovered, place } = props;
  const parent = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<CodeEditor | null>(null);
  const latest = useEffectEvent(() => props);

  useEffect(() => {
    let editor: CodeEditor | null = null;
    let gone = false;
    async function load(): Promise<void> {
      const { createCodeEditor } = await import('./code-editor.ts');
      if (gone || !parent.current) return;
      editor = createCodeEditor(parent.current, latest().text, {
        onChange: (next) => latest().onChange(next),
        onHop: (hop) => latest().onHop(hop),
        onHover: (hop) => latest().onHover(hop),
        onCaret: (caret) => latest().onCaret(caret),
        say: (part) => latest().say(part),
      });
      const { marks, place } = latest();
      editor.setMarks(marks);
      if (place) editor.reveal(place.offset);
      setEditor(editor);
    }
    const idle = whenSeen(parent.current, () => void load());
    return () => {
      gone = true;
      idle();
      editor?.destroy();
    };
  }, []);
  useEffect(() => editor?.setText(text), [editor, text]);
  useEffect(() => editor?.setLabel(label), [editor, label]);
  useEffect(() => editor?.setHovered(hovered), [editor, hovered]);
  // A frame of their own: lines are drawn and measured for them, which takes as long as the picture's frame before.
  useEffect(() => afterPaint(() => editor?.setMarks(marks)), [editor, marks]);
  useEffect(() => {
    if (editor && place) return afterPaint(() => editor.reveal(place.offset));
    return undefined;
  }, [editor, place]);

  return (
    <div className={styles['editor']}>
      <div ref={parent} className={styles['code']} />
      {!editor && (
        <textarea
          className={styles['plain']}
          aria-label={label}
          spellCheck={false}
          value={text}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </div>
  );
}

/** Milliseconds after which the editor is loaded however busy the page is: the answer comes first. */
const LATEST = 600;

/** What is not on the screen needs no editor: a phone shows the answer and the journey first. */
function whenSeen(element: Element | null, work: () => void): () => void {
  if (!element) return () => undefined;
  let idle: (() => void) | null = null;
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    idle = whenIdle(work, LATEST);
  });
  observer.observe(element);
  return () => {
    observer.disconnect();
    idle?.();
  };
}
