// What was pasted, a tab for each pod: what was found in it, what is missing, the text with the marks of the answer.
import { lazy, memo, Suspense, useDeferredValue, useMemo, useState, type ClipboardEvent } from 'react';
import type { ScenarioPod } from '../../engine/scenario.ts';
import type { FoundPod, Simulation } from '../../engine/trace/simulation.ts';
import { HELD_FROM, isHeld, type Holding } from '../../session/held.ts';
import type { Session } from '../../session/session.ts';
import { isStale } from '../../session/state.ts';
import { takeFiles } from '../shell/take-files.ts';
import {
  useEngine,
  useHop,
  useSession,
  useSessionState,
  useSimulation,
  useTrace,
  useWords,
} from '../context.ts';
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

const InitFlags = lazy(() => import('./InitFlags.tsx').then(({ InitFlags }) => ({ default: InitFlags })));
const HeldPaste = lazy(() => import('./HeldPaste.tsx').then(({ HeldPaste }) => ({ default: HeldPaste })));

interface PastePaneProps {
  readonly onShowLog: () => void;
}

export function PastePane({ onShowLog }: PastePaneProps) {
  const at = useSessionState((state) => state.pod);
  const pod = useSessionState((state) => state.scenario.pods[at]);
  const simulation = useDeferredValue(useSimulation()); // the sentence first, then the marks
  return (
    <div className={styles['pane']}>
      <PodTabs />
      {pod && <PodPaste key={at} at={at} pod={pod} simulation={simulation} onShowLog={onShowLog} />}
      <RequestForm />
    </div>
  );
}

interface PodPasteProps extends PastePaneProps {
  readonly at: number;
  readonly pod: ScenarioPod;
  readonly simulation: Simulation | null;
}

/** A new answer is seen above first; nothing here is rendered for it until its turn comes. */
const PodPaste = memo(({ at, pod, simulation, onShowLog }: PodPasteProps) => {
  const words = useWords();
  const session = useSession();
  const engine = useEngine();
  const [caret, setCaret] = useState<Caret | null>(null);
  const [asked, setAsked] = useState<Place | null>(null);
  const blank = pod.paste.trim() === '';
  const found = simulation?.pods[at];
  const unrecognised = found?.documents.every(({ kind }) => kind === 'prose') ?? false;
  const marks = useMarks(pod.name, simulation, found);
  const held = isHeld(pod.paste);
  const proofs = useProofs(pod.name);
  const place = useLatest(asked, proofs[0] ?? null);
  const hovered = useHovered(pod.name);
  return (
    <>
      {found && !blank && found.documents.length > 0 && (
        <Found at={at} found={found} onShow={setAsked} onShowLog={onShowLog} />
      )}
      {found && !held && <PastedFlags at={at} pod={pod} found={found} />}
      <div className={styles['text']} onPasteCapture={(event) => takeLarge(event, session, engine.holding)}>
        {held ? (
          <Suspense>
            <HeldPaste
              key={pod.paste}
              token={pod.paste}
              label={words.t('held.label', { pod: pod.name })}
              marks={marks}
              lit={proofs.map(({ line }) => line)}
              place={place}
              onHop={(hop) => session.select(hop)}
              onRemove={() => session.setPaste(at, '')}
            />
          </Suspense>
        ) : (
          <PasteEditor
            text={pod.paste}
            label={words.t('paste.label', { pod: pod.name })}
            marks={marks}
            hovered={hovered}
            say={(part) => saysPart(words, part)}
            place={place}
            onChange={(paste) => session.setPaste(at, paste)}
            onHop={(hop) => session.select(hop)}
            onHover={(hop) => session.hover(hop)}
            onCaret={setCaret}
          />
        )}
      </div>
      {caret && found && !blank && !held && (
        <CaretBar text={pod.paste} pod={pod.name} found={found} caret={caret} />
      )}
      {(blank || unrecognised) && <Commands />}
    </>
  );
});

interface PastedFlagsProps {
  readonly at: number;
  readonly pod: ScenarioPod;
  readonly found: FoundPod;
}

/** The form for istio-init's arguments, where they were pasted. */
function PastedFlags({ at, pod: { paste }, found }: PastedFlagsProps) {
  const session = useSession();
  const answered = useDeferredValue(useSessionState(({ answer }) => answer?.scenario.pods[at]?.paste.length));
  const init = found.documents.find(({ kind }) => kind === 'istio-init');
  if (!init) return null;
  const to = init.to + paste.length - (answered ?? paste.length); // a flag that was changed since then
  return (
    <Suspense>
      <InitFlags
        text={paste.slice(init.from, to)}
        onChange={(text) => session.setPaste(at, paste.slice(0, init.from) + text + paste.slice(to))}
      />
    </Suspense>
  );
}

/** A text that is too large for an editor goes where large files go. */
function takeLarge(event: ClipboardEvent, session: Session, holding: Holding): void {
  const text = event.clipboardData.getData('text/plain');
  if (text.length <= HELD_FROM) return;
  event.preventDefault();
  event.stopPropagation();
  void takeFiles(session, holding, [{ name: '', file: new File([text], '') }]);
}

function useMarks(pod: string, simulation: Simulation | null, found: FoundPod | undefined) {
  const words = useWords();
  const hop = useDeferredValue(useHop());
  return useMemo(
    () => (simulation && found ? marksOf(simulation.trace, hop, pod, found, words) : NO_MARKS),
    [simulation, found, hop, pod, words],
  );
}

const NO_PLACES: readonly Place[] = [];

/** The lines that prove the current hop, while the text is the one that was answered. */
function useProofs(pod: string): readonly Place[] {
  const hop = useHop();
  const stale = useSessionState(isStale);
  const proofs = useMemo(() => {
    if (!hop || stale) return NO_PLACES;
    return hop.evidence
      .filter((each) => each.pod === pod && !each.supplied)
      .map(({ from: offset, line }) => ({ offset, line }));
  }, [hop, pod, stale]);
  return useDeferredValue(proofs);
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
