// pilot-agent's own ports: queries that the rules redirect to it, and probes that the injector rewrote to it.
// istio pkg/dns/client, pilot/cmd/pilot-agent/status/server.go (port 15053, 15020; injection-template.yaml).
const DNS_PORT = 15053;
const STATUS_PORT = 15020;

export function isForAgent(port: number | null): boolean {
  return port === DNS_PORT;
}

/** The application's port behind a rewritten probe, `/app-health/CONTAINER/readyz`, and where the paste says it. */
export interface ProbedPort {
  readonly port: number;
  readonly from: number;
  readonly to: number;
}

/** As ISTIO_KUBE_APP_PROBERS in the pod's spec tells it; null when this is no such probe, or nothing tells. */
export function probedPort(text: string, port: number | null, path: string): ProbedPort | null {
  if (port !== STATUS_PORT || !/^\/app-health\/[\w.-]+\/(?:readyz|livez|startupz)$/.test(path)) return null;
  const named = path.replaceAll('.', String.raw`\.`);
  const prober = new RegExp(String.raw`"${named}\\?":\s*\{[^}]{0,300}?port\\?":\s*\\?"?(\d{1,5})`).exec(text);
  if (!prober) return null;
  return { port: Number(prober[1]), from: prober.index, to: prober.index + prober[0].length };
}
