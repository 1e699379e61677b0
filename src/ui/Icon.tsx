// The few signs of the controls, drawn here so that no font has to have them.
const PATHS = {
  first: 'M4 3v10M13 3 6.5 8l6.5 5z',
  back: 'M11.5 3 5 8l6.5 5z',
  play: 'M4.5 2.5 13 8l-8.5 5.5z',
  pause: 'M5 3v10M11 3v10',
  next: 'M4.5 3 11 8l-6.5 5z',
  last: 'M12 3v10M3 3l6.5 5L3 13z',
  cut: 'M4.6 10.6 13 2.5M4.6 5.4 13 13.5M3 2.6a1.9 1.9 0 1 0 .1 0M3 9.6a1.9 1.9 0 1 0 .1 0',
  copy: 'M5.5 5.5h8v8h-8zM3.5 10.5h-1v-8h8v1',
  done: 'M3 8.5 6.5 12 13 4',
  plus: 'M8 2.5v11M2.5 8h11',
  minus: 'M2.5 8h11',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  map: 'M1.5 3.5h13v9h-13zM4 6h3v3H4zM9 8h3v2H9z',
  fold: 'M8 1v4M5.5 3 8 5.5 10.5 3M8 15v-4M5.5 13 8 10.5 10.5 13M2 8h12',
  unfold: 'M8 6V1M5.5 3 8 .5 10.5 3M8 10v5M5.5 13 8 15.5 10.5 13M2 8h12',
  undo: 'M6 3 2.5 6.5 6 10M3 6.5h6.5a4 4 0 0 1 0 8H7',
  redo: 'M10 3l3.5 3.5L10 10M13 6.5H6.5a4 4 0 0 0 0 8H9',
  close: 'M3 3l10 10M13 3 3 13',
  search: 'M7 2.5a4.5 4.5 0 1 0 .1 0M10.5 10.5 14 14',
  window: 'M6 3.5H2.5v9.5H12V9.5M9 2.5h4.5V7M13.5 2.5 7 9',
  rest: 'M8 3a5 5 0 1 0 .1 0',
} as const;

/** The others are drawn as lines. */
const FILLED: readonly string[] = ['first', 'back', 'play', 'pause', 'next', 'last', 'rest'];

export type IconName = keyof typeof PATHS;

interface IconProps {
  readonly name: IconName;
}

export function Icon({ name }: IconProps) {
  return (
    <svg
      width="14"
      height="14"
      viewBox="0 0 16 16"
      aria-hidden="true"
      fill={FILLED.includes(name) ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={FILLED.includes(name) ? 2 : 1.6}
      strokeLinejoin="round"
      style={{ verticalAlign: '-2px' }}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
