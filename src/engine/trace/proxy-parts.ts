// What is asked of a proxy, and what can be answered: decisions, each part with the text it rests on.
import type { AccessLogEntry } from '../../documents/accesslog/entry.ts';
import { mergeConfigs, type ProxyConfig } from '../../documents/envoy/config.ts';
import type { Downstream, HttpRequest } from '../envoy/connection.ts';
import type { Decision, ProxyEnd } from '../envoy/outcome.ts';
import type { AssumedService } from '../mesh/default-config.ts';
import type { Paste } from './evidence.ts';
import type { Pod } from './pod.ts';
import type { Basis, Evidence } from './trace.ts';

/** istio-init's ports: which of its two listeners a connection was handed to. */
export const OUTBOUND_PORT = 15001;

/** Decisions that rest on one text. */
export interface Part {
  readonly paste: Paste;
  readonly basis: Exclude<Basis, 'undecided'>;
  readonly decisions: readonly Decision[];
  /** Evidence beyond the decisions' own: the log line. */
  readonly evidence: readonly Evidence[];
}

export interface ProxyDecision {
  readonly parts: readonly Part[];
  readonly end: ProxyEnd;
}

export interface Asked {
  readonly pod: Pod;
  readonly downstream: Downstream;
  readonly request: HttpRequest | null;
  readonly entry: AccessLogEntry | null;
  /** What the called address stands for, where nothing pasted says it. */
  readonly service: AssumedService | null;
}

/** The configuration that a supplied text holds. */
export function configIn(paste: Paste): ProxyConfig {
  return mergeConfigs(
    paste.documents.flatMap(({ content }) => (content.kind === 'proxy-config' ? [content.config] : [])),
  );
}
