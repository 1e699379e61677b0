// The remedies there are, and what each gains, costs and breaks: codes whose sentences are i18n's.
import type { MissingReturn } from '../trace/missing-return.ts';

/** Pods are named as in the scenario. */
export type Remedy =
  | { readonly kind: 'tproxy'; readonly pod: string }
  | {
      readonly kind: 'proxy-protocol';
      readonly gateway: string;
      readonly cluster: string;
      readonly pod: string;
    }
  | { readonly kind: 'trust-xff'; readonly gateway: string; readonly hops: number }
  | { readonly kind: 'external-traffic-policy'; readonly node: string }
  | { readonly kind: 'localhost'; readonly pod: string; readonly port: number }
  | { readonly kind: 'exclude-port'; readonly pod: string; readonly port: number }
  | { readonly kind: 'ambient'; readonly pod: string }
  | ({ readonly kind: 'return-rule' } & MissingReturn);

/** The gain first, then what it costs and breaks. */
export const CONSEQUENCES: Readonly<Record<Remedy['kind'], readonly string[]>> = {
  'return-rule': ['remedy.return-rule.gains', 'remedy.return-rule.source', 'remedy.return-rule.lasts'],
  tproxy: [
    'remedy.tproxy.gains',
    'remedy.tproxy.port',
    'remedy.tproxy.privileges',
    'remedy.tproxy.routing',
    'remedy.tproxy.gateway',
  ],
  'proxy-protocol': [
    'remedy.proxy-protocol.gains',
    'remedy.proxy-protocol.both',
    'remedy.proxy-protocol.unversioned',
    'remedy.proxy-protocol.redirect',
  ],
  'trust-xff': ['remedy.trust-xff.gains', 'remedy.trust-xff.http', 'remedy.trust-xff.spoof'],
  'external-traffic-policy': [
    'remedy.external-traffic-policy.gains',
    'remedy.external-traffic-policy.nodes',
    'remedy.external-traffic-policy.sidecar',
  ],
  localhost: ['remedy.localhost.gains', 'remedy.localhost.source', 'remedy.localhost.bind'],
  'exclude-port': ['remedy.exclude-port.gains', 'remedy.exclude-port.mesh'],
  ambient: ['remedy.ambient.gains', 'remedy.ambient.l7', 'remedy.ambient.restart'],
};
