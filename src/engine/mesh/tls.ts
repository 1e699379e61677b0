// How one sidecar calls another: automatic mTLS, its SNI and ALPN.
// istio pilot/pkg/networking/core/cluster_tls.go; pilot/pkg/xds/filters/filters.go (the istio.alpn HTTP filter).

/** The ALPN list a client sidecar sends over mTLS, by the protocol it speaks inside. */
export function meshAlpn(protocol: 'http/1.0' | 'http/1.1' | 'h2' | 'tcp'): readonly string[] {
  switch (protocol) {
    case 'http/1.0':
      return ['istio-http/1.0', 'istio', 'http/1.0'];
    case 'http/1.1':
      return ['istio-http/1.1', 'istio', 'http/1.1'];
    case 'h2':
      return ['istio-h2', 'istio', 'h2'];
    case 'tcp':
      return ['istio-peer-exchange', 'istio'];
  }
}

/** Whether a server name is one that only a sidecar sends: `outbound_.PORT_.SUBSET_.HOST` (model.BuildDNSSrvSubsetKey). */
export function isMeshServerName(name: string): boolean {
  return /^outbound_\.\d+_\./.test(name);
}
