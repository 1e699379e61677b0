// One stop for each hop, on rails in the colour and pattern of the source address; the pods' names above them.
import { memo, useDeferredValue, useEffect, useRef, type MouseEvent } from 'react';
import type { Hop, Trace } from '../../engine/trace/trace.ts';
import { sourcesOf } from '../../graph/sources.ts';
import { isSourceStop } from '../../session/navigation.ts';
import { lapPart, type LapPart } from '../../graph/lap.ts';
import { slotOf } from '../Address.tsx';
import { useSession, useSessionState, useWords } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { scrollWithin } from '../scroll-within.ts';
import { sentenceOf, stopLabel } from '../sentence.ts';
import styles from './Timeline.module.css';

export const Stops = memo(({ trace }: { readonly trace: Trace }) => {
  const sources = sourcesOf(trace);
  return (
    <ol className={styles['stops']}>
      {staysOf(trace).map(({ pod, hops }) => (
        <li key={hops[0]?.n} className={styles['stay']}>
          <span className={styles['pod']} title={pod ?? undefined}>
            {pod}
          </span>
          <ol>
            {hops.map((hop) => (
              <Stop key={hop.n} hop={hop} sources={sources} lap={lapPart(trace, hop)} />
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
});

interface Stay {
  readonly pod: string | null;
  readonly hops: readonly Hop[];
}

/** The consecutive hops in one pod, and those between the pods: the name of the pod stands above them. */
function staysOf({ hops }: Trace): readonly Stay[] {
  const stays: { pod: string | null; hops: Hop[] }[] = [];
  for (const hop of hops) {
    const pod = hop.place === 'network' ? null : hop.pod;
    const last = stays.at(-1);
    if (last && last.pod === pod) last.hops.push(hop);
    else stays.push({ pod, hops: [hop] });
  }
  return stays;
}

interface StopProps {
  readonly hop: Hop;
  readonly sources: readonly string[];
  readonly lap: LapPart | undefined;
}

function Stop({ hop, sources, lap }: StopProps) {
  const words = useWords();
  const session = useSession();
  const item = useRef<HTMLLIElement>(null);
  const current = useDeferredValue(useSessionState((state) => state.hop === hop.n)); // the sentence first
  const hovered = useSessionState((state) => state.hovered === hop.n);
  const rests = useSessionState((state) => state.breakpoints.has(hop.n));
  useEffect(() => {
    const list = item.current?.closest<HTMLElement>(`.${styles['stops']}`);
    if (current && item.current && list) scrollWithin(list, item.current);
  }, [current]);
  function press(event: MouseEvent): void {
    if (event.shiftKey) session.toggleBreakpoint(hop.n);
    else session.select(hop.n);
  }
  return (
    <li
      ref={item}
      className={styles['stop']}
      data-basis={hop.basis}
      data-hovered={hovered}
      data-rests={rests}
      data-lap={lap}
    >
      <Rail source={slotOf(sources, hop.before.src)} />
      <Rail source={slotOf(sources, hop.after.src)} />
      <button
        type="button"
        data-source={slotOf(sources, hop.after.src)}
        aria-current={current ? 'step' : undefined}
        aria-label={words.t('timeline.stop', { n: hop.n, sentence: sentenceOf(words, hop) })}
        title={sentenceOf(words, hop)}
        onClick={press}
        onPointerEnter={() => session.hover(hop.n)}
        onPointerLeave={() => session.hover(null)}
      >
        <b>{isSourceStop(hop) ? <Icon name="cut" /> : (hop.step ?? '·')}</b>
        <span>
          {stopLabel(hop, words).map((line) => (
            <span key={line}>{line}</span>
          ))}
        </span>
      </button>
    </li>
  );
}

function Rail({ source }: { readonly source: number }) {
  return (
    <svg className={styles['rail']} aria-hidden="true">
      <line x1="0" x2="100%" y1="2.5" y2="2.5" data-source={source} />
    </svg>
  );
}
