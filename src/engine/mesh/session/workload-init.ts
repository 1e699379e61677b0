// A pod's spec -> the arguments of its istio-init: those it has, else those that the injector makes of its annotations.
// istio manifests/charts/istio-control/istio-discovery/files/injection-template.yaml
// https://istio.io/latest/docs/reference/config/annotations/
import type { InitArguments } from '../../../documents/istio/init-arguments.ts';
import type { KubeResource, Workload } from '../../../documents/kube/resource.ts';
import { DEFAULT_INIT } from '../default-rules.ts';

function isWorkload(resource: KubeResource): resource is Workload {
  return resource.kind === 'workload';
}

/** The workloads among them that are called so, or make pods of that name; all, when there is no such name. */
export function workloadsOf(resources: readonly KubeResource[], name: string | null): Workload[] {
  const all = resources.filter(isWorkload);
  if (name === null) return all;
  return all.filter((each) => each.name === '' || each.name === name || each.name.startsWith(`${name}-`));
}

/** What annotations ask of the injector; null when there is none that changes the rules. */
function askedBy(annotations: Workload['annotations']): InitArguments | null {
  const text = (name: string) => annotations[name]?.value ?? null;
  const list = (name: string) => {
    const value = text(`traffic.sidecar.istio.io/${name}`);
    return value === null
      ? null
      : value
          .split(',')
          .map((item) => item.trim())
          .filter((item) => item !== '');
  };
  const asked = {
    mode: text('sidecar.istio.io/interceptionMode'),
    inboundPorts: list('includeInboundPorts'),
    excludedInbound: list('excludeInboundPorts'),
    ranges: list('includeOutboundIPRanges'),
    excludedRanges: list('excludeOutboundIPRanges'),
    outboundPorts: list('includeOutboundPorts'),
    excludedOutboundPorts: list('excludeOutboundPorts'),
    excludedInterfaces: list('excludeInterfaces'),
    virtualInterfaces: list('kubevirtInterfaces'),
  };
  if (Object.values(asked).every((value) => value === null)) return null;
  return {
    ...DEFAULT_INIT,
    mode: asked.mode ?? DEFAULT_INIT.mode,
    inboundPorts: asked.inboundPorts ?? DEFAULT_INIT.inboundPorts,
    excludedInboundPorts: [...DEFAULT_INIT.excludedInboundPorts, ...(asked.excludedInbound ?? [])],
    ranges: asked.ranges ?? DEFAULT_INIT.ranges,
    excludedRanges: asked.excludedRanges ?? [],
    outboundPorts: asked.outboundPorts ?? [],
    excludedOutboundPorts: asked.excludedOutboundPorts ?? [],
    excludedInterfaces: asked.excludedInterfaces ?? [],
    virtualInterfaces: asked.virtualInterfaces ?? [],
  };
}

/** The last that tells; null when no spec does. */
export function initOfWorkloads(workloads: readonly Workload[]): InitArguments | null {
  return (
    workloads
      .map(({ init, annotations }) => init ?? askedBy(annotations))
      .findLast((asked) => asked !== null) ?? null
  );
}
