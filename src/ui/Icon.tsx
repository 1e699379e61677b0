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
} as const;

/** Drawn as lines; the others are filled. */
const LINES: readonly string[] = ['cut', 'copy', 'done'];

interface IconProps {
  readonly name: keyof typeof PATHS;
}

export function Icon({ name }: IconProps) {
  return (
    <svg
      width="14"
      height="14"
      viewBox="0 0 16 16"
      aria-hidden="true"
      fill={LINES.includes(name) ? 'none' : 'currentColor'}
      stroke="currentColor"
      strokeWidth={LINES.includes(name) ? 1.6 : 2}
      strokeLinejoin="round"
      style={{ verticalAlign: '-2px' }}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
