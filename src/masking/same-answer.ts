// Two traces -> whether they tell the same story under other names: the same hops in the same places, the same rules
// by number, the same changes, the same end.
import type { Hop, Trace } from '../engine/trace/trace.ts';

function shapeOf(hop: Hop): unknown {
  const { step, direction, connection, packet, place, hook, table, rule, source, destination, basis, event } =
    hop;
  const ports = [hop.before.src, hop.before.dst, hop.after.src, hop.after.dst].map((text) =>
    text.split(':').at(-1),
  );
  // How many lines a proof takes is a matter of layout.
  const proof = [...new Set(hop.evidence.map(({ document, supplied }) => `${document} ${supplied}`))];
  return [
    step,
    direction,
    connection,
    packet,
    place,
    hook,
    table,
    rule,
    source,
    destination,
    basis,
    event.code,
    ports,
    proof,
  ];
}

function shapeOfTrace({ hops, sourceChanges, app, outcome, findings }: Trace): unknown {
  return [
    hops.map(shapeOf),
    sourceChanges.map(({ hop, kind, cause }) => [hop, kind, cause]),
    app.remotePort,
    app.remoteAddress === null,
    app.proxyHeader === null,
    outcome,
    findings.map(({ code, severity, hop }) => [code, severity, hop]),
  ];
}

export function isSameAnswer(a: Trace, b: Trace): boolean {
  return JSON.stringify(shapeOfTrace(a)) === JSON.stringify(shapeOfTrace(b));
}
