// What was seen on a running system, as against what was configured: one kind of content for each tool that shows it.
import type { ConntrackEntry } from './conntrack/entry.ts';
import type { PrintedResponse } from './http/response.ts';
import type { TracedStep } from './kerneltrace/traced.ts';
import type { MetricSample } from './metrics/sample.ts';
import type { DumpedHeader } from './proxyheader/dumped.ts';
import type { LoggedPeer } from './serverlog/logged.ts';
import type { ListedSocket } from './sockets/socket.ts';
import type { CapturedPacket } from './tcpdump/captured.ts';

export type ObservationKind =
  | 'sockets' // ss, netstat
  | 'conntrack' // conntrack -L, /proc/net/nf_conntrack
  | 'kernel-trace' // nft monitor trace, xtables-monitor --trace, TRACE: lines of the kernel's log
  | 'packet-capture' // tcpdump's text
  | 'proxy-header' // a hexdump of a PROXY protocol header
  | 'http-response' // what curl printed
  | 'metrics' // Prometheus' text format, Envoy's /stats
  | 'server-log'; // the application's log, with the peer it saw

export type Observation =
  | { readonly kind: 'sockets'; readonly sockets: readonly ListedSocket[] }
  | { readonly kind: 'conntrack'; readonly entries: readonly ConntrackEntry[] }
  | { readonly kind: 'kernel-trace'; readonly steps: readonly TracedStep[] }
  | { readonly kind: 'packet-capture'; readonly packets: readonly CapturedPacket[] }
  | { readonly kind: 'proxy-header'; readonly header: DumpedHeader }
  | { readonly kind: 'http-response'; readonly response: PrintedResponse }
  | { readonly kind: 'metrics'; readonly samples: readonly MetricSample[] }
  | { readonly kind: 'server-log'; readonly lines: readonly LoggedPeer[] };
