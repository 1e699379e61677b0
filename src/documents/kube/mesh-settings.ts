// meshConfig -> what decides something: pasted bare, as `data.mesh` of ConfigMap istio, or in an IstioOperator.
// https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/
import { diagnostic, type Diagnostic } from '../../base/diagnostic.ts';
import { memberOf, type JsonNode } from '../../base/json.ts';
import type { Span } from '../../base/source.ts';
import { readYaml } from '../../base/yaml.ts';
import { textIn } from './container.ts';
import type { KubeResource, MeshSettings } from './resource.ts';

interface Named {
  readonly name: string;
  readonly namespace: string | null;
  readonly span: Span;
}

/** Mesh configuration is told by any of them. */
export const SETTINGS_FIELDS = [
  'accessLogFile',
  'accessLogFormat',
  'accessLogEncoding',
  'inboundTrafficPolicy',
  'outboundTrafficPolicy',
  'defaultConfig',
  'rootNamespace',
  'trustDomain',
  'enablePrometheusMerge',
];

/** Whether a tree is meshConfig itself, or `mesh:` or `meshConfig:` above it. */
export function isMeshSettings(node: JsonNode): boolean {
  return memberOf(node, 'kind') === undefined && settingsIn(node) !== null;
}

function settingsIn(node: JsonNode): JsonNode | null {
  const inner = memberOf(node, 'meshConfig') ?? memberOf(node, 'mesh') ?? node;
  return SETTINGS_FIELDS.some((name) => memberOf(inner, name) !== undefined) ? inner : null;
}

export function readMeshSettings(node: JsonNode, named: Named): MeshSettings {
  const tree = settingsIn(node) ?? node;
  return {
    kind: 'mesh-settings',
    ...named,
    accessLogFile: textIn(memberOf(tree, 'accessLogFile')),
    accessLogFormat: textIn(memberOf(tree, 'accessLogFormat')),
    accessLogEncoding: textIn(memberOf(tree, 'accessLogEncoding')),
    interceptionMode: textIn(memberOf(memberOf(tree, 'defaultConfig'), 'interceptionMode')),
    inboundTrafficPolicy: textIn(memberOf(memberOf(tree, 'inboundTrafficPolicy'), 'mode')),
  };
}

/** An object that holds meshConfig; null for any other. The ConfigMap holds it as a text, whose spans are that text's. */
export function readMeshObject(
  node: JsonNode,
  kind: string,
  named: Named,
  diagnostics: Diagnostic[],
): KubeResource | null {
  if (kind === 'IstioOperator') {
    const settings = memberOf(memberOf(node, 'spec'), 'meshConfig');
    return settings ? readMeshSettings(settings, named) : null;
  }
  const mesh = kind === 'ConfigMap' ? textIn(memberOf(memberOf(node, 'data'), 'mesh')) : null;
  if (!mesh) return null;
  const source = { name: 'mesh', text: mesh.value };
  const { value } = readYaml(source, { from: 0, to: mesh.value.length });
  if (!settingsIn(value)) {
    diagnostics.push(diagnostic('warning', 'kube.mesh', mesh.span));
    return null;
  }
  return movedTo(readMeshSettings(value, named), mesh.span);
}

/** What was read from a text inside the document stands, for a person, where that text does. */
function movedTo(settings: MeshSettings, span: Span): MeshSettings {
  const moved = <T>(told: { readonly value: T } | null) => told && { value: told.value, span };
  return {
    ...settings,
    accessLogFile: moved(settings.accessLogFile),
    accessLogFormat: moved(settings.accessLogFormat),
    accessLogEncoding: moved(settings.accessLogEncoding),
    interceptionMode: moved(settings.interceptionMode),
    inboundTrafficPolicy: moved(settings.inboundTrafficPolicy),
  };
}
