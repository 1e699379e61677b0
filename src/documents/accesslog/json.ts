// One JSON object of an access log -> AccessLogEntry. Istio's keys are the operators in snake_case, in any order;
// some people print the header names instead.
import type { JsonNode } from '../../base/json.ts';
import { FIELDS, type AccessLogEntry, type Field, type FieldValue } from './entry.ts';

const BY_HEADER: Readonly<Record<string, Field>> = {
  'x-forwarded-for': 'xForwardedFor',
  'user-agent': 'userAgent',
  'x-request-id': 'requestId',
  'x-envoy-upstream-service-time': 'upstreamServiceTime',
  ':authority': 'authority',
  bytes_send: 'bytesSent',
};

function snakeCase(field: Field): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const BY_KEY: ReadonlyMap<string, Field> = new Map([
  ...FIELDS.map((field) => [snakeCase(field), field] as const),
  ...Object.entries(BY_HEADER),
]);

function valueOf(node: JsonNode): FieldValue | null {
  const { span } = node;
  switch (node.kind) {
    case 'string':
      return { text: node.value === '-' || node.value === '' ? null : node.value, span };
    case 'number':
    case 'boolean':
      return { text: String(node.value), span };
    case 'null':
      return { text: null, span };
    case 'object':
    case 'array':
    case 'unparsed':
      return null;
  }
}

/** Whether an object is a log line: it names an address of a connection, and more than one known operator. */
export function isJsonEntry(node: JsonNode): boolean {
  if (node.kind !== 'object') return false;
  const known = node.members.flatMap((member) => BY_KEY.get(member.key) ?? []);
  const address = known.some((field) => /^(?:up|down)stream.*(?:Address|Host|Cluster)$/.test(field));
  return address && known.length > 2;
}

/** Reads an object that `isJsonEntry` takes for a log line; keys it does not know are left out. */
export function jsonEntry(node: JsonNode): AccessLogEntry {
  const members = node.kind === 'object' ? node.members : [];
  const fields = members.flatMap((member): [Field, FieldValue][] => {
    const field = BY_KEY.get(member.key);
    const value = valueOf(member.value);
    return field && value ? [[field, value]] : [];
  });
  return { span: node.span, fields: Object.fromEntries(fields) };
}
