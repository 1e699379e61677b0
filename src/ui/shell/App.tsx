// The screen: answer on top, paste, picture and details side by side, timeline below. Narrow screens show one
// or two of the three at a time.
import { useState } from 'react';
import type { Message } from '../../engine/trace/trace.ts';
import type { Session } from '../../session/session.ts';
import { Canvas } from '../canvas/Canvas.tsx';
import { SessionContext, useSessionState, useWords } from '../context.ts';
import { PastePane } from '../editors/PastePane.tsx';
import { SidePane } from '../inspector/SidePane.tsx';
import { Timeline } from '../timeline/Timeline.tsx';
import styles from './App.module.css';
import { Announcer } from './Announcer.tsx';
import { Guard } from './Guard.tsx';
import { Header } from './Header.tsx';
import { Headline } from './Headline.tsx';
import { KeyMap } from './KeyMap.tsx';
import { usePageSettings, useKeys } from './page.ts';
import { ViewSwitch, type View } from './ViewSwitch.tsx';

interface AppProps {
  readonly session: Session;
  readonly damage: Message | null;
}

export function App({ session, damage }: AppProps) {
  return (
    <SessionContext value={session}>
      <Screen damage={damage} />
    </SessionContext>
  );
}

function Screen({ damage }: { readonly damage: Message | null }) {
  const { t, say } = useWords();
  const [view, setView] = useState<View>('picture');
  const [keysShown, setKeysShown] = useState(false);
  const failure = useSessionState((state) => state.failure);
  usePageSettings();
  useKeys(() => setKeysShown(true));
  return (
    <div className={styles['app']} data-view={view}>
      <Header />
      {damage && <p className={styles['notice']}>{say(damage)}</p>}
      {failure !== null && (
        <p className={styles['notice']} role="alert">
          {t('failure', { reason: failure })}
        </p>
      )}
      <Headline onShowPaste={() => setView('paste')} />
      <main className={styles['main']}>
        <ViewSwitch view={view} onChange={setView} />
        <section className={styles['paste']} aria-label={t('pane.paste')}>
          <PastePane />
        </section>
        <section className={styles['picture']} aria-label={t('pane.picture')}>
          <Guard sentence={t('guard')}>
            <Canvas />
          </Guard>
        </section>
        <section className={styles['details']} aria-label={t('pane.details')}>
          <SidePane />
        </section>
      </main>
      <Timeline onShowKeys={() => setKeysShown(true)} />
      <Announcer />
      <KeyMap open={keysShown} onClose={() => setKeysShown(false)} />
    </div>
  );
}
