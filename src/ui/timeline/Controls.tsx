// Play, step, jump, speed, where to rest, and where the reader is.
import type { Trace } from '../../engine/trace/trace.ts';
import { SPEEDS } from '../../session/settings.ts';
import { useHop, useSession, useSessionState, useWords } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { isSourceStop } from '../../session/navigation.ts';
import type { OverlayName } from '../shell/overlay.ts';
import styles from './Timeline.module.css';

interface ControlsProps {
  readonly trace: Trace | null;
  readonly onShow: (overlay: OverlayName) => void;
}

export function Controls({ trace, onShow }: ControlsProps) {
  const { t } = useWords();
  const session = useSession();
  const wrapped = useSessionState((state) => state.wrapped);
  return (
    <div className={styles['controls']}>
      <Moves count={trace?.hops.length ?? 0} />
      <button
        type="button"
        className="button"
        disabled={!trace?.hops.some(isSourceStop)}
        onClick={() => session.toNextSourceChange()}
      >
        <Icon name="cut" /> <span className={styles['word']}>{t('timeline.change')}</span>
      </button>
      <SpeedChoice />
      <RestChoice />
      {wrapped && <span className={styles['wrapped']}>{t('timeline.wrapped')}</span>}
      <Where trace={trace} />
      <button
        type="button"
        className={`button ${styles['help']}`}
        onClick={() => onShow('keys')}
        aria-label={t('keys.title')}
        title={t('keys.title')}
      >
        ?
      </button>
    </div>
  );
}

/** The five buttons of a player; the presenter has them too. */
export function Moves({ count }: { readonly count: number }) {
  const { t } = useWords();
  const session = useSession();
  const hop = useSessionState((state) => state.hop);
  const playing = useSessionState((state) => state.playing);
  return (
    <>
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
      <Control name="last" off={count === 0 || hop === count} onPress={() => session.toEnd('last')} />
    </>
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

function RestChoice() {
  const { t } = useWords();
  const session = useSession();
  const rests = useSessionState((state) => state.restsOnSource);
  return (
    <label className={styles['rest']}>
      <input
        type="checkbox"
        checked={rests}
        onChange={(event) => session.setRestsOnSource(event.target.checked)}
      />{' '}
      <span>{t('timeline.rest')}</span>
    </label>
  );
}

/** "Hop 32 of 74", and which of its pod's steps that is. */
function Where({ trace }: { readonly trace: Trace | null }) {
  const { t } = useWords();
  const hop = useHop();
  const count = trace?.hops.length ?? 0;
  if (count === 0) return <span className={styles['place']} />;
  return (
    <span className={styles['place']}>
      <span>{t('timeline.place', { n: hop?.n ?? 0, count })}</span>
      {hop?.step && hop.pod && (
        <span className={styles['step']}>{t('timeline.step', { pod: hop.pod, step: hop.step })}</span>
      )}
    </span>
  );
}
