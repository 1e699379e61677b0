// Why the kernel's routing threw a packet away -> the sysctl that this hangs on, as pasted.
import type { Packet } from '../packet/packet.ts';
import { isLocal, type Host } from './host.ts';
import { defaultDevice, type RoutingError } from './routing.ts';
import { forwardingAt, settingAt, type Held, type SettingName } from './settings.ts';

const BEHIND: Readonly<Partial<Record<RoutingError, Exclude<SettingName, 'forwarding'>>>> = {
  localnet: 'route_localnet',
  'undecided-localnet': 'route_localnet',
  'loopback-source': 'route_localnet',
  'martian-source': 'accept_local',
  'reverse-path': 'rp_filter',
};

/** What lets it pass, or does not. Null where no sysctl would: none lets in a source that is nobody's, or IPv6's loopback. */
export function settingBehind(host: Host, error: RoutingError, { tuple, iif, oif }: Packet): Held | null {
  const { src } = tuple;
  const device = iif ?? oif ?? defaultDevice(host, src.family);
  if (error === 'not-forwarding')
    return forwardingAt(host, src.family, device) ?? { name: 'forwarding', value: 0, by: [] };
  const name = BEHIND[error];
  const isMoot = src.family === 6 || (error === 'martian-source' && !isLocal(host, src));
  return name && !isMoot ? settingAt(host, name, device) : null;
}
