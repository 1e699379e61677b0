// The gallery, in the order it is shown. The first one is what the app opens with.
import { bookinfo } from './bookinfo/sample.ts';
import { redirect127006 } from './redirect-127-0-0-6/sample.ts';
import type { Sample } from './sample.ts';

export const firstSample: Sample = redirect127006;

export const samples: readonly Sample[] = [firstSample, bookinfo];

/** The sample with that id, or undefined. */
export function sampleOf(id: string): Sample | undefined {
  return samples.find((sample) => sample.id === id);
}
