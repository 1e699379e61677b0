// What the proxy did with a connection: each decision with the lines that prove it, and how it ended.
import { lazy, type Lazy } from '../../base/lazy.ts';
import type { IpAddress } from '../../base/ip.ts';
import type { Span } from '../../base/source.ts';
import type { Parameters } from '../../base/diagnostic.ts';
import type { SourceChoice } from '../packet/change.ts';

export type DecisionKind =
  | 'listener'
  | 'hand-over'
  | 'patch'
  | 'listener-filter'
  | 'filter-chain'
  | 'network-filter'
  | 'route-configuration'
  | 'virtual-host'
  | 'route'
  | 'cluster'
  | 'endpoint'
  | 'source';

/** A sentence to be: i18n owns the words. All codes of this folder start with `envoy.`. */
export interface Reason {
  readonly code: string;
  readonly parameters: Parameters;
}

/** A candidate that was considered and lost, and the condition that it failed. */
export interface PassedOver {
  readonly name: string;
  readonly why: Reason;
  readonly span: Span;
}

/** Something that was not pasted and could change the decision; `span` is where it is missing, if there is such a place. */
export interface Gap {
  readonly why: Reason;
  readonly span: Span | null;
}

export interface Decision {
  readonly kind: DecisionKind;
  /** Of what was chosen; '' when it has none. */
  readonly name: string;
  readonly why: Reason;
  /** The lines that prove it, the most telling one first. */
  readonly spans: readonly Span[];
  readonly passed: readonly PassedOver[];
  readonly gap: Gap | null;
}

export interface SocketEndpoint {
  readonly address: IpAddress;
  /** 0 to 65535. */
  readonly port: number;
}

/** Where the new connection is bound to. Address null: the kernel chooses by its route; port 0 or null: the kernel chooses. */
export interface UpstreamSource {
  readonly choice: SourceChoice;
  readonly address: IpAddress | null;
  readonly port: number;
  /** The line that holds the address first. */
  readonly spans: readonly Span[];
}

/** What the proxy speaks on the new connection below HTTP. `unknown` names a transport socket there is no rule for. */
export type UpstreamTransport =
  | { readonly kind: 'raw_buffer' }
  | { readonly kind: 'tls'; readonly serverName: string | null; readonly alpn: readonly string[] }
  | { readonly kind: 'unknown'; readonly name: string };

/** What the next hop's inspectors find in the bytes. Null is unknown; '' and [] are none. */
export interface Wire {
  readonly transport: 'tls' | 'raw_buffer' | null;
  readonly serverName: string | null;
  readonly alpn: readonly string[] | null;
}

export const PLAIN_TEXT: Wire = { transport: 'raw_buffer', serverName: '', alpn: [] };
export const UNKNOWN_WIRE: Wire = { transport: null, serverName: null, alpn: null };

/** The request as the next hop gets it. */
export interface ForwardedRequest {
  readonly authority: string;
  readonly path: string;
  /** Null when it carries no x-forwarded-for header. */
  readonly xForwardedFor: string | null;
  /** Whom the proxy takes for the client, from the connection or from a header. */
  readonly client: TrustedClient;
}

/** `port` is 0 when the address was taken from a header (Envoy's port of such an address), null when unknown. */
export interface TrustedClient {
  readonly address: string;
  readonly port: number | null;
  readonly from: 'connection' | 'x-forwarded-for' | 'header';
}

export interface Connect {
  readonly kind: 'connect';
  readonly cluster: string;
  readonly endpoint: SocketEndpoint;
  readonly source: UpstreamSource;
  /** SO_MARK of the new socket; null when none is set. */
  readonly mark: number | null;
  readonly transport: UpstreamTransport;
  readonly wire: Wire;
  /** The PROXY protocol header written first, version 1's text for either version; null when none is. */
  readonly proxyHeader: string | null;
  /** Null for a TCP proxy. */
  readonly request: ForwardedRequest | null;
}

export interface Undecided {
  readonly kind: 'undecided';
  readonly why: Reason;
  readonly spans: readonly Span[];
  /** When it is a choice among clusters or endpoints: all of them. */
  readonly clusters: readonly string[];
  readonly endpoints: readonly SocketEndpoint[];
}

export type ProxyEnd =
  | Connect
  | { readonly kind: 'close'; readonly why: Reason; readonly spans: readonly Span[] }
  | {
      readonly kind: 'respond';
      readonly status: number;
      readonly why: Reason;
      readonly spans: readonly Span[];
    }
  | Undecided;

export interface ProxyOutcome {
  readonly decisions: readonly Decision[];
  readonly end: ProxyEnd;
}

/** One stage: its decisions, and either what the next stage goes on with or the end. */
export type Stage<T> =
  | { readonly kind: 'next'; readonly decisions: readonly Decision[]; readonly value: T }
  | { readonly kind: 'end'; readonly decisions: readonly Decision[]; readonly end: ProxyEnd };

export function reason(code: string, parameters: Parameters = {}): Reason {
  return { code: `envoy.${code}`, parameters };
}

/** What proves a decision is put together when it is asked, and why the others lost: there may be thousands. */
class Settled implements Decision {
  readonly kind: DecisionKind;
  readonly name: string;
  readonly gap: Gap | null;
  private readonly proof: Lazy<Proof>;

  constructor({ kind, name, gap }: Pick<Decision, 'kind' | 'name' | 'gap'>, proof: () => Proof) {
    this.kind = kind;
    this.name = name;
    this.gap = gap;
    this.proof = lazy(proof);
  }

  get why(): Reason {
    return this.proof.value.why;
  }

  get spans(): readonly Span[] {
    return this.proof.value.spans;
  }

  get passed(): readonly PassedOver[] {
    return this.proof.value.passed.value;
  }
}

interface Proof extends Pick<Decision, 'why' | 'spans'> {
  readonly passed: Lazy<readonly PassedOver[]>;
}

/** A decision whose proof is made when somebody asks. */
export function quickDecision(
  settled: Pick<Decision, 'kind' | 'name' | 'gap'>,
  proof: () => Proof,
): Decision {
  return new Settled(settled, proof);
}

/** A decision without losers and without a gap, unless they are given. */
export function decision(
  kind: DecisionKind,
  name: string,
  why: Reason,
  spans: readonly Span[],
  further: {
    readonly passed?: readonly PassedOver[] | (() => readonly PassedOver[]);
    readonly gap?: Gap | null;
  } = {},
): Decision {
  const { passed = [], gap = null } = further;
  const settled = { kind, name, why, spans, gap };
  return typeof passed === 'function'
    ? new Settled(settled, () => ({ why, spans, passed: lazy(passed) }))
    : { ...settled, passed };
}

export function next<T>(value: T, ...decisions: readonly Decision[]): Stage<T> {
  return { kind: 'next', decisions, value };
}

export function finish(end: ProxyEnd, ...decisions: readonly Decision[]): Stage<never> {
  return { kind: 'end', decisions, end };
}

/** Goes on with what a stage left, keeping its decisions in front. */
export function follow<A, B>(stage: Stage<A>, onward: (value: A) => Stage<B>): Stage<B> {
  if (stage.kind === 'end') return stage;
  const further = onward(stage.value);
  return { ...further, decisions: [...stage.decisions, ...further.decisions] };
}

export function undecided(
  why: Reason,
  spans: readonly Span[],
  choices: { readonly clusters?: readonly string[]; readonly endpoints?: readonly SocketEndpoint[] } = {},
): Undecided {
  return {
    kind: 'undecided',
    why,
    spans,
    clusters: choices.clusters ?? [],
    endpoints: choices.endpoints ?? [],
  };
}

/** The gap that a left-out piece of the paste makes, or null when nothing is left out. */
export function gapAt(code: string, span: Span | null | undefined): Gap | null {
  return span ? { why: reason(code), span } : null;
}
