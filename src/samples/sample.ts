// A worked case: a scenario with a title. The pastes are plain text files beside it, fit for pasting.
import type { Scenario } from '../engine/scenario.ts';
import type { Note } from './note.ts';

interface Text {
  readonly en: string;
  readonly zh: string;
}

export interface Sample {
  /** Names the folder and the short link `#g/<id>`; never changed once published. */
  readonly id: string;
  readonly title: Text;
  /** Two paragraphs with a blank line between them: what happens, and why. */
  readonly about: Text;
  /** What people search for: symptoms, versions, names of the parts. */
  readonly keywords: readonly string[];
  /** Beginnings of the codes of those events that the paste leaves to an assumption; absent: none. */
  readonly assumes?: readonly string[];
  /** For speakers, at hops of the case. */
  readonly notes?: readonly Note[];
  readonly scenario: Scenario;
}

export function paragraphs(...texts: readonly string[]): string {
  return texts.join('\n\n');
}
