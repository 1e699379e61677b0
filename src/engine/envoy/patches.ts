// What an EnvoyFilter changed in a listener, cluster or route configuration, as a step of its own: its line is the proof.
import type { AppliedPatch, ProxyConfig } from '../../documents/envoy/config.ts';
import { decision, gapAt, reason, type Decision } from './outcome.ts';

/** The patches that made it what it is, in their order. */
export function patchDecisions(
  { applied }: ProxyConfig,
  kind: AppliedPatch['kind'],
  name: string,
): readonly Decision[] {
  return applied
    .filter((each) => each.kind === kind && each.name === name)
    .map(({ patch, certain }) => {
      const { filter, applyTo, operation, span, value } = patch;
      const why = reason('patch.applied', { filter, operation, applyTo, name });
      const spans = value ? [span, value.span] : [span];
      return decision('patch', filter, why, spans, {
        gap: certain ? null : gapAt('gap.patch-selector', span),
      });
    });
}
