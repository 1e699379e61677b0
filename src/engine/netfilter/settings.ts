// Pasted sysctls -> what holds for packets that come in or go out by an interface, else the kernel's default. Kernel:
// include/linux/inetdevice.h (IN_DEV_RPFILTER is the higher of `all` and the interface's own, the others either of both),
// net/ipv4/devinet.c (ip_forward sets every interface's), net/ipv6/ip6_output.c (all.forwarding alone counts).
import type { Setting } from '../../documents/sysctl/setting.ts';
import type { Host } from './host.ts';

export type SettingName = 'rp_filter' | 'accept_local' | 'route_localnet' | 'src_valid_mark' | 'forwarding';

export interface Held {
  readonly name: SettingName;
  readonly value: number;
  /** The lines that say so; none: the kernel begins with it, and nothing pasted tells. */
  readonly by: readonly Setting[];
}

function last({ settings = [] }: Host, path: string): Setting | undefined {
  return settings.findLast((setting) => setting.path.join('/') === path && /^-?\d+$/.test(setting.value));
}

function numberOf(setting: Setting | undefined): number {
  return Number(setting?.value ?? 0);
}

/** An interface that was not listed has what new ones begin with. */
function ofDevice(host: Host, name: SettingName, device: string): Setting | undefined {
  const conf = (scope: string) => last(host, `ipv4/conf/${scope}/${name}`);
  return conf(device) ?? conf('default');
}

/** What IPv4 does at an interface. */
export function settingAt(host: Host, name: Exclude<SettingName, 'forwarding'>, device: string): Held {
  const all = last(host, `ipv4/conf/all/${name}`);
  const own = ofDevice(host, name, device);
  const value = Math.max(numberOf(all), numberOf(own));
  const deciding = [all, own].filter((setting) => setting !== undefined);
  // `all` alone settles it only where it is the higher one anyway
  const settled = own !== undefined || value > 0;
  return { name, value, by: settled ? deciding.filter((setting) => numberOf(setting) === value) : [] };
}

/** Whether packets that come in by an interface are sent on; null where nothing pasted tells. */
export function forwardingAt(host: Host, family: 4 | 6, device: string): Held | null {
  const told =
    family === 6
      ? last(host, 'ipv6/conf/all/forwarding')
      : (last(host, `ipv4/conf/${device}/forwarding`) ??
        last(host, 'ipv4/ip_forward') ??
        last(host, 'ipv4/conf/all/forwarding'));
  return told ? { name: 'forwarding', value: numberOf(told), by: [told] } : null;
}
