// Conntrack, captures and sockets laid over the hops: the same two ends, or the capture of another connection.
import type { Document } from '../../../documents/document.ts';
import { evidenceAt } from '../evidence.ts';
import type { Pod } from '../pod.ts';
import type { Evidence, Finding, Hop } from '../trace.ts';
import { endsIn, endsText, sameConnection, sameEnds, type Ends } from './ends.ts';
import { isSightingKind, sightingsIn, type Sighting } from './sighting.ts';

/** A hop, and the ends its packet has behind it. */
interface Predicted {
  readonly hop: Hop;
  readonly before: Ends;
  readonly after: Ends;
}

function predictedOf(hops: readonly Hop[]): Predicted[] {
  return hops.flatMap((hop) => {
    const [before, after] = [endsIn(hop.before), endsIn(hop.after)];
    return before && after ? [{ hop, before, after }] : [];
  });
}

/** The hop that made these ends: where the packet began, or where its addresses became those. */
function makerOf(predicted: readonly Predicted[], ends: Ends): Hop | undefined {
  const first = predicted.find(({ after }) => sameConnection(after, ends));
  return first?.hop;
}

export interface ConnectionCheck {
  readonly confirmed: ReadonlyMap<Hop, readonly Evidence[]>;
  readonly findings: readonly Finding[];
}

/** What one kind of document shows of the request; null when it shows no connection at all. */
interface Laid {
  readonly document: Document;
  readonly matched: readonly (readonly [Sighting, Hop])[];
  readonly first: Sighting;
}

function lay(document: Document, predicted: readonly Predicted[]): Laid | null {
  const sightings = sightingsIn(document);
  const [first] = sightings;
  if (!first) return null;
  const matched = sightings.flatMap((sighting): [Sighting, Hop][] => {
    const maker = makerOf(predicted, sighting.ends);
    const translator = maker && sighting.translated && makerOf(predicted, sighting.translated);
    return [maker, translator].flatMap((hop) => (hop ? [[sighting, hop]] : []));
  });
  return { document, matched, first };
}

/** The ends that the kernel of the pod leaves the connection with, when it came in with those. */
function translatedBy(predicted: readonly Predicted[], pod: Pod, ends: Ends): Predicted | undefined {
  const entered = predicted.find(
    ({ hop, before }) => hop.pod === pod.name && hop.place === 'kernel' && sameEnds(before, ends),
  );
  const { connection } = entered?.hop ?? {};
  return predicted.findLast(
    ({ hop }) => hop.connection === connection && hop.pod === pod.name && hop.place === 'kernel',
  );
}

/** A connection whose NAT conntrack shows otherwise than the rules make it. */
function natDiffers(pod: Pod, predicted: readonly Predicted[], { matched }: Laid): Finding[] {
  return matched.flatMap(([sighting]): Finding[] => {
    const { translated, span } = sighting;
    const left = translated && translatedBy(predicted, pod, sighting.ends);
    if (!translated || !left || sameEnds(left.after, translated)) return [];
    const parameters = { seen: endsText(translated), predicted: endsText(left.after) };
    const evidence = [evidenceAt(pod.paste, span), ...left.hop.evidence.slice(0, 1)];
    return [
      { code: 'finding.conntrack-differs', severity: 'warning', hop: left.hop.n, parameters, evidence },
    ];
  });
}

const SEVERITY: Readonly<Record<string, Finding['severity']>> = { sockets: 'info' };

/** None of the connections in a document is the request's: it was captured of another, or at another time. */
function ofAnother(
  pod: Pod,
  request: Ends,
  proof: Evidence | null,
  { document, matched, first }: Laid,
): Finding[] {
  if (matched.length > 0) return [];
  return [
    {
      code: `finding.other-connection.${document.kind}`,
      severity: SEVERITY[document.kind] ?? 'warning',
      hop: null,
      parameters: { seen: endsText(first.ends), request: endsText(request) },
      evidence: [evidenceAt(pod.paste, first.span), ...(proof ? [proof] : [])],
    },
  ];
}

/** No capture shows the request: then it is what told of the request that stands alone. */
function requestUnseen(pod: Pod, request: Ends, proof: Evidence | null, laid: readonly Laid[]): Finding[] {
  const [other] = laid;
  if (!other) return [];
  const parameters = { request: endsText(request), seen: endsText(other.first.ends), captures: laid.length };
  const evidence = [...(proof ? [proof] : []), evidenceAt(pod.paste, other.first.span)];
  return [{ code: 'finding.request-unseen', severity: 'warning', hop: 1, parameters, evidence }];
}

/** Lays every document of a pod that shows connections over the hops. `proof` is the line that tells of the request. */
export function checkConnections(pod: Pod, hops: readonly Hop[], proof: Evidence | null): ConnectionCheck {
  const predicted = predictedOf(hops);
  const [start] = predicted;
  const laid = pod.paste.documents
    .filter(({ kind }) => isSightingKind(kind))
    .flatMap((document) => lay(document, predicted) ?? []);
  if (!start) return { confirmed: new Map(), findings: [] };
  const shown = proof ?? shownIn(pod, laid);
  const confirmed = new Map<Hop, readonly Evidence[]>();
  for (const { matched, document } of laid)
    for (const [{ span }, hop] of firstOfEach(matched, document))
      confirmed.set(hop, [...(confirmed.get(hop) ?? []), evidenceAt(pod.paste, span)]);
  const unseen = laid.length > 1 && laid.every(({ matched }) => matched.length === 0);
  if (unseen) return { confirmed, findings: requestUnseen(pod, start.before, proof, laid) };
  const findings = laid.flatMap((each) => [
    ...ofAnother(pod, start.before, shown, each),
    ...natDiffers(pod, predicted, each).slice(0, 1),
  ]);
  return { confirmed, findings };
}

/** A line of another capture that does show the request. */
function shownIn(pod: Pod, laid: readonly Laid[]): Evidence | null {
  const [first] = laid.flatMap(({ matched }) => matched);
  return first ? evidenceAt(pod.paste, first[0].span) : null;
}

/** One line of a document is enough for a hop; a kernel trace is laid over rule by rule instead. */
function firstOfEach(matched: Laid['matched'], { kind }: Document): Laid['matched'] {
  if (kind === 'kernel-trace') return [];
  return [...new Map(matched.toReversed().map((pair) => [pair[1], pair])).values()];
}
