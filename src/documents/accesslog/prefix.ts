// What kubectl, stern, container runtimes and journald print before a log line -> where the line itself begins.
// https://github.com/stern/stern, kubernetes/cri-api (log format), docker's json-file driver.

const NAME = '[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?';
const TIME = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?`;
const COLOUR = String.raw`(?:\u001b\[[\d;]*m)`;

/** Each may stand before an entry, and several in a row. */
const PREFIXES = [
  String.raw`\[pod\/${NAME}\/${NAME}\] `, // kubectl logs --prefix
  String.raw`${TIME} (?:(?:stdout|stderr) [FP] )?`, // kubectl logs --timestamps; CRI
  String.raw`[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ [\w./-]+(?:\[\d+\])?: `, // journald, syslog
  String.raw`${TIME} \S+ [\w./-]+(?:\[\d+\])?: `, // journalctl -o short-iso
  String.raw`(?:${NAME} › )?${NAME} (?:› )?${NAME} (?:› )?`, // stern
  String.raw`[\w.-]+ +\| `, // docker compose
  'ACCESS ', // Emissary
];

const PREFIX = new RegExp(`^(?:${COLOUR}|\\s+|${PREFIXES.join('|')})+`);

/** How long the prefix of a line is; 0 when it has none. */
export function prefixLength(line: string): number {
  return PREFIX.exec(line)?.[0].length ?? 0;
}
