// The sysctl that a packet's end hangs on -> a finding: the pasted lines, or that it was taken for the kernel's default.
import type { Held } from '../netfilter/settings.ts';
import { evidenceOf } from './evidence.ts';
import { notice, type Context } from './leg.ts';
import type { Pod } from './pod.ts';

export function noteSetting(context: Context, { paste }: Pod, held: Held | null): void {
  if (!held) return;
  const { name, value, by } = held;
  const key = name === 'forwarding' ? 'net.ipv4.ip_forward' : `net.ipv4.conf.*.${name}`;
  const command = name === 'forwarding' ? `sysctl ${key}` : `sysctl -a | grep ${name}`;
  const told = by.length > 0;
  const code = told ? 'finding.setting-told' : 'finding.setting-assumed';
  const parameters = { name: key, value, ...(told ? {} : { command }) };
  notice(
    context,
    code,
    'info',
    parameters,
    evidenceOf(
      paste,
      by.map(({ span }) => span),
    ),
  );
}
