// A link -> what it opens, as the worker hands it to the page: texts too large for the page go as files.
import { decodeFragment, type Opened } from '../permalink/fragment.ts';
import { HELD_FROM, type Holding } from './held.ts';

export interface OpenedLink {
  readonly opened: Opened;
  /** For each pod its paste as a file, where that is too large for the page. */
  readonly large: readonly (Blob | null)[];
}

/** What a link opens. A stranger's link may take seconds to read: never ask this of the page itself. */
export function openLink(link: string): OpenedLink {
  const opened = decodeFragment(link);
  if (opened.kind !== 'scenario') return { opened, large: [] };
  const { scenario } = opened;
  const large = scenario.pods.map(({ paste }) => (paste.length > HELD_FROM ? new Blob([paste]) : null));
  const pods = scenario.pods.map((pod, i) => (large[i] ? { ...pod, paste: '' } : pod));
  return { opened: { kind: 'scenario', scenario: { ...scenario, pods } }, large };
}

/** The same on the page: its large texts are held. */
export function held({ opened, large }: OpenedLink, holding: Holding): Opened {
  if (opened.kind !== 'scenario') return opened;
  const { scenario } = opened;
  const pods = scenario.pods.map((pod, i) => {
    const text = large[i];
    return text ? { ...pod, paste: holding.hold(text) } : pod;
  });
  return { kind: 'scenario', scenario: { ...scenario, pods } };
}
