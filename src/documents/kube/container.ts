// A container of a pod's spec -> what decides something: its image, uid, gid, ports; and istio-init's arguments.
import { memberOf, type JsonNode } from '../../base/json.ts';
import { cover, textAt, type Source } from '../../base/source.ts';
import { parseInit, type InitArguments } from '../istio/init-arguments.ts';
import type { Container, Told } from './resource.ts';

export function itemsIn(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.kind === 'array' ? node.items : [];
}

/** A scalar as text: YAML reads `"15001"` and `15001` differently, people do not. */
export function textIn(node: JsonNode | undefined): Told<string> | null {
  if (node?.kind === 'string') return { value: node.value, span: node.span };
  if (node?.kind === 'number') return { value: node.text, span: node.span };
  return node?.kind === 'boolean' ? { value: String(node.value), span: node.span } : null;
}

export function numberIn(node: JsonNode | undefined): Told<number> | null {
  const text = textIn(node);
  return text && /^\d+$/.test(text.value) ? { value: Number(text.value), span: text.span } : null;
}

/** What only containers have. */
export const CONTAINER_FIELDS = ['image', 'args', 'containerID', 'volumeMounts'];

/** Whether a node is a container: it has a name, and what only containers have. */
export function isContainer(node: JsonNode | undefined): boolean {
  const has = (name: string) => memberOf(node, name) !== undefined;
  return has('name') && CONTAINER_FIELDS.some(has);
}

/** `security` is the pod's securityContext, which holds where the container says nothing. */
export function readContainer(node: JsonNode, isInit: boolean, security: JsonNode | undefined): Container {
  const own = memberOf(node, 'securityContext');
  const ports = itemsIn(memberOf(node, 'ports')).flatMap((port) => {
    const number = numberIn(memberOf(port, 'containerPort'));
    return number ? [{ ...number, name: textIn(memberOf(port, 'name'))?.value ?? null }] : [];
  });
  return {
    name: textIn(memberOf(node, 'name'))?.value ?? '',
    image: textIn(memberOf(node, 'image'))?.value ?? null,
    isInit,
    uid: numberIn(memberOf(own, 'runAsUser')) ?? numberIn(memberOf(security, 'runAsUser')),
    gid: numberIn(memberOf(own, 'runAsGroup')) ?? numberIn(memberOf(security, 'runAsGroup')),
    ports,
    span: node.span,
  };
}

/** The arguments of the init container that sets the rules; null for any other container. */
export function initOfContainer(source: Source, node: JsonNode): InitArguments | null {
  if (!isContainer(node)) return null;
  const lines = [memberOf(node, 'command'), memberOf(node, 'args')].filter((each) => each !== undefined);
  const spans = lines.map(({ span }) => span);
  const [first] = spans;
  if (!first) return null;
  const whole = spans.reduce(cover, first);
  return /istio-iptables/.test(textAt(source, whole)) ? parseInit(source, whole).value : null;
}
