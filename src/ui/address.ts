// How the page looks, as it stands in an address: before the fragment, apart from what a link holds.
import type { Settings } from '../session/settings.ts';

/** `l=zh&t=dark&hop=9`: the language, the theme when one was chosen, the hop when one is current. */
export function viewQuery({ locale, theme }: Settings, hop: number | null): string {
  return new URLSearchParams({
    l: locale,
    ...(theme === 'system' ? {} : { t: theme }),
    ...(hop === null ? {} : { hop: String(hop) }),
  }).toString();
}
