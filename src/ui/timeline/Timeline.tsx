// The journey as a row of stops, coloured by source address, with the controls that move along it.
import { useEffect, useRef } from 'react';
import type { Hop, Trace } from '../../engine/trace/trace.ts';
import { sourcesOf } from '../../graph/sources.ts';
import { SPEEDS } from '../../session/settings.ts';
import { slotOf } from '../Address.tsx';
import { useSession, useSessionState, useTrace, useWords } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { sentenceOf, stopLabel } from '../sentence.ts';
import styles from './Timeline.module.css';

interface TimelineProps {
  readonly onShowKeys: () => void;
}

export function Timeline({ onShowKeys }: TimelineProps) {
  const { t } = useWords();
  const trace = useTrace();
  return (
    <section className={styles['timeline']} aria-label={t('timeline.label')}>
      <Controls trace={trace} onShowKeys={onShowKeys} />
      {trace && trace.hops.length > 0 && <Stops trace={trace} />}
    </section>
  );
}

interface ControlsProps extends TimelineProps {
  readonly trace: Trace | null;
}

function Controls({ trace, onShowKeys }: ControlsProps) {
  const { t } = useWords();
  const session = useSession();
  const hop = useSessionState((state) => state.hop);
  const wrapped = useSessionState((state) => state.wrapped);
  const playing = useSessionState((state) => state.playing);
  const count = trace?.hops.length ?? 0;
  return (
    <div className={styles['controls']}>
      <Control name="first" off={count === 0 || hop === 1} onPress={() => session.toEnd('first')} />
      <Control name="back" off={count === 0 || hop === 1} onPress={() => session.step(-1)} />
      <button
        type="button"
        className="button"
        data-primary
        disabled={count < 2}
        onClick={() => session.setPlaying(!playing)}
      >
        <Icon name={playing ? 'pause' : 'play'} />{' '}
        <span className={styles['word']}>{t(playing ? 'timeline.pause' : 'timeline.play')}</span>
      </button>
      <Control name="next" off={count === 0 || hop === count} onPress={() => session.step(1)} />
      <Control
        name="last"

        off={count === 0 || hop === count}
        onPress={() => session.toEnd('last')}
      />
      <button
        type="button"
        className="button"
        disabled={(trace?.sourceChanges.length ?? 0) === 0}
        onClick={() => session.toNextSourceChange()}
      >
        <Icon name="cut" /> <span className={styles['word']}>{t('timeline.change')}</span>
      </button>
      <SpeedChoice />
      {wrapped && <span className={styles['wrapped']}>{t('timeline.wrapped')}</span>}
      <span className={styles['place']}>{count > 0 && t('timeline.place', { n: hop ?? 0, count })}</span>
      <button
        type="button"
        className={`button ${styles['help']}`}
        onClick={onShowKeys}
        aria-label={t('keys.title')}
        title={t('keys.title')}
      >
        ?
      </button>
    </div>
  );
}

interface ControlProps {
  readonly name: 'first' | 'back' | 'next' | 'last';
  readonly off: boolean;
  readonly onPress: () => void;
}

function Control({ name, off, onPress }: ControlProps) {
  const { t } = useWords();
  return (
    <button
      type="button"
      className="button"
      aria-label={t(`keys.${name}`)}
      title={t(`keys.${name}`)}
      disabled={off}
      onClick={onPress}
    >
      <Icon name={name} />
    </button>
  );
}

function SpeedChoice() {
  const { t } = useWords();
  const session = useSession();
  const speed = useSessionState((state) => state.settings.speed);
  return (
    <select
      className="field"
      aria-label={t('timeline.speed')}
      value={speed}
      onChange={(event) =>
        session.set({ speed: SPEEDS.find((each) => String(each) === event.target.value) ?? 1 })
      }
    >
      {SPEEDS.map((each) => (
        <option key={each} value={each}>
          {each}×
        </option>
      ))}
    </select>
  );
}

function Stops({ trace }: { readonly trace: Trace }) {
  const current = useSessionState((state) => state.hop);
  const sources = sourcesOf(trace);
  return (
    <ol className={styles['stops']}>
      {trace.hops.map((hop) => (
        <Stop
          key={hop.n}
          hop={hop}
          sources={sources}
          changes={trace.sourceChanges.some((change) => change.hop === hop.n)}
          current={hop.n === current}
        />
      ))}
    </ol>
  );
}

interface StopProps {
  readonly hop: Hop;
  readonly sources: readonly string[];
  readonly changes: boolean;
  readonly current: boolean;
}

function Stop({ hop, sources, changes, current }: StopProps) {
  const words = useWords();
  const session = useSession();
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) item.current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    <li ref={item} className={styles['stop']} data-basis={hop.basis}>
      <span className={styles['rail']} data-source={slotOf(sources, hop.before.src)} />
      <span className={styles['rail']} data-source={slotOf(sources, hop.after.src)} />
      <button
        type="button"
        data-source={slotOf(sources, hop.after.src)}
        aria-current={current ? 'step' : undefined}
        aria-label={words.t('timeline.stop', { n: hop.n, sentence: sentenceOf(words, hop) })}
        title={sentenceOf(words, hop)}
        onClick={() => session.select(hop.n)}
      >
        <b>{changes ? <Icon name="cut" /> : (hop.step ?? '·')}</b>
        <span>{stopLabel(hop, words)}</span>
      </button>
    </li>
  );
}
