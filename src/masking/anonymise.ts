// A scenario -> a copy fit for strangers: same subnets, same services, same answer, under other names. Pure: the key
// alone decides the pseudonyms, and without it nobody gets back.
import { OWN_POD_NAME, type Scenario, type ScenarioRequest } from '../engine/scenario.ts';
import { createLedger, type Account } from './ledger.ts';
import { createMask, type Mask } from './mask.ts';
import { maskedPaste, namesIn } from './paste.ts';

export interface Anonymised {
  readonly scenario: Scenario;
  readonly account: Account;
}

/** Headers that hold an address, a host or an identifier. Others may hold anything. */
const KNOWN_HEADER =
  /^(?:x-request-id|x-forwarded-[a-z]+|x-envoy-[a-z-]+|x-real-ip|forwarded|host|:?authority)$/i;

function headersOf({ headers }: ScenarioRequest, mask: Mask): Record<string, string> {
  const known = Object.entries(headers).filter(([name]) => KNOWN_HEADER.test(name));
  const left = Object.keys(headers).length - known.length;
  if (left > 0) mask.ledger.leftOut('headers', '', left);
  return Object.fromEntries(known.map(([name, value]) => [name, mask.rename(value)]));
}

function maskedRequest(request: ScenarioRequest, mask: Mask): ScenarioRequest {
  const renamed = (text: string | null) => text && mask.rename(text);
  return {
    ...request,
    from: renamed(request.from),
    to: mask.rename(request.to),
    host: renamed(request.host),
    path: mask.rename(request.path),
    method: mask.rename(request.method),
    headers: headersOf(request, mask),
    sni: renamed(request.sni),
    alpn: request.alpn.map((text) => mask.rename(text)),
  };
}

function textsOf({ request, pods, expect }: Scenario): string[] {
  const asked = request
    ? [request.from ?? '', request.to, request.host ?? '', request.path, request.sni ?? '']
    : [];
  const headers = Object.values(request?.headers ?? {});
  const expected = [expect?.remoteAddress ?? '', expect?.xForwardedFor ?? ''];
  return [
    ...asked,
    ...headers,
    ...expected,
    ...pods.flatMap((pod) => [pod.name, ...pod.addresses, pod.paste]),
  ];
}

/** `key` is 16 random bytes; the same key gives the same copy. */
export function anonymise(scenario: Scenario, key: Uint8Array): Anonymised {
  const { title, request, pods, expect, notes } = scenario;
  const ledger = createLedger();
  const mask = createMask(
    textsOf(scenario),
    pods
      .flatMap(({ name, paste }) => [name, ...namesIn({ name, text: paste })])
      .filter((name) => name !== OWN_POD_NAME),
    key,
    ledger,
  );
  if (title !== '') ledger.leftOut('title', '');
  if (notes) ledger.leftOut('prose', '', Object.keys(notes).length);
  const copy: Scenario = {
    version: 1,
    title: '',
    request: request && maskedRequest(request, mask),
    pods: pods.map((pod) => ({
      name: mask.rename(pod.name),
      role: pod.role,
      addresses: pod.addresses.map((text) => mask.rename(text)),
      paste: maskedPaste({ name: pod.name, text: pod.paste }, mask),
    })),
    ...(expect ? { expect: maskedExpectation(expect, mask) } : {}),
  };
  return { scenario: copy, account: ledger.account() };
}

function maskedExpectation(
  expected: NonNullable<Scenario['expect']>,
  mask: Mask,
): NonNullable<Scenario['expect']> {
  const { remoteAddress, xForwardedFor } = expected;
  return {
    ...expected,
    ...(remoteAddress === undefined ? {} : { remoteAddress: remoteAddress && mask.rename(remoteAddress) }),
    ...(xForwardedFor === undefined ? {} : { xForwardedFor: xForwardedFor && mask.rename(xForwardedFor) }),
  };
}
