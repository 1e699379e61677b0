// The text twin of the picture, where it is not on the screen itself; on paper, the picture and the twin.
import { lazy, Suspense } from 'react';
import type { Trace } from '../../engine/trace/trace.ts';
import { useActed } from '../first-act.ts';
import { useMedia } from '../media.ts';
import { NARROW } from '../narrow.ts';
import { HopList } from './HopList.tsx';
import styles from './SidePane.module.css';

/** Fetched before it is wanted, for what is printed cannot wait; a phone has other things to fetch first. */
const PrintedPicture = lazy(() =>
  import('../export/PrintedPicture.tsx').then(({ PrintedPicture }) => ({ default: PrintedPicture })),
);

export function Twin({ trace }: { readonly trace: Trace }) {
  const [narrow, acted, printed] = [useMedia(NARROW), useActed(), useMedia('print')];
  return (
    <>
      {(!narrow || acted || printed) && (
        <div className={styles['printed']}>
          <Suspense>
            <PrintedPicture trace={trace} />
          </Suspense>
        </div>
      )}
      <div className={`visually-hidden ${styles['twin']}`}>
        <HopList trace={trace} plain />
      </div>
    </>
  );
}
