// `?embed`: the answer, the picture and the timeline inside another page. Nothing can be pasted, nothing is remembered.
import { lazy, Suspense } from 'react';
import type { Words } from '../../i18n/words.ts';
import type { Session } from '../../session/session.ts';
import { SessionContext, useWords, WordsContext } from '../context.ts';
import { Journey } from '../journey/Journey.tsx';
import { useMedia } from '../media.ts';
import { NARROW } from '../narrow.ts';
import { Announcer } from '../shell/Announcer.tsx';
import { Guard } from '../shell/Guard.tsx';
import { Headline } from '../shell/Headline.tsx';
import { usePageSettings } from '../shell/page.ts';
import { Timeline } from '../timeline/Timeline.tsx';
import styles from './Embedded.module.css';

const Canvas = lazy(() => import('../canvas/Canvas.tsx').then(({ Canvas }) => ({ default: Canvas })));

interface EmbeddedProps {
  readonly session: Session;
  readonly words: Words;
}

export function Embedded({ session, words }: EmbeddedProps) {
  return (
    <SessionContext value={session}>
      <WordsContext value={words}>
        <View />
      </WordsContext>
    </SessionContext>
  );
}

/** The parts of the screen that lead elsewhere lead nowhere here. */
function stay(): void {}

function View() {
  const { t } = useWords();
  const narrow = useMedia(NARROW);
  usePageSettings();
  return (
    <div className={styles['view']}>
      <Headline onShowPaste={stay} onTour={stay} />
      <main className={styles['picture']} aria-label={t('pane.picture')}>
        <Guard sentence={t('guard')}>
          {narrow ? (
            <Journey />
          ) : (
            <Suspense fallback={<p>{t('working')}</p>}>
              <Canvas />
            </Suspense>
          )}
        </Guard>
      </main>
      <Timeline onShow={stay} />
      <Announcer />
    </div>
  );
}
