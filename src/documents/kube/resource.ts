// What Kubernetes and Istio objects say that decides something on a request's way. Tables of `kubectl get` and objects
// in YAML or JSON give the same resources; what a table does not show is null or empty.
import type { IpAddress } from '../../base/ip.ts';
import type { JsonNode } from '../../base/json.ts';
import type { Span } from '../../base/source.ts';
import type { InitArguments } from '../istio/init-arguments.ts';

/** A value and the place it was read from. */
export interface Told<T> {
  readonly value: T;
  readonly span: Span;
}

interface Named {
  readonly name: string;
  readonly namespace: string | null;
  readonly span: Span;
}

export interface Container {
  readonly name: string;
  readonly image: string | null;
  readonly isInit: boolean;
  /** securityContext of the container, else of the pod. */
  readonly uid: Told<number> | null;
  readonly gid: Told<number> | null;
  /** containerPort of each port, with its name. */
  readonly ports: readonly (Told<number> & { readonly name: string | null })[];
  readonly span: Span;
}

/** A Pod, or what makes pods: Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob. */
export interface Workload extends Named {
  readonly kind: 'workload';
  /** As the object's `kind` says: `Pod`, `Deployment`, … */
  readonly type: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, Told<string>>>;
  readonly containers: readonly Container[];
  /** podIPs; of a Pod only. */
  readonly addresses: readonly Told<IpAddress>[];
  readonly nodeName: string | null;
  readonly nodeAddress: Told<IpAddress> | null;
  /** The arguments of its istio-init container. */
  readonly init: InitArguments | null;
}

export interface ServicePort {
  readonly name: string | null;
  readonly port: number;
  /** A number, or the name of a container's port; null when a table hides it. */
  readonly targetPort: number | string | null;
  readonly protocol: string;
  readonly nodePort: number | null;
  readonly span: Span;
}

export interface Service extends Named {
  readonly kind: 'service';
  readonly type: string | null;
  /** None for a headless service. */
  readonly clusterAddresses: readonly Told<IpAddress>[];
  readonly externalAddresses: readonly Told<IpAddress>[];
  readonly ports: readonly ServicePort[];
  readonly selector: Readonly<Record<string, string>>;
}

export interface EndpointAddress {
  readonly address: IpAddress;
  readonly port: number | null;
  readonly pod: string | null;
  readonly span: Span;
}

/** Endpoints or an EndpointSlice; `service` is the service they belong to. */
export interface ServiceEndpoints extends Named {
  readonly kind: 'endpoints';
  readonly service: string;
  readonly endpoints: readonly EndpointAddress[];
}

export interface KubeNode extends Named {
  readonly kind: 'node';
  readonly addresses: readonly Told<IpAddress>[];
}

/** meshConfig: pasted bare, in ConfigMap `istio`, or in an IstioOperator. Fields of MeshConfig by their JSON names. */
export interface MeshSettings extends Named {
  readonly kind: 'mesh-settings';
  readonly accessLogFile: Told<string> | null;
  readonly accessLogFormat: Told<string> | null;
  readonly accessLogEncoding: Told<string> | null;
  readonly interceptionMode: Told<string> | null;
  /** inboundTrafficPolicy.mode: PASSTHROUGH (Istio's default) or LOCALHOST. */
  readonly inboundTrafficPolicy: Told<string> | null;
}

/** Anything else with apiVersion and kind: VirtualService, EnvoyFilter, PeerAuthentication, … */
export interface OtherResource extends Named {
  readonly kind: 'other';
  readonly type: string;
  readonly apiVersion: string;
  readonly tree: JsonNode;
}

export type KubeResource = Workload | Service | ServiceEndpoints | KubeNode | MeshSettings | OtherResource;
