// The Istio object that a piece of configuration came from, as istioctl names it: `name.namespace`.
import { fieldAt, textOf } from '../../../documents/envoy/proto.ts';
import type { JsonNode } from '../../../base/json.ts';

const PREFIX = '/apis/networking.istio.io/';

/** From metadata `/apis/networking.istio.io/v1/namespaces/NAMESPACE/KIND/NAME`; '' when there is none. */
export function managedBy(node: JsonNode): string {
  const path = textOf(fieldAt(node, 'metadata', 'filter_metadata', 'istio', 'config'));
  if (!path) return '';
  if (!path.value.startsWith(PREFIX)) return '<unknown>';
  const pieces = path.value.split('/');
  return pieces.length === 8 ? `${pieces[7]}.${pieces[5]}` : '';
}
