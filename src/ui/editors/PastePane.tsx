// What was pasted, a tab for each pod: what was found in it, what is missing, the text with the marks of the answer.
import { useMemo, useState } from 'react';
import type { ScenarioPod } from '../../engine/scenario.ts';
import type { FoundPod } from '../../engine/trace/simulation.ts';
import { isStale } from '../../session/state.ts';
import { useHop, useSession, useSessionState, useSimulation, useTrace, useWords } from '../context.ts';
import { CaretBar } from './CaretBar.tsx';
import type { Caret } from './code-editor.ts';
import { Commands } from './Commands.tsx';
import { Found } from './Found.tsx';
import { marksOf, NO_MARKS } from './marks-of.ts';
import { PasteEditor, type Place } from './PasteEditor.tsx';
import styles from './PastePane.module.css';
import { PodTabs } from './PodTabs.tsx';
import { RequestForm } from './RequestForm.tsx';
import { saysPart } from './say-part.ts';

interface PastePaneProps {
  readonly onShowLog: () => void;
}

export function PastePane({ onShowLog }: PastePaneProps) {
  const at = useSessionState((state) => state.pod);
  const pod = useSessionState((state) => state.scenario.pods[at]);
  const found = useSimulation()?.pods[at];
  return (
    <div className={styles['pane']}>
      <PodTabs />
      {pod && <PodPaste key={at} at={at} pod={pod} found={found} onShowLog={onShowLog} />}
      <RequestForm />
    </div>
  );
}

interface PodPasteProps extends PastePaneProps {
  readonly at: number;
  readonly pod: ScenarioPod;
  readonly found: FoundPod | undefined;
}

function PodPaste({ at, pod, found, onShowLog }: PodPasteProps) {
  const words = useWords();
  const session = useSession();
  const [caret, setCaret] = useState<Caret | null>(null);
  const [asked, setAsked] = useState<Place | null>(null);
  const blank = pod.paste.trim() === '';
  const unrecognised = found?.documents.every(({ kind }) => kind === 'prose') ?? false;
  const marks = useMarks(pod.name, found);
  const proof = useProof(pod.name);
  const hovered = useHovered(pod.name);
  return (
    <>
      {found && !blank && (
        <Found at={at} found={found} onShow={(offset) => setAsked({ offset })} onShowLog={onShowLog} />
      )}
      <div className={styles['text']}>
        <PasteEditor
          text={pod.paste}
          label={words.t('paste.label', { pod: pod.name })}
          marks={marks}
          hovered={hovered}
          say={(part) => saysPart(words, part)}
          place={useLatest(asked, proof)}
          onChange={(paste) => session.setPaste(at, paste)}
          onHop={(hop) => session.select(hop)}
          onHover={(hop) => session.hover(hop)}
          onCaret={setCaret}
        />
      </div>
      {caret && found && !blank && <CaretBar text={pod.paste} pod={pod.name} found={found} caret={caret} />}
      {(blank || unrecognised) && <Commands />}
    </>
  );
}

function useMarks(pod: string, found: FoundPod | undefined) {
  const words = useWords();
  const simulation = useSimulation();
  const hop = useHop();
  return useMemo(
    () => (simulation && found ? marksOf(simulation.trace, hop, pod, found, words) : NO_MARKS),
    [simulation, found, hop, pod, words],
  );
}

/** The first line that proves the current hop, while the text is the one that was answered. */
function useProof(pod: string): Place | null {
  const hop = useHop();
  const stale = useSessionState(isStale);
  return useMemo(() => {
    const evidence = hop?.evidence.find((each) => each.pod === pod && !each.supplied);
    return evidence && !stale ? { offset: evidence.from } : null;
  }, [hop, pod, stale]);
}

const NOTHING: readonly number[] = [];

/** The offsets of the lines that prove the hop under the pointer. */
function useHovered(pod: string): readonly number[] {
  const trace = useTrace();
  const n = useSessionState((state) => state.hovered);
  return useMemo(() => {
    const hop = trace?.hops.find((each) => each.n === n);
    if (!hop) return NOTHING;
    return hop.evidence.filter((each) => each.pod === pod && !each.supplied).map(({ from }) => from);
  }, [trace, n, pod]);
}

/** Of two places, the one that changed last. */
function useLatest(a: Place | null, b: Place | null): Place | null {
  const [seen, setSeen] = useState({ a, b, latest: b });
  if (seen.a === a && seen.b === b) return seen.latest;
  const latest = seen.a !== a ? a : b;
  setSeen({ a, b, latest });
  return latest;
}
