// Edits of pasted texts: what a remedy changes, where, and how to take it back.
import { pasted, type Source, type Span } from '../../base/source.ts';
import type { DocumentKind } from '../../documents/document.ts';
import type { Scenario } from '../scenario.ts';

/** A stretch of a pod's paste that gets another text. `before` is empty where something is added. */
export interface Patch {
  readonly pod: string;
  /** What kind of document it changes. */
  readonly document: DocumentKind;
  /** Offsets into the pod's paste as it was. */
  readonly from: number;
  readonly to: number;
  readonly before: string;
  readonly after: string;
}

/** A patch of a span as the parsers see it: offsets are those of what was really pasted. */
export function patchAt(
  pod: string,
  document: DocumentKind,
  source: Source,
  span: Span,
  after: string,
): Patch {
  const own = pasted(source, span);
  const { from, to } = own.span;
  return { pod, document, from, to, before: own.source.text.slice(from, to), after };
}

/** A document of its own behind everything that was pasted. */
export function appended(pod: string, document: DocumentKind, paste: string, text: string): Patch {
  const gap = paste === '' || paste.endsWith('\n') ? '\n' : '\n\n';
  return {
    pod,
    document,
    from: paste.length,
    to: paste.length,
    before: '',
    after: `${paste === '' ? '' : gap}${text}`,
  };
}

/** The scenario with the patches in its pastes. Patches of one pod must not overlap. */
export function withPatches(scenario: Scenario, patches: readonly Patch[]): Scenario {
  const pods = scenario.pods.map((pod) => {
    const own = patches.filter((patch) => patch.pod === pod.name).toSorted((a, b) => b.from - a.from);
    const paste = own.reduce(
      (text, { from, to, after }) => text.slice(0, from) + after + text.slice(to),
      pod.paste,
    );
    return { ...pod, paste };
  });
  return { ...scenario, pods };
}
