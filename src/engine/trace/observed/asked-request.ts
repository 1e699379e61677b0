// Without a log or a capture: the request that a `curl` in the pod sent, `kubectl exec POD -- curl http://host/path`.
// The host's address is the one its virtual host names beside it; where none is pasted, there is no such request.
import { endpointText, parseAddress, parseEndpoint, type IpAddress } from '../../../base/ip.ts';
import { textAt } from '../../../base/source.ts';
import type { Document } from '../../../documents/document.ts';
import type { ProxyConfig } from '../../../documents/envoy/config.ts';
import { PLAIN_REQUEST, type ScenarioRequest } from '../../scenario.ts';
import { evidenceAt, type Paste } from '../evidence.ts';
import type { Pod } from '../pod.ts';
import type { Finding } from '../trace.ts';

/** RFC 3986 as people type it behind curl: scheme, host (an IPv6 address in brackets), port, path with query. */
const CURL_IN_POD =
  /\bexec\s.*\scurl\s(?:.*\s)?["']?(https?):\/\/(\[[\da-f:]+\]|[\w.-]+)(?::(\d{1,5}))?(\/[^\s"'#]*)?/i;

interface AskedUrl {
  /** What came back, as curl printed it. */
  readonly response: Document;
  readonly secure: boolean;
  readonly host: string;
  /** Null when the URL leaves it to the scheme. */
  readonly port: string | null;
  readonly path: string;
}

/** The URLs that were asked for from inside the pod, in the order of the paste. */
function urlsAsked({ source, documents }: Paste): AskedUrl[] {
  return documents.flatMap((response) => {
    const { kind, command } = response;
    const text = kind === 'http-response' && command ? textAt(source, command) : '';
    const [found, scheme = '', host = '', port = null, path = '/'] = CURL_IN_POD.exec(text) ?? [];
    const secure = scheme.toLowerCase() === 'https';
    return found === undefined ? [] : [{ response, secure, host, port, path }];
  });
}

/** Istio lists a service's address among the domains of its virtual host (pilot/pkg/networking/core/httproute.go). */
function addressBeside(host: string, { routeConfigurations }: ProxyConfig): IpAddress | null {
  const domains = routeConfigurations
    .flatMap(({ virtualHosts }) => virtualHosts)
    .map(({ domains }) => domains.map(({ value }) => value))
    .find((names) => names.includes(host));
  return domains?.map(parseAddress).find((address) => address !== null) ?? null;
}

/** Null when nothing pasted tells the host's address. */
function requestOf(url: AskedUrl, own: IpAddress, config: ProxyConfig | null): ScenarioRequest | null {
  const { secure, host, port, path } = url;
  const name = host.replaceAll(/[[\]]/g, '');
  const address = parseAddress(name) ?? (config && addressBeside(name, config));
  if (!address || address.family !== own.family) return null;
  return {
    ...PLAIN_REQUEST,
    from: own.text,
    to: endpointText(address, port === null ? (secure ? 443 : 80) : Number(port)),
    protocol: secure ? 'tls' : 'http',
    host: port === null ? host : `${host}:${port}`,
    path,
    sni: secure ? name : null,
  };
}

function hasListener({ to }: ScenarioRequest, config: ProxyConfig | null): boolean {
  const addresses = config?.listeners.flatMap((listener) => listener.addresses) ?? [];
  return addresses.some((each) => each.kind === 'ip' && endpointText(each.address, each.port) === to);
}

/** The last request that the paste shows somebody sending from the pod, preferably one whose listener was pasted. */
export function requestAsked(
  paste: Paste,
  config: ProxyConfig | null,
  own: IpAddress | undefined,
): ScenarioRequest | null {
  if (!own) return null;
  const requests = urlsAsked(paste).flatMap((url) => requestOf(url, own, config) ?? []);
  return requests.findLast((request) => hasListener(request, config)) ?? requests.at(-1) ?? null;
}

/** The answer that curl printed to that request: it went through, whatever the paste leaves open of its way. */
export function answerTo({ paste, config, addresses }: Pod, { to }: ScenarioRequest): Finding[] {
  const [own] = addresses.filter(({ family }) => family === parseEndpoint(to)?.address.family);
  const url = urlsAsked(paste).findLast((each) => own && requestOf(each, own, config)?.to === to);
  if (url?.response.content.kind !== 'http-response') return [];
  const { status } = url.response.content.response;
  if (status === null) return [];
  const evidence = [evidenceAt(paste, url.response.span)];
  const code = 'finding.asked-was-answered';
  return [{ code, severity: 'info', hop: null, parameters: { status }, evidence }];
}
