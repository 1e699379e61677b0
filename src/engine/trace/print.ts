// Trace -> text, a line a hop, in the manner of a packet capture. Byte-stable: made for diff and for code review.
import type { Evidence, Hop, Trace } from './trace.ts';

function place(hop: Hop): string {
  const where = hop.pod === null ? hop.place : `${hop.pod}/${hop.place}`;
  const step = hop.step === null ? '' : ` (${hop.step})`;
  return `${where}${step}`;
}

function decision(hop: Hop): string {
  const at = [hop.hook, hop.table, hop.chain].filter((part) => part !== null).join(' ');
  const rule = hop.rule === null ? '' : ` #${hop.rule}`;
  const names = [hop.listener, hop.filterChain, hop.virtualHost, hop.route, hop.cluster, hop.endpoint];
  const proxy = names.filter((part) => part !== null && part !== '').join(' > ');
  return (
    [at + rule, proxy, hop.verdict].filter((part) => part !== null && part !== '').join(': ') ||
    hop.event.code
  );
}

function flow(hop: Hop): string {
  const marks = [
    hop.source === 'kept' ? '' : `source ${hop.source}`,
    hop.destination === 'kept' ? '' : `destination ${hop.destination}`,
  ];
  const mark = hop.after.mark === 0 ? '' : ` mark 0x${hop.after.mark.toString(16)}`;
  const changed = marks.filter((part) => part !== '').join(', ');
  return `${hop.after.src} > ${hop.after.dst}${mark}${changed === '' ? '' : `  [${changed}]`}`;
}

function proof({ line, text, supplied, document }: Evidence): string {
  return supplied ? `${document}: ${text}` : `line ${line}: ${text}`;
}

function hopLines(hop: Hop): string[] {
  const head = `${String(hop.n).padStart(3)}  ${String(hop.connection).padStart(2)}  ${place(hop)}  ${decision(hop)}`;
  const [evidence] = hop.evidence;
  return [head, `         ${flow(hop)}  ${hop.basis}`, ...(evidence ? [`         ${proof(evidence)}`] : [])];
}

function appLine({ app, outcome }: Trace): string {
  if (outcome !== 'delivered') return `outcome: ${outcome}`;
  const port = app.remotePort ?? '*';
  return app.remoteAddress === null ? 'outcome: delivered' : `app sees ${app.remoteAddress}:${port}`;
}

/** Number, connection, place and (step), decision; then the addresses, how sure it is, and the line that proves it. */
export function printTrace(trace: Trace): string {
  const changes = trace.sourceChanges.map(
    ({ hop, from, to, kind, cause }) => `source changes at hop ${hop}: ${from} > ${to} (${kind}, ${cause})`,
  );
  const findings = trace.findings.map(({ severity, code, hop, parameters }) => {
    const details = Object.entries(parameters).map(([key, value]) => `${key}=${value}`);
    return [`${severity}: ${code}`, hop === null ? '' : `at hop ${hop}`, ...details]
      .filter((part) => part !== '')
      .join(' ');
  });
  const { lap } = trace;
  const round = lap ? [`lap: hops ${lap.from} to ${lap.to}, again and again`] : [];
  return [...trace.hops.flatMap(hopLines), '', ...changes, appLine(trace), ...round, ...findings, ''].join(
    '\n',
  );
}
