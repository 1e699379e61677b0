// Darkens all but a circle around the pointer; without a pointer, around the current row.
import { useEffect, useRef } from 'react';
import { useSessionState } from '../context.ts';
import styles from './Presenter.module.css';

export function Spotlight() {
  const light = useRef<HTMLDivElement>(null);
  const hop = useSessionState((state) => state.hop);
  useEffect(() => {
    const put = (x: number, y: number): void => {
      light.current?.style.setProperty('--x', `${x}px`);
      light.current?.style.setProperty('--y', `${y}px`);
    };
    const follow = ({ clientX, clientY }: PointerEvent): void => put(clientX, clientY);
    const row = document.querySelector(`dialog[open] [data-hop="${hop}"]`)?.getBoundingClientRect();
    if (row) put(row.x + row.width / 2, row.y + row.height / 2);
    addEventListener('pointermove', follow);
    return () => removeEventListener('pointermove', follow);
  }, [hop]);
  return <div ref={light} className={styles['spotlight']} />;
}
