// The text twin of the picture, where it is not on the screen itself; on paper, the picture and the twin.
import type { Trace } from '../../engine/trace/trace.ts';
import { PrintedPicture } from '../export/PrintedPicture.tsx';
import { HopList } from './HopList.tsx';
import styles from './SidePane.module.css';

export function Twin({ trace }: { readonly trace: Trace }) {
  return (
    <>
      <div className={styles['printed']}>
        <PrintedPicture trace={trace} />
      </div>
      <div className={`visually-hidden ${styles['twin']}`}>
        <HopList trace={trace} plain />
      </div>
    </>
  );
}
