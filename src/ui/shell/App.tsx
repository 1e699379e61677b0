// The screen: answer on top, paste, picture and details side by side, timeline below. Narrow screens show one
// or two of the three at a time, and the journey as a list instead of the picture.
import { lazy, Suspense, useEffect, useState } from 'react';
import type { Message } from '../../engine/trace/trace.ts';
import type { Words } from '../../i18n/words.ts';
import type { Session } from '../../session/session.ts';
import {
  EngineContext,
  SessionContext,
  useSession,
  useSessionState,
  useWords,
  WordsContext,
} from '../context.ts';
import { PastePane } from '../editors/PastePane.tsx';
import { SidePane } from '../inspector/SidePane.tsx';
import { Journey } from '../journey/Journey.tsx';
import { useMedia } from '../media.ts';
import { NARROW } from '../narrow.ts';
import { Timeline } from '../timeline/Timeline.tsx';
import styles from './App.module.css';
import { Announcer } from './Announcer.tsx';
import { Guard } from './Guard.tsx';
import { Header } from './Header.tsx';
import { Headline } from './Headline.tsx';
import { useOverlay, type OverlayName } from './overlay.ts';
import { Overlays } from './Overlays.tsx';
import { DropZone } from './DropZone.tsx';
import { usePageSettings, useKeys, useWordsOf } from './page.ts';
import { PaneToggles, type Panes } from './PaneToggles.tsx';
import { keepWidths, readWidths, stylesOf } from './pane-widths.ts';
import { SkipLinks } from './SkipLinks.tsx';
import { Splitter } from './Splitter.tsx';
import { pageMemory } from './storage.ts';
import { ViewSwitch, type View } from './ViewSwitch.tsx';
import { Waiting } from './Waiting.tsx';
import type { WorkerEngine } from './worker-engine.ts';

const SIDES = ['paste', 'details'] as const;

const Canvas = lazy(() => import('../canvas/Canvas.tsx').then(({ Canvas }) => ({ default: Canvas })));

interface AppProps {
  readonly session: Session;
  readonly engine: WorkerEngine;
  /** The words of the language the session begins with. */
  readonly words: Words;
  readonly damage: Message | null;
  /** What lies over the screen when the page opens. */
  readonly overlay: OverlayName | null;
}

export function App({ session, engine, words: first, damage, overlay }: AppProps) {
  const words = useWordsOf(session, first);
  return (
    <SessionContext value={session}>
      <EngineContext value={engine}>
        <WordsContext value={words}>
          <Screen damage={damage} first={overlay} />
        </WordsContext>
      </EngineContext>
    </SessionContext>
  );
}

interface ScreenProps {
  readonly damage: Message | null;
  readonly first: OverlayName | null;
}

function Screen({ damage, first }: ScreenProps) {
  const { t, say } = useWords();
  const [view, setView] = useState<View>('picture');
  const [panes, setPanes] = useState<Panes>({ paste: true, details: true });
  const [widths, setWidths] = useState(() => readWidths(pageMemory()));
  useEffect(() => keepWidths(pageMemory(), widths), [widths]);
  const overlay = useOverlay(first);
  const narrow = useMedia(NARROW);
  usePageSettings();
  useKeys(overlay);
  return (
    <div className={styles['app']} data-view={view} data-paste={panes.paste} data-details={panes.details}>
      <SkipLinks onPicture={() => setView((now) => (narrow ? 'picture' : now))} />
      <Header onShow={overlay.show} />
      {damage && <p className={styles['notice']}>{say(damage)}</p>}
      <Failure />
      <Headline onShowPaste={() => setView('paste')} onTour={() => overlay.show('tour')} />
      <main className={styles['main']} style={stylesOf(widths)}>
        <ViewSwitch view={view} onChange={setView} />
        <section className={styles['paste']} aria-label={t('pane.paste')} data-tour="paste">
          <PastePane onShowLog={() => overlay.show('log')} />
        </section>
        <section className={styles['picture']} aria-label={t('pane.picture')} data-tour="picture">
          <Waiting />
          {!narrow && <PaneToggles panes={panes} onChange={setPanes} />}
          {SIDES.map(
            (side) => panes[side] && <Splitter key={side} side={side} widths={widths} onChange={setWidths} />,
          )}
          <Guard sentence={t('guard')}>
            {overlay.shown === 'present' || overlay.shown === 'quiz' ? null : narrow ? (
              <Journey />
            ) : (
              <Suspense fallback={<p className={styles['fallback']}>{t('working')}</p>}>
                <Canvas />
              </Suspense>
            )}
          </Guard>
        </section>
        <section className={styles['details']} aria-label={t('pane.details')}>
          <SidePane />
        </section>
      </main>
      <Timeline onShow={overlay.show} />
      <Announcer />
      <DropZone />
      <Overlays overlay={overlay} />
    </div>
  );
}

function Failure() {
  const { t } = useWords();
  const session = useSession();
  const failure = useSessionState((state) => state.failure);
  if (failure === null) return null;
  return (
    <p className={styles['notice']} role="alert">
      {failure === 'cancelled' ? t('cancelled') : t('failure', { reason: failure })}{' '}
      <button type="button" className="link" onClick={() => session.askAgain()}>
        {t('again')}
      </button>
    </p>
  );
}
