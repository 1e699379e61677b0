// pilot-agent's own port: queries that the rules redirect there are answered by it, and never by Envoy.
// istio pkg/dns/client, port 15053 (istio architecture/networking/pilot.md, injection-template.yaml).
const DNS_PORT = 15053;

export function isForAgent(port: number | null): boolean {
  return port === DNS_PORT;
}
