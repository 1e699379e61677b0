// What a place of the journey is called: a proxy bears the name of the program that took the connection there.
import type { Hop, Trace } from '../engine/trace/trace.ts';
import type { Words } from '../i18n/words.ts';

/** By how the codes of its events begin. Whatever is none of these is Envoy. */
const PROGRAMS = { 'ztunnel.accepts': 'ztunnel', 'waypoint.accepts': 'waypoint', 'agent.': 'pilot-agent' };

export function placeName({ place, pod }: Hop, trace: Trace, words: Words): string {
  if (place !== 'proxy') return words.t(`place.${place}`);
  const codes = trace.hops
    .filter((hop) => hop.place === 'proxy' && hop.pod === pod)
    .map(({ event }) => event.code);
  const program = Object.entries(PROGRAMS).find(([start]) => codes.some((code) => code.startsWith(start)));
  return program?.[1] ?? words.t('place.proxy');
}
