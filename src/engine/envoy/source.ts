// Who chooses the source address of an upstream connection: the original_src option, the cluster's bind config, the
// bootstrap's, else the kernel. Envoy source/common/network/connection_impl.cc (ClientConnectionImpl),
// source/common/upstream/upstream_impl.cc (parseBindConfig, DefaultUpstreamLocalAddressSelector).
import type { IpAddress } from '../../base/ip.ts';
import type { EnvoyAddress } from '../../documents/envoy/address.ts';
import type { BindConfig, Cluster } from '../../documents/envoy/cluster.ts';
import type { ProxyConfig } from '../../documents/envoy/config.ts';
import type { OriginalSrc } from './connection.ts';
import {
  decision,
  finish,
  gapAt,
  next,
  reason,
  undecided,
  type Gap,
  type PassedOver,
  type SocketEndpoint,
  type Stage,
  type UpstreamSource,
} from './outcome.ts';

type IpPlace = Extract<EnvoyAddress, { readonly kind: 'ip' }>;

interface Binding {
  readonly choice: 'upstream-bind-config' | 'bootstrap-bind-config';
  readonly bind: BindConfig;
}

/** The first source address of the endpoint's family, else the first at all. */
function sourceFor(bind: BindConfig, family: IpAddress['family']): IpPlace | null {
  const places = bind.sources.filter((source): source is IpPlace => source.kind === 'ip');
  return places.find((place) => place.address.family === family) ?? places[0] ?? null;
}

/** Socket options may stand without an address: then the kernel chooses as ever. */
function namesNone({ sources, selector, gaps }: BindConfig): boolean {
  return sources.length === 0 && !selector && gaps.length === 0;
}

/** A cluster's bind config replaces the bootstrap's as a whole. */
function bindingOf(config: ProxyConfig, cluster: Cluster): Binding | null {
  if (cluster.bindConfig) return { choice: 'upstream-bind-config', bind: cluster.bindConfig };
  const bind = config.bootstrap?.bindConfig;
  return bind ? { choice: 'bootstrap-bind-config', bind } : null;
}

/** `unseen` is set when the listener was not pasted, so that an original_src filter may be missing. */
export function chooseSource(
  config: ProxyConfig,
  cluster: Cluster,
  endpoint: SocketEndpoint,
  originalSrc: OriginalSrc | null,
  unseen: Gap | null,
): Stage<UpstreamSource> {
  const binding = bindingOf(config, cluster);
  const bound = binding && sourceFor(binding.bind, endpoint.address.family);
  if (originalSrc) return keepClient(originalSrc, bound);
  if (binding && !namesNone(binding.bind)) return bindTo(binding, bound, cluster, unseen);
  const gap = unseen ?? gapAt('gap.bind-config', cluster.gaps[0]);
  const source: UpstreamSource = { choice: 'kernel', address: null, port: 0, spans: [cluster.nameSpan] };
  const why = reason('source.kernel', { cluster: cluster.name });
  return next(source, decision('source', '', why, [cluster.nameSpan], { gap }));
}

function keepClient(originalSrc: OriginalSrc, bound: IpPlace | null): Stage<UpstreamSource> {
  const { address, mark, span, markSpan } = originalSrc;
  const spans = [span, ...(markSpan ? [markSpan] : [])];
  const passed: readonly PassedOver[] = bound
    ? [{ name: bound.address.text, why: reason('source.overridden'), span: bound.span }]
    : [];
  const source: UpstreamSource = { choice: 'original-src', address, port: 0, spans };
  const why = reason('source.original-src', { address: address.text, mark });
  return next(source, decision('source', address.text, why, spans, { passed }));
}

function bindTo(
  { choice, bind }: Binding,
  bound: IpPlace | null,
  cluster: Cluster,
  unseen: Gap | null,
): Stage<UpstreamSource> {
  if (bind.selector && bind.selector.kind !== 'default_local_address_selector')
    return finish(
      undecided(reason('undecided.local-address-selector', { selector: bind.selector.name }), [
        bind.selector.span,
      ]),
    );
  if (!bound)
    return finish(undecided(reason('undecided.bind-config', { cluster: cluster.name }), [bind.span]));
  const spans = [bound.span, bind.span];
  const passed = bind.sources
    .filter((source): source is IpPlace => source.kind === 'ip' && source !== bound)
    .map((source) => ({
      name: source.address.text,
      why: reason('source.other-family'),
      span: source.span,
    }));
  const source: UpstreamSource = { choice, address: bound.address, port: bound.port, spans };
  const why = reason(`source.${choice}`, { address: bound.address.text, cluster: cluster.name });
  const gap = unseen ?? gapAt('gap.bind-config', bind.gaps[0]);
  return next(source, decision('source', bound.address.text, why, spans, { passed, gap }));
}
