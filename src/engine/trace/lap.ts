// Hops -> the lap of a loop: what a proxy did when it opened a connection, it does again, and all behind it follows again.
import { hostOf } from './recorder.ts';
import type { Hop, Lap } from './trace.ts';

/** The same decision at the same place, with the same connection behind it. The port the kernel picks tells nothing. */
function repeats(a: Hop, b: Hop): boolean {
  return (
    a.pod === b.pod &&
    a.place === b.place &&
    a.event.code === b.event.code &&
    a.chain === b.chain &&
    a.rule === b.rule &&
    a.cluster === b.cluster &&
    a.endpoint === b.endpoint &&
    hostOf(a.after.src) === hostOf(b.after.src) &&
    a.after.dst === b.after.dst &&
    a.after.mark === b.after.mark
  );
}

/**
 * From behind the hop that the last one repeats, up to the last one; null where it repeats none. An application that calls
 * twice goes no round: only what follows its last call is compared.
 */
export function lapOf(hops: readonly Hop[]): Lap | null {
  const last = hops.at(-1);
  if (!last) return null;
  const called = hops.findLast(({ event }) => event.code === 'app.calls')?.n ?? 0;
  const before = hops.findLast((hop) => hop.n > called && hop.n < last.n && repeats(hop, last));
  return before ? { from: before.n + 1, to: last.n } : null;
}
