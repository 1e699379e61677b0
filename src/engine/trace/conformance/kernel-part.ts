// The kernel's part of a trace as text, a line a hop: the form in which scripts/conformance/journeys.py writes down what
// the kernel did with the same packets.
import type { Hop, Trace } from '../trace.ts';

/** A rule that translated the packet, or gave it to a transparent socket: the kernel calls that `accept`. */
function verdictOf({ verdict }: Hop): string {
  return /^(?:redirect|dnat|snat|masquerade|tproxy)\b/.test(verdict ?? '') ? 'accept' : (verdict ?? '');
}

function stepText(hop: Hop): string {
  const { table, chain, rule, before, after } = hop;
  const number = rule === null ? '' : ` #${rule}`;
  const mark = rule === null ? ` 0x${after.mark.toString(16)}` : '';
  const place = `${before.src} > ${before.dst} ${before.iif ?? '-'} ${before.oif ?? '-'}`;
  return `${table} ${chain}${number} ${verdictOf(hop)}${mark} | ${place}`;
}

/** One pass through the hooks: over lo a packet makes two, out and in again. */
function isNewPass(hop: Hop, last: Hop | undefined): boolean {
  const { connection, packet, pod, hook } = hop;
  const goesOn = last?.connection === connection && last.packet === packet && last.pod === pod;
  return !goesOn || (hook === 'PREROUTING' && last.hook !== 'PREROUTING');
}

/** `pod packet`, then a line a hop, for every pass. What conntrack translates without a rule shows in the hop after it. */
export function kernelPasses({ hops }: Trace): string[] {
  const passes: string[][] = [];
  let last: Hop | undefined;
  for (const hop of hops.filter(({ place, table }) => place === 'kernel' && table !== null)) {
    if (isNewPass(hop, last)) passes.push([`${hop.pod} ${hop.packet}`]);
    passes.at(-1)?.push(stepText(hop));
    last = hop;
  }
  return passes.map((lines) => lines.join('\n'));
}

const PORT = /:(\d+|\*)(?= )/g;

/** The ports that a trace names. */
export function portsIn(passes: readonly string[]): ReadonlySet<string> {
  return new Set(passes.flatMap((pass) => [...pass.matchAll(PORT)].map(([, port = '']) => port)));
}

/** A port that the trace does not know stands as `*`, as it does there. */
export function maskPorts(pass: string, known: ReadonlySet<string>): string {
  return pass.replaceAll(PORT, (whole, port: string) => (known.has(port) ? whole : ':*'));
}
