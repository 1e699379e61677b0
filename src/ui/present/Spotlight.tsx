// Darkens all but a circle around the current row, and around the pointer once it moves.
import { useEffect, useRef } from 'react';
import { useSessionState } from '../context.ts';
import styles from './Presenter.module.css';

export function Spotlight() {
  const light = useRef<HTMLDivElement>(null);
  const hop = useSessionState((state) => state.hop);
  useEffect(() => {
    let frame = 0;
    const put = (x: number, y: number): void => {
      light.current?.style.setProperty('--x', `${x}px`);
      light.current?.style.setProperty('--y', `${y}px`);
    };
    // The picture glides to a new hop: the light stays on its row on the way.
    const stayOnRow = (): void => {
      const row = document.querySelector(`dialog[open] [data-hop="${hop}"]`)?.getBoundingClientRect();
      if (row) put(row.x + row.width / 2, row.y + row.height / 2);
      frame = requestAnimationFrame(stayOnRow);
    };
    const follow = ({ clientX, clientY }: PointerEvent): void => {
      cancelAnimationFrame(frame);
      put(clientX, clientY);
    };
    stayOnRow();
    addEventListener('pointermove', follow);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('pointermove', follow);
    };
  }, [hop]);
  return <div ref={light} className={styles['spotlight']} />;
}
