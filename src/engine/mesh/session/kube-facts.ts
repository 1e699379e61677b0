// The Kubernetes objects of a paste -> what a walk asks of them: whose address is that, what stands behind a service.
import type { IpAddress } from '../../../base/ip.ts';
import type { Span } from '../../../base/source.ts';
import type { Document } from '../../../documents/document.ts';
import type {
  Container,
  KubeResource,
  Service,
  ServiceEndpoints,
  ServicePort,
  Workload,
} from '../../../documents/kube/resource.ts';
import type { SocketOwner } from '../../packet/packet.ts';

/** All resources that the documents hold, in order. */
export function resourcesOf(documents: readonly Document[]): KubeResource[] {
  return documents.flatMap(({ content }) => (content.kind === 'kube' ? content.resources : []));
}

/** One place a service may send a connection to. */
export interface ServiceTarget {
  readonly address: IpAddress;
  readonly port: number;
  /** The pod's name, where something tells it. */
  readonly pod: string | null;
  readonly span: Span;
}

export interface ResolvedService {
  readonly service: Service;
  readonly port: ServicePort;
  /** Empty when the paste shows none of its endpoints. */
  readonly targets: readonly ServiceTarget[];
  /** Whether the targets are all there are: Endpoints say so, a selector over the pods that were pasted does not. */
  readonly complete: boolean;
}

function sameNamespace(a: string | null, b: string | null): boolean {
  return a === null || b === null || a === b;
}

function selects({ selector }: Service, { labels }: Workload): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}

function namedPort(containers: readonly Container[], name: string): number | null {
  return containers.flatMap(({ ports }) => ports).find((port) => port.name === name)?.value ?? null;
}

function portOn(port: ServicePort, containers: readonly Container[]): number | null {
  const { targetPort } = port;
  if (targetPort === null) return null;
  return typeof targetPort === 'number' ? targetPort : namedPort(containers, targetPort);
}

function listed(endpoints: ServiceEndpoints, port: ServicePort): ServiceTarget[] {
  return endpoints.endpoints.flatMap((each) => {
    const number = each.port ?? (typeof port.targetPort === 'number' ? port.targetPort : null);
    const asked = typeof port.targetPort !== 'number' || number === port.targetPort;
    return number !== null && asked
      ? [{ address: each.address, port: number, pod: each.pod, span: each.span }]
      : [];
  });
}

function selected(service: Service, port: ServicePort, workloads: readonly Workload[]): ServiceTarget[] {
  const chosen = workloads.filter(
    (each) => selects(service, each) && sameNamespace(each.namespace, service.namespace),
  );
  return chosen.flatMap((each) => {
    const number = portOn(port, each.containers);
    if (number === null) return [];
    return each.addresses.map(({ value, span }) => ({ address: value, port: number, pod: each.name, span }));
  });
}

/** The first of them that holds anything. */
function told<T>(lists: readonly (readonly T[])[]): readonly T[] {
  return lists.find((list) => list.length > 0) ?? [];
}

/** What a table and an object say of one service: a table hides target ports and selector, an object may lack the address. */
function merge(a: Service, b: Service): Service {
  const whole = [...a.ports, ...b.ports].filter(({ targetPort }) => targetPort !== null);
  return {
    ...a,
    namespace: a.namespace ?? b.namespace,
    clusterAddresses: told([a.clusterAddresses, b.clusterAddresses]),
    externalAddresses: told([a.externalAddresses, b.externalAddresses]),
    ports: told([whole, a.ports, b.ports]),
    selector: { ...a.selector, ...b.selector },
  };
}

function merged(services: readonly Service[]): Service[] {
  const byName = new Map<string, Service>();
  for (const service of services) {
    const known = byName.get(service.name);
    byName.set(service.name, known ? merge(known, service) : service);
  }
  return [...byName.values()];
}

/** The service that listens on that address and port; null when the paste shows none. */
export function resolveService(
  resources: readonly KubeResource[],
  address: IpAddress,
  port: number,
): ResolvedService | null {
  const services = merged(resources.filter((each) => each.kind === 'service'));
  for (const service of services) {
    const own = [...service.clusterAddresses, ...service.externalAddresses];
    const found = service.ports.find((each) => each.port === port);
    if (!found || !own.some(({ value }) => value.text === address.text)) continue;
    const endpoints = resources
      .filter((each) => each.kind === 'endpoints')
      .filter((each) => each.service === service.name);
    const targets = endpoints.flatMap((each) => listed(each, found));
    if (targets.length > 0) return { service, port: found, targets, complete: true };
    const workloads = resources.filter((each) => each.kind === 'workload');
    return { service, port: found, targets: selected(service, found, workloads), complete: false };
  }
  return null;
}

/** The proxy's container of a pod's spec: whom it runs as. */
export function proxyContainer(workloads: readonly Workload[]): Container | null {
  return (
    workloads.flatMap(({ containers }) => containers).findLast(({ name }) => name === 'istio-proxy') ?? null
  );
}

/** Whom the application's containers run as, where all of them say the same. */
export function applicationOwner(workloads: readonly Workload[]): SocketOwner | null {
  const own = workloads
    .flatMap(({ containers }) => containers)
    .filter(({ name, isInit }) => !isInit && !name.startsWith('istio-'));
  const [first, ...others] = own;
  if (!first?.uid || others.some(({ uid }) => uid?.value !== first.uid?.value)) return null;
  return { uid: first.uid.value, gid: first.gid?.value ?? 0 };
}
