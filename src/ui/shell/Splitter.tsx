// The edge between a pane and the picture: dragged, or moved with the arrow keys; a double click gives the pane its own
// width again.
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useWords } from '../context.ts';
import { held, NARROWEST, WIDEST, type Side, type Widths } from './pane-widths.ts';
import styles from './Splitter.module.css';

interface SplitterProps {
  readonly side: Side;
  readonly widths: Widths;
  readonly onChange: (widths: Widths) => void;
}

/** Pixels a key press moves the edge. */
const STEP = 24;
const KEYS: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowLeft: -1 };

export function Splitter({ side, widths, onChange }: SplitterProps) {
  const { t } = useWords();
  const grip = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const outwards = side === 'paste' ? 1 : -1;
  const set = (width: number) => onChange({ ...widths, [side]: held(width) });
  function take(event: PointerEvent<HTMLElement>): void {
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { x: event.clientX, width: paneWidth(event.currentTarget, side) };
  }
  function drag({ clientX }: PointerEvent): void {
    if (grip.current) set(grip.current.width + (clientX - grip.current.x) * outwards);
  }
  function press(event: KeyboardEvent<HTMLElement>): void {
    const step = KEYS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    set(paneWidth(event.currentTarget, side) + step * outwards * STEP);
  }
  return (
    <div
      className={styles['splitter']}
      data-side={side}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- hr cannot be focused and moved
      role="separator"
      aria-orientation="vertical"
      aria-label={t('pane.width', { pane: t(`pane.${side}`) })}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      aria-valuenow={widths[side] ?? NARROWEST}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a separator that can be moved is a control
      tabIndex={0}
      onPointerDown={take}
      onPointerMove={drag}
      onPointerUp={() => {
        grip.current = null;
      }}
      onKeyDown={press}
      onDoubleClick={() => onChange({ ...widths, [side]: null })}
    />
  );
}

/** The pane's width as it stands, chosen or not. */
function paneWidth(splitter: HTMLElement, side: Side): number {
  const picture = splitter.closest('section');
  const all = splitter.closest('main')?.getBoundingClientRect();
  if (!picture || !all) return NARROWEST;
  const { left, right } = picture.getBoundingClientRect();
  return side === 'paste' ? left - all.left : all.right - right;
}
