// The fragment of the address -> the scenario the page opens on. Without one it is the first sample.
import type { Message } from '../../engine/trace/trace.ts';
import type { Scenario } from '../../engine/scenario.ts';
import { decodeFragment } from '../../permalink/fragment.ts';
import { firstSample, sampleOf } from '../../samples/samples.ts';

export interface Opening {
  readonly scenario: Scenario;
  /** Why the link could not be opened; then the scenario is the first sample. */
  readonly damage: Message | null;
}

export function openingOf(fragment: string): Opening {
  const opened = decodeFragment(fragment);
  switch (opened.kind) {
    case 'scenario':
      return { scenario: opened.scenario, damage: null };
    case 'none':
      return { scenario: firstSample.scenario, damage: null };
    case 'sample': {
      const sample = sampleOf(opened.id);
      return sample
        ? { scenario: sample.scenario, damage: null }
        : {
            scenario: firstSample.scenario,
            damage: { code: 'permalink.unknown-sample', parameters: { id: opened.id } },
          };
    }
    case 'damaged':
      return {
        scenario: firstSample.scenario,
        damage: { code: opened.code, parameters: opened.parameters },
      };
  }
}
