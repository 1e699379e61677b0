// How long a link is -> where it fits.

export type Place = 'qr' | 'discord' | 'slack' | 'anything' | 'file';

/** In characters. A finer code than that no phone reads from a screen; Chromium follows no link above 2 MiB. */
const LIMITS: readonly (readonly [Place, number])[] = [
  ['qr', 900],
  ['discord', 2_000],
  ['slack', 4_000],
  ['anything', 2_000_000],
];

/** The places where a link of that length fits, the narrowest first; `file` when there is none. */
export function placesFor(length: number): readonly Place[] {
  const places = LIMITS.filter(([, limit]) => length <= limit).map(([place]) => place);
  return places.length === 0 ? ['file'] : places;
}
