// Scenario <-> URL fragment: `#s1.<codec>.<crc32>.<payload>`, all in characters that no chat program mangles.
// Codec `d2`: packed, raw deflate with dictionary 2, base64url (RFC 4648), its checksum over the codec's name as well;
// `d1`: dictionary 1; `d`: JSON, raw deflate, as links were first written. Once written, a link opens for ever.
import { base64urlnopad } from '@scure/base';
import type { Parameters } from '../base/diagnostic.ts';
import { readScenario, type Scenario } from '../engine/scenario.ts';
import { deflate, inflate } from './deflate.ts';
import { dictionary1, dictionary2 } from './dictionary.ts';
import { LINK_LIMIT, TooLarge } from './limits.ts';
import { packed, unpacked } from './packing.ts';
import {
  checksum,
  counted,
  countedArrived,
  safeEnd,
  uncounted,
  uncountedArrived,
  type Arrived,
} from './payload.ts';
import { readingsOf } from './received.ts';

const FRAGMENT = /(?<![\w-])s1\.([a-z]\d*)\.([0-9a-f]{8})\.([A-Za-z0-9_-]+)/;
/** A link whose letters were made large, or small: nothing brings them back. */
const ALL_LARGE = /(?<![\w-])S1\.[A-Z]\d*\.[0-9A-F]{8}\./;
const ALL_SMALL = /^[^A-Z]{40}/;
const BEHEADED = /#s1(?:\.[\w.-]*)?$/;
const SAMPLE = /(?:^|#)[/!]*g\/([a-z0-9-]+)/;

export type Opened =
  | { readonly kind: 'scenario'; readonly scenario: Scenario }
  | { readonly kind: 'sample'; readonly id: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'damaged'; readonly code: string; readonly parameters: Parameters };

interface Codec {
  readonly arrived: (written: string, crc: string) => Arrived;
  readonly read: (payload: string) => ReturnType<typeof readScenario>;
}

/** The codec that is written, as its links spell it. */
const NAME = 'd2.';

const CODECS: Readonly<Record<string, Codec>> = {
  d: {
    arrived: uncountedArrived,
    read: (payload) => readScenario(JSON.parse(inflate(base64urlnopad.decode(payload)))),
  },
  d1: {
    arrived: countedArrived,
    read: (payload) => unpacked(inflate(uncounted(payload), dictionary1())),
  },
  d2: {
    arrived: (written, crc) => countedArrived(written, crc, NAME),
    read: (payload) => unpacked(inflate(uncounted(payload), dictionary2())),
  },
};

/** The fragment, `#` included, that opens this scenario again. */
export function encodeScenario(scenario: Scenario): string {
  const payload = counted(deflate(packed(scenario), dictionary2()));
  return `#s1.${NAME}${checksum(payload, NAME)}.${safeEnd(payload)}`;
}

/** The short fragment of a built-in sample. */
export function sampleFragment(id: string): string {
  return `#g/${id}`;
}

function damaged(code: string, parameters: Parameters = {}): Opened {
  return { kind: 'damaged', code, parameters };
}

function incomplete(arrived: Exclude<Arrived, { kind: 'whole' }>, length: number): Opened {
  if (arrived.kind === 'changed') return damaged('permalink.changed');
  if (arrived.missing === null) return damaged('permalink.checksum', { length });
  return damaged('permalink.cut', { missing: arrived.missing, total: arrived.missing + length });
}

function openPayload(codec: Codec, payload: string): Opened {
  try {
    const read = codec.read(payload);
    if ('scenario' in read) return { kind: 'scenario', scenario: read.scenario };
    const [problem] = read.problems;
    return damaged('permalink.scenario', { path: problem?.path ?? '', expected: problem?.expected ?? '' });
  } catch (error) {
    return damaged(error instanceof TooLarge ? 'permalink.size' : 'permalink.payload');
  }
}

function openReading(link: string): Opened {
  const found = FRAGMENT.exec(link);
  const sample = SAMPLE.exec(link)?.[1];
  if (!found && sample !== undefined) return { kind: 'sample', id: sample };
  if (!found && ALL_LARGE.test(link)) return damaged('permalink.changed');
  if (!found) return BEHEADED.test(link) ? damaged('permalink.checksum', { length: 0 }) : { kind: 'none' };
  const [, name = '', crc = '', written = ''] = found;
  const codec = Object.hasOwn(CODECS, name) ? CODECS[name] : undefined;
  if (!codec) return damaged('permalink.codec', { codec: name });
  const arrived = codec.arrived(written, crc);
  if (arrived.kind === 'cut' && ALL_SMALL.test(written)) return damaged('permalink.changed');
  return arrived.kind === 'whole' ? openPayload(codec, arrived.payload) : incomplete(arrived, written.length);
}

/** How much is known about a link that does not open: the fewer characters are missing, the more of it was read. */
function missingFrom(opened: Opened): number {
  return opened.kind === 'damaged' && opened.code === 'permalink.cut'
    ? Number(opened.parameters['missing'])
    : Number.POSITIVE_INFINITY;
}

/** Reads a fragment, or a whole link, that came from outside. Never throws: what is wrong is a `damaged` with a code. */
export function decodeFragment(link: string): Opened {
  if (link.length > LINK_LIMIT) return damaged('permalink.size');
  const openings = readingsOf(link).map(openReading);
  const opened = openings.find(({ kind }) => kind === 'scenario' || kind === 'sample');
  return opened ?? openings.reduce((a, b) => (missingFrom(b) < missingFrom(a) ? b : a));
}
