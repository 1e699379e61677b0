// Service, Endpoints, EndpointSlice and Node objects -> addresses and ports.
// https://kubernetes.io/docs/reference/kubernetes-api/service-resources/
import { parseAddress, type IpAddress } from '../../base/ip.ts';
import { memberOf, type JsonNode } from '../../base/json.ts';
import type { Span } from '../../base/source.ts';
import { itemsIn, numberIn, textIn } from './container.ts';
import type { EndpointAddress, KubeNode, Service, ServiceEndpoints, ServicePort, Told } from './resource.ts';
import { labelsOf } from './workload.ts';

interface Named {
  readonly name: string;
  readonly namespace: string | null;
  readonly span: Span;
}

function addressesIn(nodes: readonly (JsonNode | undefined)[]): Told<IpAddress>[] {
  return nodes.flatMap((node) => {
    const text = textIn(node);
    const value = parseAddress(text?.value ?? '');
    return text && value ? [{ value, span: text.span }] : [];
  });
}

/** The first of them that holds anything. */
function firstOf<T>(...lists: readonly (readonly T[])[]): readonly T[] {
  return lists.find((list) => list.length > 0) ?? [];
}

/** A number, or the name of a container's port. */
function targetOf(node: JsonNode | undefined, port: number): number | string {
  return numberIn(node)?.value ?? textIn(node)?.value ?? port;
}

function portIn(node: JsonNode): ServicePort[] {
  const port = numberIn(memberOf(node, 'port'));
  if (!port) return [];
  return [
    {
      name: textIn(memberOf(node, 'name'))?.value ?? null,
      port: port.value,
      targetPort: targetOf(memberOf(node, 'targetPort'), port.value),
      protocol: textIn(memberOf(node, 'protocol'))?.value ?? 'TCP',
      nodePort: numberIn(memberOf(node, 'nodePort'))?.value ?? null,
      span: node.span,
    },
  ];
}

export function readService(node: JsonNode, named: Named): Service {
  const spec = memberOf(node, 'spec');
  const ingress = memberOf(memberOf(memberOf(node, 'status'), 'loadBalancer'), 'ingress');
  const assigned = itemsIn(ingress).map((each) => memberOf(each, 'ip'));
  return {
    kind: 'service',
    ...named,
    type: textIn(memberOf(spec, 'type'))?.value ?? null,
    clusterAddresses: firstOf(
      addressesIn(itemsIn(memberOf(spec, 'clusterIPs'))),
      addressesIn([memberOf(spec, 'clusterIP')]),
    ),
    externalAddresses: addressesIn([
      ...itemsIn(memberOf(spec, 'externalIPs')),
      ...assigned,
      memberOf(spec, 'loadBalancerIP'),
    ]),
    ports: itemsIn(memberOf(spec, 'ports')).flatMap(portIn),
    selector: labelsOf(memberOf(spec, 'selector')),
  };
}

function podOf(node: JsonNode): string | null {
  const target = memberOf(node, 'targetRef');
  return textIn(memberOf(target, 'kind'))?.value === 'Pod'
    ? (textIn(memberOf(target, 'name'))?.value ?? null)
    : null;
}

function eachPort(node: JsonNode | undefined): readonly (number | null)[] {
  const ports = itemsIn(node).flatMap((port) => numberIn(memberOf(port, 'port'))?.value ?? []);
  return ports.length > 0 ? ports : [null];
}

/** Ready addresses only; `subsets` of Endpoints, `endpoints` of an EndpointSlice. */
function endpointsIn(
  holder: JsonNode,
  addresses: (entry: JsonNode) => readonly JsonNode[],
  list: string,
): EndpointAddress[] {
  return eachPort(memberOf(holder, 'ports')).flatMap((port) =>
    itemsIn(memberOf(holder, list)).flatMap((entry) =>
      addressesIn(addresses(entry)).map(({ value, span }) => ({
        address: value,
        port,
        pod: podOf(entry),
        span,
      })),
    ),
  );
}

/** An address of Endpoints is an object of its own. */
function ipIn(entry: JsonNode): JsonNode[] {
  return [memberOf(entry, 'ip')].filter((each) => each !== undefined);
}

export function readEndpoints(node: JsonNode, named: Named): ServiceEndpoints {
  const labels = labelsOf(memberOf(memberOf(node, 'metadata'), 'labels'));
  const endpoints = [
    ...itemsIn(memberOf(node, 'subsets')).flatMap((subset) => endpointsIn(subset, ipIn, 'addresses')),
    ...endpointsIn(node, (entry) => itemsIn(memberOf(entry, 'addresses')), 'endpoints'),
  ];
  return {
    kind: 'endpoints',
    ...named,
    service: labels['kubernetes.io/service-name'] ?? named.name,
    endpoints,
  };
}

export function readNode(node: JsonNode, named: Named): KubeNode {
  const listed = itemsIn(memberOf(memberOf(node, 'status'), 'addresses'));
  const own = listed.filter((each) => textIn(memberOf(each, 'type'))?.value.endsWith('IP'));
  return { kind: 'node', ...named, addresses: addressesIn(own.map((each) => memberOf(each, 'address'))) };
}
