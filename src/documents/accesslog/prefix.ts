// What kubectl, stern, container runtimes and journald print before a log line -> where the line itself begins, and
// the pod it belongs to. https://github.com/stern/stern, kubernetes/cri-api (log format), docker's json-file driver.

/** The pod and container that a prefix names. */
export interface Origin {
  readonly pod: string;
  readonly container: string | null;
}

const NAME = '[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?';
const TIME = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?`;
const COLOUR = String.raw`(?:\u001b\[[\d;]*m)`;

/** Each may stand before an entry, and several in a row. */
const PREFIXES = [
  String.raw`\[pod\/(?<kubectlPod>${NAME})\/(?<kubectlContainer>${NAME})\] `, // kubectl logs --prefix
  String.raw`${TIME} (?:(?:stdout|stderr) [FP] )?`, // kubectl logs --timestamps; CRI
  String.raw`[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ [\w./-]+(?:\[\d+\])?: `, // journald, syslog
  String.raw`${TIME} \S+ [\w./-]+(?:\[\d+\])?: `, // journalctl -o short-iso
  String.raw`(?:${NAME} › )?(?<sternPod>${NAME}) (?:› )?(?<sternContainer>${NAME}) (?:› )?`, // stern
  String.raw`(?<composeName>[\w.-]+) +\| `, // docker compose
  'ACCESS ', // Emissary
];

const PREFIX = new RegExp(`^(?:${COLOUR}|\\s+|${PREFIXES.map(anonymous).join('|')})+`);
const NAMED = PREFIXES.map((prefix) => new RegExp(prefix));

function anonymous(prefix: string): string {
  return prefix.replaceAll(/\?<\w+>/g, '?:');
}

/** How long the prefix of a line is; 0 when it has none. */
export function prefixLength(line: string): number {
  return PREFIX.exec(line)?.[0].length ?? 0;
}

/** The pod that a line's prefix names; null when it names none. */
export function originOf(prefix: string): Origin | null {
  for (const pattern of NAMED) {
    const groups = pattern.exec(prefix)?.groups;
    const pod = groups?.['kubectlPod'] ?? groups?.['sternPod'];
    if (pod !== undefined)
      return { pod, container: groups?.['kubectlContainer'] ?? groups?.['sternContainer'] ?? null };
  }
  return null;
}
