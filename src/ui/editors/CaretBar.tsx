// Where the caret stands: the line, the path in the JSON, and the hops that rest on the line.
import { useEffect, useState } from 'react';
import type { FoundPod } from '../../engine/trace/simulation.ts';
import { useSession, useTrace, useWords } from '../context.ts';
import styles from './CaretBar.module.css';
import type { Caret } from './code-editor.ts';

interface CaretBarProps {
  readonly text: string;
  readonly pod: string;
  readonly found: FoundPod;
  readonly caret: Caret;
}

export function CaretBar({ text, pod, found, caret }: CaretBarProps) {
  const { t } = useWords();
  const session = useSession();
  const trace = useTrace();
  const path = usePath(text, found, caret);
  const hops = trace?.hops.filter(({ evidence }) =>
    evidence.some((each) => each.pod === pod && !each.supplied && each.line === caret.line),
  );
  return (
    <p className={styles['bar']}>
      <span>{t('proof.at', { line: caret.line })}</span>
      {path.length > 0 && <code title={path.join(' › ')}>{path.join(' › ')}</code>}
      {hops?.map(({ n }) => (
        <button key={n} type="button" className="link" onClick={() => session.select(n)}>
          {t('proof.hop', { n })}
        </button>
      ))}
    </p>
  );
}

const NOWHERE: readonly string[] = [];

/** Read with the editor's chunk: whoever sees no editor needs no path. */
function usePath(text: string, found: FoundPod, { offset }: Caret): readonly string[] {
  const [path, setPath] = useState(NOWHERE);
  const document = found.documents.find(({ from, to }) => from <= offset && offset <= to);
  const from = document?.from;
  const to = document?.to;
  useEffect(() => {
    let gone = false;
    async function read(): Promise<void> {
      if (from === undefined || to === undefined) return setPath(NOWHERE);
      const { jsonPath } = await import('./json-path.ts');
      if (!gone) setPath(jsonPath(text, from, to, offset));
    }
    void read();
    return () => {
      gone = true;
    };
  }, [text, from, to, offset]);
  return path;
}
