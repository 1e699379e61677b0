// English: what Envoy decided, and why something lost. `not.` is the same code said of a loser.
export const envoyCodes = {
  'envoy.listener.exact': 'Envoy’s listener on {address} accepts the connection.',
  'envoy.listener.wildcard':
    'Envoy’s listener on {address} accepts the connection: a wildcard address takes every destination.',
  'envoy.listener.internal': 'Inside the proxy the connection goes on in the internal listener {listener}.',
  'envoy.tunnel.connect': 'tcp_proxy wraps the bytes in an HTTP CONNECT to {hostname}: a tunnel.',
  'envoy.hand-over.exact':
    'Envoy hands the connection to the listener on {address}: that is the restored destination {destination}.',
  'envoy.hand-over.wildcard':
    'Envoy hands the connection to the listener on {address}, which stands for the restored destination {destination}.',
  'envoy.hand-over.assumed':
    'A listener for {destination} is in the paste: the connection is taken to be handed to it.',
  'envoy.hand-over.none': 'No other listener is bound to {destination}; this one goes on.',
  'envoy.listener-filter.disabled': 'This listener filter is switched off for this connection.',
  'envoy.listener-filter.original-dst':
    'original_dst asks the kernel where the connection was going before the redirect: {destination}.',
  'envoy.listener-filter.original-dst-own':
    'original_dst finds that the connection’s own destination, {destination}, is the original one: nothing was redirected (TPROXY).',
  'envoy.listener-filter.original-dst-none':
    'original_dst finds nothing to restore: the connection was not redirected.',
  'envoy.listener-filter.original-src':
    'original_src keeps {address} as the source of the connection upstream (mark {mark}).',
  'envoy.listener-filter.original-src-none': 'original_src has no address to keep.',
  'envoy.listener-filter.tls': 'tls_inspector sees TLS: server name {serverName}, ALPN {alpn}.',
  'envoy.listener-filter.tls-none': 'tls_inspector sees plain text, no TLS.',
  'envoy.listener-filter.tls-unknown':
    'tls_inspector looks for TLS; the paste does not tell whether there is any.',
  'envoy.listener-filter.http': 'http_inspector sees {protocol}.',
  'envoy.listener-filter.http-none': 'http_inspector sees no HTTP.',
  'envoy.listener-filter.http-skipped': 'http_inspector looks at plain text only, and this is TLS.',
  'envoy.listener-filter.http-unknown':
    'http_inspector looks for HTTP; the paste does not tell which version.',
  'envoy.listener-filter.proxy-protocol': 'proxy_protocol reads a PROXY header and takes the client from it.',
  'envoy.listener-filter.proxy-protocol-none':
    'proxy_protocol finds no addresses to take; the connection keeps its own.',
  'envoy.listener-filter.proxy-protocol-refused': 'proxy_protocol does not accept how the connection begins.',
  'envoy.listener-filter.proxy-protocol-unknown':
    'proxy_protocol takes the client from a PROXY header that is not known here.',
  'envoy.listener-filter.other': 'The listener filter {name} runs.',
  'envoy.listener-filter.assumed': 'Listener filters {filters}: assumed, because the paste leaves them out.',
  'envoy.listener-filter.left-out':
    'Some listener filters are left out of the paste; those that are shown have run.',
  'envoy.filter-chain.match': 'This filter chain fits best: {all}.',
  'envoy.filter-chain.default':
    'No filter chain matches at {level}; the default filter chain takes the connection.',
  'envoy.filter-chain.any-of':
    'Which variant of {chains} it is depends on {input}, and the paste does not tell that.',
  'envoy.filter-chain.none': 'No filter chain matches: the search ends at {level}.',
  'envoy.filter-chain.lost': 'At {level} it wants {wanted}; the connection has {taken}.',
  'envoy.filter-chain.matcher': 'filter_chain_matcher picks this filter chain.',
  'envoy.network-filter.tcp-proxy': 'tcp_proxy takes the bytes as they are.',
  'envoy.network-filter.cluster-alone':
    'The table tells the cluster, but not whether TCP or HTTP is proxied to it.',
  'envoy.network-filter.http-connection-manager': 'http_connection_manager reads the bytes as HTTP.',
  'envoy.network-filter.sni-cluster': 'The server name {serverName} is taken as the cluster.',
  'envoy.network-filter.passed': 'It hands the connection on unchanged.',
  'envoy.route-configuration.inline': 'The routes stand in the filter itself.',
  'envoy.route-configuration.rds': 'The routes come by RDS: route configuration {name}.',
  'envoy.virtual-host.only': 'The only virtual host takes every host name.',
  'envoy.virtual-host.exact': 'The virtual host whose domain {domain} is the host name exactly.',
  'envoy.virtual-host.suffix': 'The virtual host with the longest suffix that fits {host}: {domain}.',
  'envoy.virtual-host.prefix': 'The virtual host with the longest prefix that fits {host}: {domain}.',
  'envoy.virtual-host.any': 'No domain names {host}; the virtual host with * takes it.',
  'envoy.route.prefix': 'Path {path} begins with {value}.',
  'envoy.route.path': 'Path {path} is {value}.',
  'envoy.route.regex': 'Path {path} matches {value}.',
  'envoy.route.path-separated-prefix': 'Path {path} lies below {value}.',
  'envoy.route.template': 'Path {path} fits the template {value}.',
  'envoy.route.connect': 'A CONNECT request.',
  'envoy.route.unknown': 'A path matcher that is not known here: {value}.',
  'envoy.route.absent': 'The path matcher is not in the paste.',
  'envoy.route.grpc': 'The request is gRPC.',
  'envoy.route.header': 'Header {value}.',
  'envoy.route.query-parameter': 'Query parameter {value}.',
  'envoy.route.cookie': 'Cookie {value}.',
  'envoy.route.runtime-fraction': 'The runtime fraction {value}.',
  'envoy.route.runtime-state': 'The runtime state {value}.',
  'envoy.route.tls-context': 'The route asks for a client certificate ({value}).',
  'envoy.route.dynamic-metadata': 'The route asks for dynamic metadata ({value}).',
  'not.envoy.route.tls-context': 'the client certificate does not fit ({value})',
  'not.envoy.route.dynamic-metadata': 'dynamic metadata {value} does not fit',
  'envoy.route.left-out': 'A condition of this route is left out of the paste.',
  'envoy.route.none': 'No route takes path {path}.',
  'not.envoy.route.prefix': 'path {path} does not begin with {value}',
  'not.envoy.route.path': 'path {path} is not {value}',
  'not.envoy.route.regex': 'path {path} does not match {value}',
  'not.envoy.route.path-separated-prefix': 'path {path} does not lie below {value}',
  'not.envoy.route.template': 'path {path} does not fit {value}',
  'not.envoy.route.connect': 'it takes CONNECT only',
  'not.envoy.route.grpc': 'it takes gRPC only',
  'not.envoy.route.header': 'header {value} does not fit',
  'not.envoy.route.query-parameter': 'query parameter {value} does not fit',
  'not.envoy.route.cookie': 'cookie {value} does not fit',
  'not.envoy.route.runtime-fraction': 'runtime fraction {value} leaves it out',
  'not.envoy.route.runtime-state': 'runtime state {value} does not hold',
  'envoy.cluster.named': 'The route or filter names this cluster.',
  'envoy.cluster.header': 'Header {header} names the cluster.',
  'envoy.cluster.all-weight': 'Of the weighted clusters only this one has weight ({weight}).',
  'envoy.cluster.observed': 'Several clusters have weight; the log shows that it was this one.',
  'envoy.cluster.observed-by-name': 'The access log names this cluster.',
  'envoy.cluster.weighted': 'The request’s random value falls to this cluster (weight {weight}).',
  'envoy.endpoint.original-dst':
    'ORIGINAL_DST: Envoy dials where the connection was going anyway, {endpoint}.',
  'envoy.endpoint.original-dst-header': 'ORIGINAL_DST: header {header} says where to dial, {endpoint}.',
  'envoy.endpoint.only': 'The only endpoint that can be taken: {endpoint}.',
  'envoy.endpoint.observed': 'The access log shows the endpoint: {endpoint}.',
  'envoy.endpoint.not-observed': 'not the endpoint in the log',
  'envoy.source.kernel':
    'Cluster {cluster} binds no source, so the kernel picks one by routing to the endpoint.',
  'envoy.source.original-src': 'original_src: Envoy dials from the client’s own address, {address}.',
  'envoy.source.upstream-bind-config':
    'Envoy ends the client’s connection and opens its own, bound to {address} by upstreamBindConfig of cluster {cluster}.',
  'envoy.source.bootstrap-bind-config':
    'Envoy opens its own connection, bound to {address} by the upstream_bind_config of the bootstrap.',
  'envoy.source.overridden': 'overridden by original_src',
  'envoy.source.other-family': 'an address of the other family',
  'envoy.respond.require-tls':
    'The virtual host wants TLS ({require}): Envoy answers with a redirect itself.',
  'envoy.respond.redirect': 'The route redirects: Envoy answers {status} itself.',
  'envoy.respond.direct': 'The route answers directly: {status}.',
  'envoy.respond.not-http': 'What came is not HTTP: Envoy answers 400 itself.',
  'envoy.respond.original-ip-rejected':
    'The original-IP extension rejects the request: Envoy answers itself.',
  'envoy.respond.virtual-host-not-found': 'No virtual host for {host}: Envoy answers 404 itself.',
  'envoy.respond.route-not-found': 'No route in virtual host {host}: Envoy answers 404 itself.',
  'envoy.respond.cluster-header-missing': 'Header {header}, which would name the cluster, is missing.',
  'envoy.close.filter-chain-not-found': 'No filter chain matches (at {level}): Envoy closes the connection.',
  'envoy.close.filter-chain-unknown':
    'The matcher names filter chain {chain}, which does not exist: Envoy closes the connection.',
  'envoy.close.no-terminal-filter':
    'The filter chain has no filter that ends it: Envoy closes the connection.',
  'envoy.close.no-original-dst':
    'Cluster {cluster} is ORIGINAL_DST, but there is no original destination: Envoy closes the connection.',
  'envoy.close.no-healthy-upstream': 'Cluster {cluster} has no endpoint to take: Envoy refuses.',
  'envoy.close.proxy-header': 'The PROXY header is not acceptable ({problem}): Envoy closes the connection.',
  'envoy.rejected.no-name': 'Envoy rejects the listener: a filter chain needs a name here.',
  'envoy.rejected.malformed-address': 'Envoy rejects the listener: {range} is no address range.',
  'envoy.rejected.unimplemented-field':
    'Envoy rejects the listener: filter chain {chain} uses {field}, which is not implemented.',
  'envoy.rejected.partial-wildcard': 'Envoy rejects the listener: {serverName} is a partial wildcard.',
  'envoy.rejected.overlapping-match':
    'Envoy rejects the listener: filter chains {chain} and {other} match the same.',
  'envoy.rejected.duplicate-name': 'Envoy rejects the listener: filter chain name {chain} is used twice.',
  'envoy.patch.applied': 'An EnvoyFilter changed this: {filter} ({operation} of {applyTo}).',
  'envoy.gap.patch-selector':
    'which workloads the EnvoyFilter is for depends on labels or a version that the paste does not show',
  'envoy.gap.listeners': 'some listeners are left out of the paste',
  'envoy.gap.listener': 'no listener on port {port} is in the paste',
  'envoy.gap.use-original-dst': 'whether this listener hands connections over is left out of the paste',
  'envoy.gap.listener-filters': 'the listener filters are left out of the paste',
  'envoy.gap.filter-chains': 'some filter chains are left out of the paste',
  'envoy.gap.matcher': 'part of the matcher is left out of the paste',
  'envoy.gap.network-filters': 'some network filters are left out of the paste',
  'envoy.gap.virtual-hosts': 'some virtual hosts are left out of the paste',
  'envoy.gap.routes': 'some routes are left out of the paste',
  'envoy.gap.weighted-clusters': 'some weighted clusters are left out of the paste',
  'envoy.gap.endpoints': 'the endpoints are left out of the paste',
  'envoy.gap.bind-config': 'part of the cluster is left out of the paste',
  'envoy.gap.proxy-header': 'the PROXY header that the peer sends is not known',
  'envoy.undecided.listener': 'Which listener has port {port} is left out of the paste.',
  'envoy.undecided.filter-chain':
    'The choice among {chains} hangs on {input}, which the paste does not tell.',
  'envoy.undecided.filter-chain-left-out':
    'No pasted filter chain matches at {level}, but some are left out.',
  'envoy.undecided.input': 'The matcher asks for {input}, which the paste does not tell.',
  'envoy.undecided.terminal-filter':
    '{filter} ends the connection; what it does with it cannot be told from the paste.',
  'envoy.undecided.sni-cluster':
    'The server name chooses the cluster, and nothing tells which one the client sends.',
  'envoy.undecided.network-filter':
    'What this network filter does with the connection cannot be told from the paste.',
  'envoy.undecided.route-configuration': 'Route configuration {name} is not in the paste.',
  'envoy.undecided.route-configuration-absent': 'The filter’s routes are left out of the paste.',
  'envoy.undecided.scoped-routes': 'Scoped routes: which scope applies cannot be told from the paste.',
  'envoy.undecided.virtual-host': 'No pasted virtual host takes {host}, but some are left out.',
  'envoy.undecided.route': 'Whether route {route} matches cannot be told from the paste ({value}).',
  'envoy.undecided.route-left-out': 'No pasted route takes {path}, but some are left out.',
  'envoy.undecided.route-action': 'What this route does is left out of the paste.',
  'envoy.undecided.cluster': 'Cluster {cluster} is not in the paste.',
  'envoy.undecided.cluster-absent': 'Which cluster it is, is left out of the paste.',
  'envoy.undecided.cluster-plugin':
    'The cluster is chosen by the plugin {plugin}, which cannot be followed here.',
  'envoy.undecided.cluster-type':
    'Cluster {cluster} has a type of its own ({type}), which cannot be followed here.',
  'envoy.undecided.weighted-clusters':
    'The weights allow several clusters: {clusters}. A log line would tell.',
  'envoy.undecided.no-weight': 'No weighted cluster is in the paste.',
  'envoy.undecided.endpoint': 'Cluster {cluster} has several endpoints: {endpoints}. A log line would tell.',
  'envoy.undecided.endpoints': 'The endpoints of cluster {cluster} are not in the paste.',
  'envoy.undecided.subset':
    'Cluster {cluster} picks endpoints by subset, which cannot be followed here. A log line would tell.',
  'envoy.undecided.endpoint-pipe': 'The endpoint {endpoint} is a Unix socket: there is no address to follow.',
  'envoy.undecided.internal-listener': 'The internal listener {listener} is not in the paste.',
  'envoy.undecided.internal-destination':
    'The internal listener {listener} restores a destination that is passed to it inside the proxy; the paste does not tell which.',
  'envoy.undecided.internal-filter':
    'The listener filter {filter} may give the connection addresses inside the proxy; it cannot be followed here.',
  'envoy.undecided.internal-loop': 'The connection comes back to the internal listener {listener}.',
  'envoy.undecided.dns': 'The address of {endpoint} comes from DNS; the paste does not tell it.',
  'envoy.undecided.original-dst-metadata':
    'Cluster {cluster} takes the destination from metadata, which the paste does not tell.',
  'envoy.undecided.local-address-selector':
    'The selector {selector} picks the source; it cannot be followed here.',
  'envoy.undecided.bind-config':
    'The bind configuration of cluster {cluster} holds no address that can be used.',
};
