// `cli xff`: one connection manager's settings and one request -> the trusted client address.
// The settings are written as a table of cases writes them, not as a dump does; here they become one.
import { parseAddress } from '../../../base/ip.ts';
import type { JsonNode } from '../../../base/json.ts';
import { readCidrRange, type CidrRange } from '../../../documents/envoy/address.ts';
import type { Extension } from '../../../documents/envoy/extension.ts';
import type { ClientAddressSettings } from '../../../documents/envoy/network-filter.ts';
import {
  field,
  flagOf,
  itemsOf,
  numberOf,
  stringOf,
  textOf,
  textsOf,
} from '../../../documents/envoy/proto.ts';
import { clientAddress } from '../client-address.ts';

export interface XffAnswer {
  readonly id: string;
  readonly trusted_client_address: string;
  readonly xff_upstream: string | null;
  readonly x_envoy_external_address: string | null;
}

/** What Envoy took for internal before 1.33, and still takes for an empty internal_address_config. */
const PRIVATE_RANGES = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '127.0.0.0/8',
  '::1/128',
  'fd00::/8',
];

function jsonText(value: string, at: JsonNode): JsonNode {
  return { kind: 'string', span: at.span, value };
}

/** `10.0.0.0/8` as the message a dump holds. */
function cidrNode(text: string, at: JsonNode): JsonNode {
  const [prefix = '', length = ''] = text.split('/');
  return {
    kind: 'object',
    span: at.span,
    gaps: [],
    members: [
      { key: 'address_prefix', keySpan: at.span, value: jsonText(prefix, at) },
      { key: 'prefix_len', keySpan: at.span, value: jsonText(length, at) },
    ],
  };
}

function internalRanges(node: JsonNode | undefined): readonly CidrRange[] | null {
  if (!node) return null;
  const texts = node.kind === 'string' ? PRIVATE_RANGES : textsOf(node).map((text) => text.value);
  return texts.map((text) => readCidrRange(cidrNode(text, node)));
}

/** A list of CIDR texts becomes the message that the xff extension is configured with. */
function extensionOf(node: JsonNode): Extension {
  const trusted = field(node, 'xff_trusted_cidrs');
  const cidrs: JsonNode = {
    kind: 'array',
    span: node.span,
    gaps: [],
    items: textsOf(trusted).map((text) => cidrNode(text.value, node)),
  };
  const wrapped: JsonNode = {
    kind: 'object',
    span: node.span,
    gaps: [],
    members: [{ key: 'cidrs', keySpan: node.span, value: cidrs }],
  };
  const config: JsonNode =
    node.kind === 'object' && trusted
      ? {
          ...node,
          members: [...node.members, { key: 'xff_trusted_cidrs', keySpan: node.span, value: wrapped }],
        }
      : node;
  const kind = stringOf(field(node, 'type'));
  return { name: kind, kind, span: node.span, config, gaps: [] };
}

function settingsOf(hcm: JsonNode | undefined): ClientAddressSettings {
  return {
    useRemoteAddress: flagOf(field(hcm, 'use_remote_address')),
    xffNumTrustedHops: numberOf(field(hcm, 'xff_num_trusted_hops')),
    skipXffAppend: flagOf(field(hcm, 'skip_xff_append')),
    originalIpDetection: itemsOf(field(hcm, 'original_ip_detection_extensions')).map(extensionOf),
    internalAddresses: internalRanges(field(hcm, 'internal_cidrs')),
  };
}

/** Answers `{id, hcm, request}`. */
export function answerXff(line: JsonNode): XffAnswer {
  const request = field(line, 'request');
  const headers = field(request, 'headers');
  const xff = textOf(field(request, 'xff'));
  const peer = stringOf(field(request, 'downstream_ip'));
  const answer = clientAddress(settingsOf(field(line, 'hcm')), {
    peer: parseAddress(peer) ?? peer,
    peerPort: null,
    nodeAddress: textOf(field(request, 'local_ip'))?.value ?? null,
    header: (name) => {
      const value = name === 'x-forwarded-for' && xff ? xff : textOf(field(headers, name));
      return value ? [value.value] : null;
    },
  });
  return {
    id: stringOf(field(line, 'id')),
    trusted_client_address: answer.client.address,
    xff_upstream: answer.xForwardedFor,
    x_envoy_external_address: answer.externalAddress,
  };
}
