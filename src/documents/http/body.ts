// The JSON that httpbin answers with (/ip, /get, /headers, /anything) and other echo services -> what the server saw.
import { memberOf, type JsonNode } from '../../base/json.ts';
import { parseEndpoint } from '../../base/ip.ts';
import type { PrintedResponse } from './response.ts';

const ORIGINS = [
  'origin',
  'ip',
  'client_ip',
  'clientIp',
  'remote_addr',
  'remoteAddr',
  'remote_address',
  'RemoteAddr',
];

/** One address, or several as x-forwarded-for joins them. */
function isOrigin(text: string): boolean {
  return text.split(/\s*,\s*/).every((each) => parseEndpoint(each) !== null);
}

function originOf(node: JsonNode): PrintedResponse['origin'] {
  for (const key of ORIGINS) {
    const value = memberOf(node, key);
    if (value?.kind === 'string' && isOrigin(value.value)) return { text: value.value, span: value.span };
  }
  return null;
}

/** A header is a string, or, in httpbin written in Go, a list of them. */
function headerText(value: JsonNode): string {
  const texts = value.kind === 'array' ? value.items : [value];
  return texts.flatMap((each) => (each.kind === 'string' ? [each.value] : [])).join(', ');
}

function headersOf(node: JsonNode): Readonly<Record<string, string>> | null {
  const headers = memberOf(node, 'headers');
  if (headers?.kind !== 'object') return null;
  return Object.fromEntries(headers.members.map(({ key, value }) => [key.toLowerCase(), headerText(value)]));
}

/** Whether an object is the body of such an answer. */
export function looksLikeResponseBody(node: JsonNode): boolean {
  if (node.kind !== 'object') return false;
  if (originOf(node)) return node.members.length <= 12;
  const names = Object.keys(headersOf(node) ?? {});
  return names.includes('host') || names.includes('user-agent');
}

export function readResponseBody(node: JsonNode): PrintedResponse {
  return {
    status: null,
    headers: {},
    origin: originOf(node),
    requestHeaders: headersOf(node),
    span: node.span,
  };
}
