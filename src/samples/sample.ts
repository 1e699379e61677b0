// A worked case: a scenario with a title. The pastes are plain text files beside it, fit for pasting.
import type { Scenario } from '../engine/scenario.ts';

export interface Sample {
  /** Names the folder and the short link `#g/<id>`; never changed once published. */
  readonly id: string;
  readonly title: { readonly en: string; readonly zh: string };
  readonly about: { readonly en: string; readonly zh: string };
  readonly scenario: Scenario;
}
