// What a speaker may say at a hop. Keyed by what happens there, so that a note holds for every paste of the case.
import type { Hop } from '../engine/trace/trace.ts';

export interface Note {
  /** What is given must all hold: the event's code, one of the 16 steps, the pod, the way. */
  readonly at: {
    readonly event?: string;
    readonly step?: number;
    readonly pod?: string;
    readonly packet?: Hop['packet'];
  };
  readonly en: string;
  readonly zh: string;
}

export function isAt({ at }: Note, { event, step, pod, packet }: Hop): boolean {
  return (
    (at.event === undefined || at.event === event.code) &&
    (at.step === undefined || at.step === step) &&
    (at.pod === undefined || at.pod === pod) &&
    (at.packet === undefined || at.packet === packet)
  );
}
