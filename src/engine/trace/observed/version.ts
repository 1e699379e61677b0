// Which Istio generation a pod's rules, configuration and log look like: an inference, with the lines it rests on; and
// pieces that no one release makes together.
import type { LineFormat } from '../../../documents/accesslog/format.ts';
import type { Span } from '../../../base/source.ts';
import { versionSigns, type VersionSign } from '../../mesh/version-signs.ts';
import { evidenceAt } from '../evidence.ts';
import type { Pod } from '../pod.ts';
import type { Finding } from '../trace.ts';

function formatsOf({ log }: Pod): (readonly [LineFormat, Span])[] {
  return log.formats.flatMap((row, n) => {
    const at = log.format.indexOf(n);
    return row.kind === 'text' && at >= 0
      ? [[row.format, { from: log.from[at] ?? 0, to: log.to[at] ?? 0 }] as const]
      : [];
  });
}

function latest(signs: readonly VersionSign[]): VersionSign | undefined {
  return signs.filter(({ first }) => first !== null).toSorted((a, b) => (b.first ?? 0) - (a.first ?? 0))[0];
}

function earliest(signs: readonly VersionSign[]): VersionSign | undefined {
  return signs.filter(({ last }) => last !== null).toSorted((a, b) => (a.last ?? 0) - (b.last ?? 0))[0];
}

function rangeText(first: number, last: number | null): string {
  return first === last ? `1.${first}` : `1.${first}–1.${last}`;
}

/** The signs that bound the range of releases from below and from above. A lack proves nothing against what is there. */
function boundsOf(pod: Pod): readonly [VersionSign | undefined, VersionSign | undefined] {
  const ruleset = pod.rules.paste.supplied === null ? pod.rules.ruleset : null;
  const signs = versionSigns(ruleset, pod.config, formatsOf(pod));
  const [from, to] = [latest(signs), earliest(signs)];
  const contradict = (from?.first ?? 0) > (to?.last ?? Infinity);
  const present = contradict ? signs.filter(({ absent }) => !absent) : signs;
  return [latest(present), earliest(present)];
}

/** The minor releases that a pod's pieces may be of: null is open. When they contradict, the newer sign counts. */
export function versionRange(pod: Pod): { readonly first: number | null; readonly last: number | null } {
  const [from, to] = boundsOf(pod);
  const first = from?.first ?? null;
  const last = to?.last ?? null;
  return { first, last: first !== null && last !== null && last < first ? null : last };
}

/** The latest minor release that the pod can be of: that of its init container's image, else what the signs leave. */
export function latestRelease(pod: Pod): number {
  return pod.release ?? versionRange(pod).last ?? Infinity;
}

/** The range that all signs leave, or the two that leave none. */
export function versionFinding(pod: Pod): Finding[] {
  const [from, to] = boundsOf(pod);
  const bounds = [from, to].filter((sign) => sign !== undefined);
  if (bounds.length === 0) return [];
  const evidence = bounds.map(({ span }) => evidenceAt(pod.paste, span));
  const first = from?.first ?? null;
  const last = to?.last ?? null;
  if (from && to && first !== null && last !== null && first > last) {
    const parameters = { newer: `1.${first}`, older: `1.${last}`, newerSign: from.sign, olderSign: to.sign };
    return [{ code: 'finding.versions-differ', severity: 'warning', hop: null, parameters, evidence }];
  }
  const versions = first === null ? `≤ 1.${last}` : last === null ? `≥ 1.${first}` : rangeText(first, last);
  const parameters = { versions, signs: bounds.map(({ sign }) => sign).join('; ') };
  return [{ code: 'finding.version-inferred', severity: 'info', hop: null, parameters, evidence }];
}
