// No configuration, however broken, makes the engine throw.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  routes,
  INBOUND,
  APP,
  OUTBOUND,
  SERVICE,
  THROUGH,
  BACKEND,
  assigned,
  arriving,
  GET,
  tell,
} from './proxy-notation.ts';

/** The value with one of its parts, counted from outside in, taken away or replaced. */
function damaged(value: unknown, at: number, by: unknown): unknown {
  let left = at;
  const visit = (part: unknown): unknown => {
    left -= 1;
    if (left === 0) return by;
    if (Array.isArray(part)) return part.map(visit);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, visit(inner)]));
  };
  return visit(value);
}

test('a damaged configuration is answered, never thrown at', () => {
  const whole = [
    OUTBOUND,
    SERVICE,
    INBOUND,
    APP,
    THROUGH,
    BACKEND,
    routes('backend', '80'),
    assigned('10.0.0.5:80'),
  ];
  const part = fc.constantFrom(null, undefined, '', 'x', 0, -1, true, [], {}, [[]], { name: 1 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 140 }), part, fc.constantFrom(15001, 15006), (at, by, port) => {
      const to = port === 15001 ? '10.96.0.7:80' : '10.0.0.1:8080';
      const { outcome } = tell([damaged(whole, at, by)].flat(), arriving(`10.0.0.2:4 -> ${to}`, port), GET);
      expect(['connect', 'close', 'respond', 'undecided']).toContain(outcome.end.kind);
    }),
    { numRuns: 400 },
  );
});
