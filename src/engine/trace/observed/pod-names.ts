// The commands of a paste -> the pods they were run for. Pieces of two pods of one workload may disagree.
// Name: workload, hash of the pod template, suffix, both of the letters that kubernetes/apimachinery's rand has.
import type { Span } from '../../../base/source.ts';
import { evidenceAt, type Paste } from '../evidence.ts';
import type { Pod } from '../pod.ts';
import type { Finding } from '../trace.ts';

const POD =
  /(?<![\w./-])([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)-([bcdf-hj-np-tv-z24-9]{7,10})-([bcdf-hj-np-tv-z24-9]{5})(?![\w-])/g;
const COMMAND = /^.*\b(?:kubectl|istioctl|oc|crictl|docker|nsenter)\b.*$/gm;

interface NamedPod {
  readonly workload: string;
  readonly hash: string;
  readonly suffix: string;
  readonly span: Span;
}

/** The parts of a paste that no document takes, and prose: commands stand there. */
function betweenDocuments({ source, documents }: Paste): Span[] {
  const taken = documents.filter(({ kind }) => kind !== 'prose' && kind !== 'command-output');
  const starts = [0, ...taken.map(({ span }) => span.to)];
  return starts.map((from, n) => ({ from, to: taken[n]?.span.from ?? source.text.length }));
}

function namesIn(paste: Paste, within: Span): NamedPod[] {
  const text = paste.source.text.slice(within.from, within.to);
  return Array.from(text.matchAll(COMMAND)).flatMap((line) =>
    Array.from(
      line[0].matchAll(POD),
      ({ 0: name, 1: workload = '', 2: hash = '', 3: suffix = '', index }) => {
        const from = within.from + line.index + index;
        return { workload, hash, suffix, span: { from, to: from + name.length } };
      },
    ),
  );
}

function nameOf({ workload, hash, suffix }: NamedPod): string {
  return `${workload}-${hash}-${suffix}`;
}

/** Two pods of one workload in the commands of one paste; another hash means another pod template. */
export function mixedPods({ paste }: Pod): Finding[] {
  const names = betweenDocuments(paste).flatMap((span) => namesIn(paste, span));
  for (const first of names) {
    const others = names.filter(({ workload }) => workload === first.workload);
    const other =
      others.find(({ hash }) => hash !== first.hash) ?? others.find(({ suffix }) => suffix !== first.suffix);
    if (!other) continue;
    const parameters = { first: nameOf(first), other: nameOf(other) };
    const evidence = [first, other].map(({ span }) => evidenceAt(paste, span));
    const sameTemplate = other.hash === first.hash;
    return [
      sameTemplate
        ? { code: 'finding.pods-mixed', severity: 'info', hop: null, parameters, evidence }
        : { code: 'finding.templates-mixed', severity: 'warning', hop: null, parameters, evidence },
    ];
  }
  return [];
}
