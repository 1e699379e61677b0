// A pass as text, a line a step: the form in which scripts/conformance/record.py writes down what the kernel did.
// `@` lines give the table and the packet's addresses and interfaces wherever they change.
import type { AnswerPass, AnswerStep } from '../case.ts';

/** `new eth0 -`, `@nat 10.0.0.1:33204 10.0.0.2:80 eth0 -`, `PREROUTING 1 jump X`, `PREROUTING policy accept 0x0`. */
function passText(pass: AnswerPass): string {
  const lines = [`${pass.class} ${pass.iif ?? '-'} ${pass.oif ?? '-'}`];
  let here = '';
  for (const step of pass.steps) {
    const place = placeText(step);
    if (place !== here) lines.push(place);
    here = place;
    lines.push(stepText(step));
  }
  return lines.join('\n');
}

function placeText({ table, tuple, iif, oif }: AnswerStep): string {
  const [src, sport, dst, dport] = tuple;
  return `@${table} ${end(src, sport)} ${end(dst, dport)} ${iif ?? '-'} ${oif ?? '-'}`;
}

function end(address: string, port: number | null): string {
  return address.includes(':') ? `[${address}]:${port ?? '*'}` : `${address}:${port ?? '*'}`;
}

function stepText({ chain, rule, verdict, mark }: AnswerStep): string {
  if (rule !== null) return `${chain} ${rule} ${verdict}`;
  return `${chain} ${verdict} 0x${(mark ?? 0).toString(16)}`;
}

/** The passes as the recorder keeps them: of established packets, which go on after the handshake, the first two. */
export function keptPasses(passes: readonly AnswerPass[]): readonly string[] {
  const established = passes.filter((pass) => pass.class === 'established').slice(0, 2);
  return passes.filter((pass) => pass.class !== 'established' || established.includes(pass)).map(passText);
}
