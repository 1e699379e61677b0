// Trace -> a Mermaid sequence diagram: who hands the packet to whom, with the addresses it bears on each way.
// https://mermaid.js.org/syntax/sequenceDiagram.html
import type { Hop, Trace } from '../../engine/trace/trace.ts';
import { firstHop, lastHop, visitsOf, type Visit } from '../../graph/visits.ts';
import type { Words } from '../../i18n/words.ts';
import { placeName } from '../place-name.ts';
import { sentenceOf } from '../sentence.ts';

/** Mermaid ends a message at `;` and reads `#` as an entity. */
function plain(text: string): string {
  return text.replaceAll('#', '#35;').replaceAll(';', '#59;').replaceAll('\n', ' ');
}

function keyOf({ place, pod }: Visit): string {
  return place === 'network' ? 'network' : `${pod ?? 'pod'} ${place}`;
}

function changesOf(visit: Visit): readonly Hop[] {
  return visit.hops.filter(({ before, after }) => before.src !== after.src || before.dst !== after.dst);
}

/** Mermaid's own frame around what repeats: the lap of a loop, up to the end. */
function lapBegin({ lap }: Trace, visit: Visit, { t }: Words): readonly string[] {
  const begins = lap && visit.hops.some(({ n }) => n === lap.from);
  return begins ? [`  loop ${plain(t('lap.hops', { from: lap.from, to: lap.to }))}`] : [];
}

/** The text of the diagram, with a note wherever an address changes. */
export function mermaidOf(trace: Trace, words: Words): string {
  const visits = visitsOf(trace);
  const ids = new Map([...new Set(visits.map(keyOf))].map((key, i) => [key, `p${i}`]));
  const idOf = (visit: Visit) => ids.get(keyOf(visit)) ?? 'p0';
  const named = new Map(visits.map((visit) => [keyOf(visit), visit]));
  const participants = [...named].map(([key, visit]) => {
    const { pod, place } = visit;
    const name = placeName(firstHop(visit), trace, words);
    return `  participant ${ids.get(key)} as ${plain(pod === null || place === 'network' ? name : `${name} (${pod})`)}`;
  });
  const lines = visits.flatMap((visit, i) => {
    const before = visits[i - 1];
    const { src, dst } = firstHop(visit).before;
    const arrow = firstHop(visit).packet === 'reply' ? '-->>' : '->>';
    const message = before ? [`  ${idOf(before)}${arrow}${idOf(visit)}: ${plain(`${src} → ${dst}`)}`] : [];
    const notes = changesOf(visit).map(
      (hop) => `  Note over ${idOf(visit)}: ${plain(`${hop.n}. ${sentenceOf(words, hop)}`)}`,
    );
    return [...lapBegin(trace, visit, words), ...message, ...notes];
  });
  const end = visits.at(-1);
  const outcome = end ? [`  Note over ${idOf(end)}: ${plain(sentenceOf(words, lastHop(end)))}`] : [];
  const close = trace.lap ? ['  end'] : [];
  return ['sequenceDiagram', ...participants, ...lines, ...outcome, ...close, ''].join('\n');
}
