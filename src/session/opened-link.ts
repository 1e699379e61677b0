// A link -> what it opens, as the worker hands it to the page: texts too large for the page go as files.
import { decodeFragment } from '../permalink/fragment.ts';
import type { OpenedLink } from './held-link.ts';

/** Nobody chose to open a stranger's text in an editor: it takes no more of them than it shows at once. UTF-16 units. */
const LONGEST = { text: 2 ** 18, line: 2 ** 14 };

function isHeavy(paste: string): boolean {
  if (paste.length > LONGEST.text) return true;
  return paste.length > LONGEST.line && paste.split('\n').some(({ length }) => length > LONGEST.line);
}

/** What a link opens. A stranger's link may take seconds to read: never ask this of the page itself. */
export function openLink(link: string): OpenedLink {
  const opened = decodeFragment(link);
  if (opened.kind !== 'scenario') return { opened, large: [] };
  const { scenario } = opened;
  const large = scenario.pods.map(({ paste }) => (isHeavy(paste) ? new Blob([paste]) : null));
  const pods = scenario.pods.map((pod, i) => (large[i] ? { ...pod, paste: '' } : pod));
  return { opened: { kind: 'scenario', scenario: { ...scenario, pods } }, large };
}
