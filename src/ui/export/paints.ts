// The colours and patterns of a picture that leaves the page: those of the light theme, on opaque paper.
const SOURCES = [
  ['#0b5fb4', ''],
  ['#b8420b', '13 4'],
  ['#00705a', '4 4'],
  ['#86338a', '13 4 3 4'],
  ['#7a5c00', '8 8'],
  ['#47525e', '2 6'],
  ['#0b6477', '2 3 9 3'],
  ['#9f1239', '20 5'],
  ['#46610f', '9 3 2 3 2 3'],
  ['#5b34c4', '1 3'],
] as const;

export const PAINTS = {
  paper: '#faf8f3',
  panel: '#fffefb',
  ink: '#1d1d22',
  dim: '#5a5d6a',
  line: '#bfb8a6',
  lit: '#fff0bf',
  bad: '#a8201a',
} as const;

/** The colour and dash pattern of the slot of a source address. */
export function paintOf(slot: number): { readonly colour: string; readonly dash: string } {
  const [colour, dash] = SOURCES[slot] ?? SOURCES[5];
  return { colour, dash };
}
