// The names istioctl prints in place of lists of application protocols.
// istio.io/istio istioctl/pkg/writer/envoy/configdump/listener.go

export const PROTOCOL_SETS: Readonly<Record<string, string>> = {
  'http/1.0,http/1.1,h2c,istio-http/1.0,istio-http/1.1,istio-h2': 'HTTP TLS',
  'istio,istio-http/1.0,istio-http/1.1,istio-h2': 'Istio HTTP Plain',
  'istio-peer-exchange,istio': 'TCP TLS',
  'http/1.0,http/1.1,h2c': 'HTTP',
};

/** The protocols of such a name, or of a plain list. */
export function protocolsOf(printed: string): readonly string[] {
  const set = Object.entries(PROTOCOL_SETS).find(([, name]) => name === printed);
  return (set?.[0] ?? printed).split(',');
}
