// The editor of one paste; a plain text field until CodeMirror has arrived.
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { CodeEditor } from './code-editor.ts';
import type { Marks } from './marks-of.ts';
import styles from './PasteEditor.module.css';

export interface Place {
  readonly offset: number;
}

interface PasteEditorProps {
  readonly text: string;
  readonly label: string;
  readonly marks: Marks;
  /** Brought into view whenever it is another object. */
  readonly place: Place | null;
  readonly onChange: (text: string) => void;
  readonly onHop: (hop: number) => void;
}

export function PasteEditor({ text, label, marks, place, onChange, onHop }: PasteEditorProps) {
  const parent = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<CodeEditor | null>(null);
  const changed = useEffectEvent(onChange);
  const clicked = useEffectEvent(onHop);
  const latestText = useEffectEvent(() => text);

  useEffect(() => {
    let editor: CodeEditor | null = null;
    let gone = false;
    async function load(): Promise<void> {
      const { createCodeEditor } = await import('./code-editor.ts');
      if (gone || !parent.current) return;
      editor = createCodeEditor(parent.current, latestText(), {
        onChange: (next) => changed(next),
        onHop: (hop) => clicked(hop),
      });
      setEditor(editor);
    }
    void load();
    return () => {
      gone = true;
      editor?.destroy();
    };
  }, []);
  useEffect(() => editor?.setText(text), [editor, text]);
  useEffect(() => editor?.setLabel(label), [editor, label]);
  useEffect(() => editor?.setMarks(marks), [editor, marks]);
  useEffect(() => {
    if (place) editor?.reveal(place.offset);
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
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </div>
  );
}
