// A scenario -> what the engine did wrong with it: a hop out of order or without proof, a proof that is not in the paste,
// a picture that cannot be drawn, a link that does not give back what went in.
import { parseDocuments } from '../documents/parse.ts';
import type { Scenario } from '../engine/scenario.ts';
import { simulate } from '../engine/trace/simulate.ts';
import type { Evidence, Hop } from '../engine/trace/trace.ts';
import { toGraph } from '../graph/graph.ts';
import { anonymise } from '../masking/anonymise.ts';
import { decodeFragment, encodeScenario } from '../permalink/fragment.ts';

function isQuoted({ pod, from, to, text }: Evidence, { pods }: Scenario): boolean {
  const paste = pods.find(({ name }) => name === pod)?.paste ?? '';
  const [place = ''] = paste.slice(from, to).trim().split('\n');
  const isThere = from >= 0 && from <= to && to <= paste.length;
  return isThere && (text.includes(place.trim()) || place.includes(text.trim()));
}

/** The ends of the path lie outside of the paste; so does what is assumed, or undecided because it was not pasted. */
function needsEvidence({ place, basis }: Hop): boolean {
  return (place === 'kernel' || place === 'proxy') && (basis === 'derived' || basis === 'observed');
}

function hopFaults(hop: Hop, i: number, scenario: Scenario): string[] {
  const { n, evidence, confirmedBy, event } = hop;
  const isProven = evidence.length + confirmedBy.length > 0;
  const foreign = evidence.filter((each) => !each.supplied && !isQuoted(each, scenario));
  return [
    ...(n === i + 1 ? [] : [`hop ${n} is number ${i + 1}`]),
    ...(needsEvidence(hop) && !isProven ? [`hop ${event.code} has no evidence`] : []),
    ...foreign.map(({ document }) => `evidence of a ${document} is not in the paste`),
  ];
}

/** What is wrong with the walk, and with the picture of it. */
export function walkFaults(scenario: Scenario): string[] {
  const { trace } = simulate(scenario);
  const { nodes } = toGraph(trace);
  const unplaced = nodes.filter(({ x, y }) => !Number.isFinite(x) || !Number.isFinite(y));
  return [
    ...trace.hops.flatMap((hop, i) => hopFaults(hop, i, scenario)),
    ...unplaced.map(({ visit }) => `a node at ${visit.place} has no place`),
  ];
}

/** What is wrong with what is shared: the link, and the copy under other names. */
export function shareFaults(scenario: Scenario): string[] {
  const opened = decodeFragment(encodeScenario(scenario));
  const isWhole = opened.kind === 'scenario' && JSON.stringify(opened.scenario) === JSON.stringify(scenario);
  const copy = anonymise(scenario, new Uint8Array(16)).scenario;
  for (const { name, paste } of copy.pods) parseDocuments({ name, text: paste });
  return isWhole ? [] : [`the link gives back ${opened.kind}`];
}
