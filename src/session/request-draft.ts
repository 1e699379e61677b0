// What is typed into the request form -> the request it means.
import { endpointText, parseEndpoint } from '../base/ip.ts';
import type { ScenarioRequest } from '../engine/scenario.ts';

/**
 * Where a request is to go, as `10.0.0.1:80` or `[fd00::1]:80`: what was typed, a bare port with the address of
 * `before`, or a bare address with its port. Null when that makes no address with a port.
 */
export function destinationOf(typed: string, before: string): string | null {
  const old = parseEndpoint(before);
  const barePort = /^:?(\d{1,5})$/.exec(typed)?.[1];
  const asked = barePort === undefined ? parseEndpoint(typed) : old && { ...old, port: Number(barePort) };
  const port = asked?.port ?? old?.port ?? null;
  if (!asked || port === null || port < 1 || port > 65535) return null;
  return endpointText(asked.address, port);
}

/** The request that a draft asks for; a Host that only repeated the old destination, or its port, goes with the new one. */
export function requestOfDraft(draft: ScenarioRequest, before: ScenarioRequest): ScenarioRequest | null {
  const to = destinationOf(draft.to, before.to);
  if (to === null) return null;
  const host = draft.host === before.host ? followed(draft.host, before.to, to) : draft.host;
  return { ...draft, to, host };
}

function followed(host: string | null, before: string, to: string): string | null {
  if (host === before) return to;
  const [port, newPort] = [portOf(before), portOf(to)];
  return port !== null && host?.endsWith(port) ? host.slice(0, -port.length) + newPort : host;
}

function portOf(endpoint: string): string | null {
  return /:\d+$/.exec(endpoint)?.[0] ?? null;
}
