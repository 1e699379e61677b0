// A configured extension: a filter, a transport socket, a matcher input. Named by its type where there is one,
// because since Envoy 1.22 names are free; older dumps have only names (`envoy.tcp_proxy`) and `config`.
import type { JsonNode } from '../../base/json.ts';
import type { Span } from '../../base/source.ts';
import { field, gapsOf, stringOf } from './proto.ts';

export interface Extension {
  /** The name in the paste; '' when it has none. */
  readonly name: string;
  /** What it is, in snake case: `tcp_proxy`, `http_connection_manager`, `tls_inspector`, `destination_ip_input`. */
  readonly kind: string;
  readonly span: Span;
  /** Its configuration, `Any` and TypedStruct unwrapped; undefined when there is none. */
  readonly config: JsonNode | undefined;
  /** Where the paste leaves parts of it out. */
  readonly gaps: readonly Span[];
}

/** Types that carry another message and say nothing about the extension. */
const CARRIERS = new Set(['TypedStruct', 'Struct', 'Empty', 'Config', '']);

function lastPart(text: string): string {
  return text.slice(Math.max(text.lastIndexOf('.'), text.lastIndexOf('/')) + 1);
}

function snakeCase(type: string): string {
  return type
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}

/** The message inside an `Any`: its short type name and its fields. */
function unwrapAny(node: JsonNode | undefined): { type: string; config: JsonNode | undefined } {
  const type = lastPart(stringOf(field(node, '@type')));
  if (type === 'TypedStruct')
    return { type: lastPart(stringOf(field(node, 'type_url'))), config: field(node, 'value') };
  return { type, config: type === 'Struct' ? field(node, 'value') : node };
}

/** Reads `{name, typed_config}`; `config` is the field of dumps before Envoy 1.10. */
export function readExtension(node: JsonNode): Extension {
  const name = stringOf(field(node, 'name'));
  const body = field(node, 'typed_config') ?? field(node, 'config');
  const { type, config } = unwrapAny(body);
  const kind = CARRIERS.has(type) ? lastPart(name) : snakeCase(type);
  return { name, kind, span: node.span, config, gaps: [...gapsOf(node), ...gapsOf(body)] };
}
