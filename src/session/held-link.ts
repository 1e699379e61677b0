// What the worker read from a link, on the page: its large texts are held. Nothing here reads links itself.
import type { Opened } from '../permalink/fragment.ts';
import type { Holding } from './held.ts';

export interface OpenedLink {
  readonly opened: Opened;
  /** For each pod its paste as a file, where that is too large for the page. */
  readonly large: readonly (Blob | null)[];
}

export function held({ opened, large }: OpenedLink, holding: Holding): Opened {
  if (opened.kind !== 'scenario') return opened;
  const { scenario } = opened;
  const pods = scenario.pods.map((pod, i) => {
    const text = large[i];
    return text ? { ...pod, paste: holding.hold(text) } : pod;
  });
  return { kind: 'scenario', scenario: { ...scenario, pods } };
}
