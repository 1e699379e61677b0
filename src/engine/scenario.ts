// The question: what was pasted for each pod, and the request to follow. A public format (version 1):
// permalinks hold it and `cli trace` reads it.
import * as v from 'valibot';

const Port = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65535));
const Id = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff));

/** Far more than any case holds, and less than what stops a screen that shows each of them. */
const MOST = { pods: 200, addresses: 500, headers: 500, protocols: 100, characters: 65_536 };

const Short = v.pipe(v.string(), v.maxLength(MOST.characters));
const Headers = v.pipe(
  v.record(Short, Short),
  v.check((headers) => Object.keys(headers).length <= MOST.headers, `at most ${MOST.headers}`),
);

const Protocol = v.picklist(['http', 'tcp', 'tls', 'udp']);

interface PlainRequest {
  readonly from: string | null;
  readonly protocol: v.InferOutput<typeof Protocol>;
  readonly host: string | null;
  readonly path: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly sni: string | null;
  readonly alpn: string[];
  readonly uid: number;
  readonly gid: number;
}

/** What a request is when nobody says otherwise; 1000 is the usual first uid of an application. */
export const PLAIN_REQUEST: PlainRequest = {
  from: null,
  protocol: 'http',
  host: null,
  path: '/',
  method: 'GET',
  headers: {},
  sni: null,
  alpn: [],
  uid: 1000,
  gid: 1000,
};

const Request = v.object({
  from: v.optional(v.nullable(Short), PLAIN_REQUEST.from),
  to: Short,
  protocol: v.optional(Protocol, PLAIN_REQUEST.protocol),
  host: v.optional(v.nullable(Short), PLAIN_REQUEST.host),
  path: v.optional(Short, PLAIN_REQUEST.path),
  method: v.optional(Short, PLAIN_REQUEST.method),
  headers: v.optional(Headers, PLAIN_REQUEST.headers),
  sni: v.optional(v.nullable(Short), PLAIN_REQUEST.sni),
  alpn: v.optional(v.pipe(v.array(Short), v.maxLength(MOST.protocols)), PLAIN_REQUEST.alpn),
  uid: v.optional(Id, PLAIN_REQUEST.uid),
  gid: v.optional(Id, PLAIN_REQUEST.gid),
});

const Pod = v.object({
  name: Short,
  role: v.optional(v.nullable(v.picklist(['client', 'server', 'gateway'])), null),
  addresses: v.optional(v.pipe(v.array(Short), v.maxLength(MOST.addresses)), []),
  paste: v.optional(v.string(), ''),
});

const Expect = v.object({
  remoteAddress: v.optional(v.nullable(v.string())),
  remotePort: v.optional(v.nullable(Port)),
  xForwardedFor: v.optional(v.nullable(v.string())),
  outcome: v.optional(v.picklist(['delivered', 'dropped', 'refused', 'loop', 'undecided'])),
});

/** What a scenario file or permalink may hold. Fields that are left out get the defaults named here. */
export const ScenarioSchema = v.object({
  version: v.literal(1),
  title: v.optional(Short, ''),
  request: v.optional(v.nullable(Request), null),
  pods: v.pipe(v.array(Pod), v.maxLength(MOST.pods)),
  expect: v.optional(Expect),
  /** A person's own notes, by the place in the journey they are for. */
  notes: v.optional(v.record(Short, Short)),
});

export type Scenario = v.InferOutput<typeof ScenarioSchema>;
export type ScenarioRequest = NonNullable<Scenario['request']>;
export type ScenarioPod = Scenario['pods'][number];

/** One scenario field that does not hold what it should: the path to it, and what was expected. */
export interface ScenarioProblem {
  readonly path: string;
  readonly expected: string;
}

/** Checks a value that came from outside. Unknown fields are left out of the result: `leftOutOf` names them. */
export function readScenario(
  value: unknown,
): { scenario: Scenario } | { problems: readonly ScenarioProblem[] } {
  const result = v.safeParse(ScenarioSchema, value);
  if (result.success) return { scenario: result.output };
  return {
    problems: result.issues.map((issue) => ({
      path: v.getDotPath(issue) ?? '',
      expected: issue.expected ?? issue.message,
    })),
  };
}

/** What a pod is called until somebody names it. */
export const OWN_POD_NAME = 'pod';

/** A scenario of one unnamed server pod: what a bare paste means. */
export function scenarioOfPaste(paste: string): Scenario {
  return {
    version: 1,
    title: '',
    request: null,
    pods: [{ name: OWN_POD_NAME, role: 'server', addresses: [], paste }],
  };
}

/** The paths to what a value has and what was read of it has not: `pods[0].adresses`. Of more than a screenful the first. */
export function leftOutOf(value: unknown, kept: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || typeof kept !== 'object' || kept === null) return [];
  const known = new Map<string, unknown>(Object.entries(kept));
  const found = Object.entries(value).flatMap(([key, each]) => {
    const at = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    return known.has(key) ? leftOutOf(each, known.get(key), at) : [at];
  });
  return found.slice(0, MOST_LEFT_OUT);
}

const MOST_LEFT_OUT = 20;
