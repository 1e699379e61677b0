// The rules istio-init makes when nothing is configured: what a pod without pasted rules is assumed to have.
// Arguments: istio manifests/charts/istio-control/istio-discovery/files/injection-template.yaml.
import type { Family } from '../../base/ip.ts';
import type { InitArguments } from '../../documents/istio/init-arguments.ts';
import { initRules } from './istio-init.ts';

export const DEFAULT_INIT: InitArguments = {
  minor: null,
  envoyPort: '15001',
  inboundPort: '15006',
  tunnelPort: '15008',
  uids: ['1337'],
  gids: ['1337'],
  mode: 'REDIRECT',
  inboundPorts: ['*'],
  excludedInboundPorts: ['15090', '15021', '15020'],
  excludedInterfaces: [],
  virtualInterfaces: [],
  ranges: ['*'],
  excludedRanges: [],
  outboundPorts: [],
  excludedOutboundPorts: [],
  ownerGroups: ['*'],
  excludedOwnerGroups: [],
  mark: '1337',
  routeTable: '133',
  dns: null,
  dropInvalid: false,
  nativeNftables: false,
  loopbackRange: '127.0.0.1/32',
};

/** The default nat table as `iptables-save` prints it. */
export function defaultRules(family: Family): string {
  return initRules(DEFAULT_INIT, family) ?? '';
}
