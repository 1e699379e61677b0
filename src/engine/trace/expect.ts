// A workshop's answer key, and a test: does the trace hold what the scenario expects?
import type { Scenario } from '../scenario.ts';
import type { Trace } from './trace.ts';

type Expect = NonNullable<Scenario['expect']>;

const FIELDS = [
  'remoteAddress',
  'remotePort',
  'xForwardedFor',
  'outcome',
] as const satisfies readonly (keyof Expect)[];

export interface BrokenExpectation {
  readonly field: keyof Expect;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Every field that is expected and answered differently; fields left out expect nothing. */
export function brokenExpectations(trace: Trace, expect: Expect): BrokenExpectation[] {
  const actual: Required<Expect> = { ...trace.app, outcome: trace.outcome };
  return FIELDS.filter((field) => expect[field] !== undefined && expect[field] !== actual[field]).map(
    (field) => ({ field, expected: expect[field], actual: actual[field] }),
  );
}
