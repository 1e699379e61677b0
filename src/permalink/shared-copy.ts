// What is shared of a scenario: the copy that was asked for, its link, and what became of the original in it.
import type { Scenario } from '../engine/scenario.ts';
import { simulate } from '../engine/trace/simulate.ts';
import type { Trace } from '../engine/trace/trace.ts';
import { anonymise } from '../masking/anonymise.ts';
import type { Account } from '../masking/ledger.ts';
import { isSameAnswer } from '../masking/same-answer.ts';
import { encodeScenario } from './fragment.ts';
import { shrink, type Shrunk } from './shrink.ts';

export interface Wanted {
  /** 16 random bytes for the pseudonyms; null shares the original. */
  readonly key: Uint8Array | null;
  readonly shrunk: boolean;
}

export interface SharedCopy {
  readonly scenario: Scenario;
  readonly fragment: string;
  readonly trace: Trace;
  /** Null when it is the original. */
  readonly account: Account | null;
  readonly lost: Shrunk['lost'] | null;
  /** Whether the copy gives the original's answer under its own names. */
  readonly isSame: boolean;
}

/** The copy of `scenario`; pieces are left out before names are changed. */
export function sharedCopy(scenario: Scenario, { key, shrunk }: Wanted): SharedCopy {
  const { trace: original } = simulate(scenario);
  const short = shrunk ? shrink(scenario, original) : null;
  const whole = short?.scenario ?? scenario;
  const masked = key ? anonymise(whole, key) : null;
  const copy = masked?.scenario ?? whole;
  const { trace } = simulate(copy);
  return {
    scenario: copy,
    fragment: encodeScenario(copy),
    trace,
    account: masked?.account ?? null,
    lost: short?.lost ?? null,
    isSame: isSameAnswer(original, trace),
  };
}
