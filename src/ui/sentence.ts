// A hop -> words: the sentence about it, and the short name on its row. Codes have sentences in i18n; what the
// hop itself holds (chains, clusters, verdicts) is shown as it was pasted.
import type { Hop, Message } from '../engine/trace/trace.ts';
import type { Words } from '../i18n/words.ts';

/** What is written on a row: the place in the notation of the paste, and what it decided. */
export interface RowLabel {
  readonly name: string;
  readonly verdict: string;
}

/** `jump X` is told by the next row, `policy` by the name; of a target with options the name is enough here. */
function shortVerdict(verdict: string | null): string {
  const [word = '', then = ''] = (verdict ?? '').split(' ');
  if (/^(?:jump|goto)$/i.test(word) && then !== '') return '↴';
  return word === 'policy' ? then : word;
}

function verdictOf(hop: Hop, words: Words): string {
  return hop.basis === 'undecided' ? words.t('row.undecided') : shortVerdict(hop.verdict);
}

function kernelLabel(hop: Hop, words: Words): RowLabel {
  const chain = hop.chain ?? hop.hook ?? '';
  const name =
    hop.rule === null ? `${chain} ${hop.chain ? words.t('row.policy') : ''}`.trim() : `${chain} #${hop.rule}`;
  return { name, verdict: verdictOf(hop, words) };
}

/** What the proxy finds one after the other; each hop adds one. */
const FOUND = ['endpoint', 'cluster', 'route', 'virtualHost', 'filterChain', 'listener'] as const;

/** Of an event such as `envoy.virtual-host.exact`: the field of the hop that it decided. */
const DECIDED: Readonly<Record<string, (typeof FOUND)[number]>> = {
  listener: 'listener',
  'hand-over': 'listener',
  'filter-chain': 'filterChain',
  'virtual-host': 'virtualHost',
  route: 'route',
  cluster: 'cluster',
  endpoint: 'endpoint',
};

function foundBy(hop: Hop): (typeof FOUND)[number] | undefined {
  return DECIDED[hop.event.code.split('.')[1] ?? ''] ?? FOUND.find((each) => hop[each] !== null);
}

function proxyLabel(hop: Hop, words: Words): RowLabel {
  const field = foundBy(hop);
  return field
    ? { name: hop[field] ?? '', verdict: words.t(`row.${field}`) }
    : { name: words.t('place.proxy'), verdict: verdictOf(hop, words) };
}

export function rowLabel(hop: Hop, words: Words): RowLabel {
  const short = `short.${hop.event.code}`;
  if (words.knows(short))
    return { name: words.say({ code: short, parameters: hop.event.parameters }), verdict: '' };
  if (hop.place === 'kernel') return kernelLabel(hop, words);
  if (hop.place === 'proxy') return proxyLabel(hop, words);
  return { name: words.t(`place.${hop.place}`), verdict: hop.verdict ?? '' };
}

/** The few letters under a stop of the timeline, in one line or two: what a reader looks for there, not its value. */
export function stopLabel(hop: Hop, words: Words): readonly string[] {
  const stop = `stop.${hop.event.code}`;
  if (words.knows(stop)) return inTwo(words.say({ code: stop, parameters: hop.event.parameters }));
  const field = hop.place === 'proxy' ? foundBy(hop) : undefined;
  const isNamed = words.knows(`short.${hop.event.code}`);
  if (field && !isNamed) return inTwo(words.t(`row.${field}`));
  return inTwo(hop.chain ?? rowLabel(hop, words).name);
}

/** Letters beyond which a label takes two lines. */
const SHORT = 9;

/** Breaks a long label after the space or underscore nearest to its middle. */
function inTwo(label: string): readonly string[] {
  const places = [...label.matchAll(/[ _]/g)].map(({ index }) => index + 1);
  const distance = (place: number) => Math.abs(place - label.length / 2);
  const place = places.toSorted((a, b) => distance(a) - distance(b))[0];
  if (label.length <= SHORT || place === undefined) return [label];
  return [label.slice(0, place).trimEnd(), label.slice(place)];
}

export function sentenceOf(words: Words, hop: Hop): string {
  if (words.knows(hop.event.code)) return words.say(hop.event);
  const { name, verdict } = rowLabel(hop, words);
  return [name, verdict].filter((part) => part !== '').join(': ');
}

/** Why something lost: some codes are said otherwise of a loser than of a winner. */
export function whyNot(words: Words, why: Message): string {
  const code = `not.${why.code}`;
  return words.say(words.knows(code) ? { ...why, code } : why);
}
