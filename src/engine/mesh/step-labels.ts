// The 16 numbered steps of the well-known drawing of a sidecar pod, told by what happens, never by a chain's name:
// 1-4 the request comes in and is caught, 5-8 the proxy hands it to the application,
// 9-12 the application calls out and is caught, 13-16 the proxy sends it on its way.

/** Where in a pod's journey a hop stands. */
export type Stage =
  | 'arrives' // it came from the network
  | 'caught-inbound' // kernel, before the proxy
  | 'proxied-inbound' // the proxy opens the connection to the application
  | 'released-inbound' // kernel, between proxy and application
  | 'app-receives'
  | 'app-calls'
  | 'caught-outbound'
  | 'proxied-outbound'
  | 'released-outbound'
  | 'leaves'
  | 'passes'; // through a machine between the pods: it has no number

/** What a kernel hop did, as far as the numbering tells them apart. */
export type KernelAct = 'jump-from-base' | 'jump' | 'capture' | 'return' | 'policy' | 'other';

const PLACE_STEPS: Readonly<Partial<Record<Stage, number>>> = {
  arrives: 1,
  'proxied-inbound': 5,
  'app-receives': 8,
  'app-calls': 9,
  'proxied-outbound': 13,
  leaves: 16,
};

/** Steps 2, 3 and 4 of a capture that starts at `first`: the jump out of the base chain, the next jump, the redirect. */
function captureStep(first: number, act: KernelAct): number | null {
  if (act === 'jump-from-base') return first;
  if (act === 'jump') return first + 1;
  return act === 'capture' ? first + 2 : null;
}

/** Steps 6 and 7, or 14 and 15: the jump out of the base chain, and the rule that lets the proxy's packet go. */
function releaseStep(first: number, act: KernelAct): number | null {
  if (act === 'jump-from-base') return first;
  return act === 'return' ? first + 1 : null;
}

/** The step's number, or null for a hop that the drawing does not number. `act` is null outside the kernel. */
export function stepOf(stage: Stage, act: KernelAct | null): number | null {
  if (act === null) return PLACE_STEPS[stage] ?? null;
  switch (stage) {
    case 'caught-inbound':
      return captureStep(2, act);
    case 'released-inbound':
      return releaseStep(6, act);
    case 'caught-outbound':
      return captureStep(10, act);
    case 'released-outbound':
      return releaseStep(14, act);
    case 'arrives':
    case 'proxied-inbound':
    case 'app-receives':
    case 'app-calls':
    case 'proxied-outbound':
    case 'leaves':
    case 'passes':
      return null;
  }
}
