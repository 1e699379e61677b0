// A piece of a paste that was recognised: what it is, where it stands, what was read, what was wrong with it.
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/source.ts';
import type { AccessLog } from './accesslog/entry.ts';
import type { ProxyConfig } from './envoy/config.ts';
import type { InitArguments } from './istio/init-arguments.ts';
import type { Ruleset } from './iptables/ruleset.ts';
import type { NetworkInterface, Routes, RoutingPolicy } from './route/network.ts';

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
  | 'istioctl-table' // what istioctl proxy-config prints without -o
  | 'access-log'
  | 'prose'; // what no parser knows; kept and shown, never dropped

export type DocumentContent =
  | { readonly kind: 'ruleset'; readonly ruleset: Ruleset }
  | { readonly kind: 'proxy-config'; readonly config: ProxyConfig }
  | { readonly kind: 'access-log'; readonly log: AccessLog }
  | { readonly kind: 'istio-init'; readonly asked: InitArguments }
  | { readonly kind: 'routing-policy'; readonly policy: RoutingPolicy }
  | { readonly kind: 'routes'; readonly routes: Routes }
  | { readonly kind: 'interfaces'; readonly interfaces: readonly NetworkInterface[] }
  | { readonly kind: 'prose' };

export interface Document {
  readonly kind: DocumentKind;
  readonly span: Span;
  /** The command line above it that printed it, when the paste holds one. */
  readonly command: Span | null;
  readonly content: DocumentContent;
  readonly diagnostics: readonly Diagnostic[];
}
