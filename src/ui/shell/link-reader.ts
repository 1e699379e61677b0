// How the page reads links: a long one in the worker, because a stranger may have written it.
import type { Opened } from '../../permalink/fragment.ts';
import { held } from '../../session/held-link.ts';
import type { WorkerEngine } from './worker-engine.ts';

export type LinkReader = (link: string) => Promise<Opened>;

/** So short a link can only hold a sample's name or a few lines: it is read at once. Characters. */
const SHORT = 200;

const TOO_LARGE: Opened = { kind: 'damaged', code: 'permalink.size', parameters: {} };

/** Never rejects: a link that the worker does not get through is too large. */
export function linkReader({ ask, holding }: Pick<WorkerEngine, 'ask' | 'holding'>): LinkReader {
  return async (link) => {
    if (link.length <= SHORT) return (await import('../../permalink/fragment.ts')).decodeFragment(link);
    const opened = await ask((remote) => remote.openLink(link)).catch(() => null);
    return opened ? held(opened, holding) : TOO_LARGE;
  };
}
