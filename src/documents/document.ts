// A piece of a paste that was recognised: what it is, where it stands, what was read, what was wrong with it.
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/source.ts';
import type { AccessLog } from './accesslog/log.ts';
import type { ProxyConfig } from './envoy/config.ts';
import type { ListedSet } from './ipset/ipset.ts';
import type { InitArguments } from './istio/init-arguments.ts';
import type { Ruleset } from './iptables/ruleset.ts';
import type { KubeResource } from './kube/resource.ts';
import type { Observation, ObservationKind } from './observation.ts';
import type { NetworkInterface, Routes, RoutingPolicy } from './route/network.ts';
import type { Setting } from './sysctl/setting.ts';

export type DocumentKind =
  | 'iptables-save' // iptables-save, with or without -c
  | 'iptables-rules' // iptables -S: -P, -N and -A lines
  | 'iptables-list' // iptables -L
  | 'nft-ruleset' // nft list ruleset, as text or JSON, and nft commands
  | 'istio-init' // the arguments of the istio-init container
  | 'ip-rule' // ip rule, and ip rule add
  | 'ip-route' // ip route, and ip route add
  | 'ip-addr' // ip addr, long, -br or -o
  | 'envoy-config' // listeners, clusters, routes, endpoints or a whole config_dump
  | 'envoy-filter' // Istio's EnvoyFilter
  | 'istioctl-table' // what istioctl proxy-config prints without -o
  | 'envoy-admin' // Envoy's admin /clusters and /listeners as text
  | 'access-log'
  | 'sysctl' // sysctl -a, sysctl.conf, cat of files under /proc/sys
  | 'ipset' // ipset save, ipset list
  | 'kube-table' // what kubectl get prints without -o yaml or json
  | 'kube-object' // Kubernetes and Istio objects, pieces of a pod's spec, mesh configuration
  | ObservationKind
  | 'command-output' // what a command printed, of no kind that is read
  | 'prose'; // what no parser knows; kept and shown, never dropped

export type DocumentContent =
  | { readonly kind: 'ruleset'; readonly ruleset: Ruleset }
  | { readonly kind: 'proxy-config'; readonly config: ProxyConfig }
  | { readonly kind: 'access-log'; readonly log: AccessLog }
  | { readonly kind: 'istio-init'; readonly asked: InitArguments }
  | { readonly kind: 'routing-policy'; readonly policy: RoutingPolicy }
  | { readonly kind: 'routes'; readonly routes: Routes }
  | { readonly kind: 'interfaces'; readonly interfaces: readonly NetworkInterface[] }
  | { readonly kind: 'ipsets'; readonly sets: readonly ListedSet[] }
  | { readonly kind: 'settings'; readonly settings: readonly Setting[] }
  | { readonly kind: 'kube'; readonly resources: readonly KubeResource[] }
  | Observation
  | { readonly kind: 'output' }
  | { readonly kind: 'prose' };

export interface Document {
  readonly kind: DocumentKind;
  readonly span: Span;
  /** The command line above it that printed it, when the paste holds one. */
  readonly command: Span | null;
  readonly content: DocumentContent;
  readonly diagnostics: readonly Diagnostic[];
}
