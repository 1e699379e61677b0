// The table of `istioctl proxy-config route`.
// istio.io/istio istioctl/pkg/writer/envoy/configdump/route.go
import type { ProxyConfig } from '../../../documents/envoy/config.ts';
import type { Route, RouteMatch } from '../../../documents/envoy/route.ts';
import type { RouteConfiguration, VirtualHost } from '../../../documents/envoy/route-configuration.ts';
import { goSorted } from './go-sort.ts';
import { managedBy } from './managed-by.ts';
import { alignColumns } from './table.ts';
import { allows, NO_FLAGS, type Flags } from './filters.ts';

const HEADER = ['NAME', 'VHOST NAME', 'DOMAINS', 'MATCH', 'VIRTUAL SERVICE'];
const BRIEF_HEADER = ['NAME', 'VIRTUAL HOSTS'];
const MOST_DOMAINS = 2;

/** `/p*`, `PathPrefix:/p`, `/p` or `regex r`; header and query conditions are not shown. */
export function describeMatch({ path }: RouteMatch): string {
  switch (path.kind) {
    case 'prefix':
      return path.value && `${path.value}*`;
    case 'path-separated-prefix':
      return `PathPrefix:${path.value}`;
    case 'path':
      return path.value;
    case 'regex':
      return `regex ${path.value}`;
    case 'template':
    case 'connect':
    case 'unknown':
    case 'absent':
      return '';
  }
}

/** Names that only spell out another one's cluster domain go. */
function withoutExpanded(domains: readonly string[]): readonly string[] {
  const unique = new Set(domains);
  const isExpansion = (domain: string) =>
    ['.svc.cluster.local', '.svc'].some(
      (suffix) => domain.endsWith(suffix) && unique.has(domain.slice(0, -suffix.length)),
    );
  return domains.filter((domain) => !isExpansion(domain));
}

/** An IPv6 address has colons of its own; istioctl goes by their number. */
function isWithoutPort(domain: string): boolean {
  const colons = domain.split(':').length - 1;
  return colons === 0 || (colons > 2 && domain.endsWith(']'));
}

/** The first two names without a port, and how many more there are. */
function describeDomains(domains: readonly string[]): string {
  const [only = ''] = domains;
  if (domains.length <= 1) return only;
  const bare = withoutExpanded(domains.filter(isWithoutPort));
  const shown = bare.slice(0, MOST_DOMAINS).join(', ');
  return bare.length > MOST_DOMAINS ? `${shown} + ${bare.length - MOST_DOMAINS} more...` : shown;
}

function isPassthrough({ action }: Route): boolean {
  return (
    action.kind === 'forward' &&
    action.cluster.kind === 'cluster' &&
    action.cluster.name.value === 'PassthroughCluster'
  );
}

function rowsOf(name: string, host: VirtualHost): readonly (readonly string[])[] {
  const start = [name, host.name, describeDomains(host.domains.map((domain) => domain.value))];
  if (host.routes.length === 0) return [[...start, '/*', '404']];
  return host.routes
    .filter((route) => !isPassthrough(route))
    .map((route) => [...start, describeMatch(route.match), managedBy(route.node)]);
}

/** Only two numeric names are compared; every other pair stays as it is. */
function isBefore(a: RouteConfiguration, b: RouteConfiguration): boolean {
  const numeric = /^[+-]?\d+$/;
  return numeric.test(a.name) && numeric.test(b.name) && Number(a.name) < Number(b.name);
}

/** `--verbose=false` prints one row a configuration, with the number of its virtual hosts. */
export function routeTable(config: ProxyConfig, flags: Flags = NO_FLAGS): string {
  const shown = config.routeConfigurations.filter(({ name }) => allows(flags, 'name', name));
  const sorted = goSorted(shown, isBefore);
  if (!allows(flags, 'verbose', 'true')) {
    const brief = sorted.map(({ name, virtualHosts }) => [name, String(virtualHosts.length)]);
    return alignColumns([BRIEF_HEADER, ...brief], 5);
  }
  const rows = sorted.flatMap(({ name, virtualHosts }) => virtualHosts.flatMap((host) => rowsOf(name, host)));
  return alignColumns([HEADER, ...rows], 5);
}
