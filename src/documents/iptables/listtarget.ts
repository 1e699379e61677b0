// What a target prints at the end of a listed rule (`redir ports 15006`, `MARK set 0x539`) -> its action.
// Format: iptables/extensions/libxt_*.c and libipt_*.c, the `print` function of each target.
import type { TargetAction } from './target.ts';
import { changeOf, readAction } from './targetoptions.ts';
import { FULL_MASK, parseMasked, parseNumber } from './values.ts';

/** How the first word of a target's print begins, where that is not its name. */
const FIRST_WORDS: Readonly<Record<string, readonly string[]>> = {
  REDIRECT: ['redir', 'random'],
  DNAT: ['to:', 'random', 'persistent'],
  SNAT: ['to:', 'random', 'persistent'],
  NETMAP: ['to:'],
  MASQUERADE: ['masq', 'random'],
  REJECT: ['reject-with'],
  NFLOG: ['nflog-'],
  CT: ['CT', 'NOTRACK'],
  IDLETIMER: ['timeout:'],
  RATEEST: ['name'],
  SET: ['add-set', 'del-set', 'map-set'],
};

/** Targets that print nothing. */
const SILENT: ReadonlySet<string> = new Set(['ACCEPT', 'DROP', 'RETURN', 'TRACE']);

/** A target's printed words as the options that say the same. */
function optionsOf(name: string, words: readonly string[]): Map<string, string[]> {
  const after = (word: string) => words[words.indexOf(word) + 1] ?? '';
  const options = new Map<string, string[]>();
  if (words.includes('random') || words.includes('random-fully')) options.set('--random', []);
  const to = words.find((word) => word.startsWith('to:'))?.slice(3);
  if (to !== undefined && name === 'DNAT') options.set('--to-destination', [to]);
  else if (to !== undefined && name === 'SNAT') options.set('--to-source', [to]);
  else if (to !== undefined) options.set('--to', [to]);
  if (words.includes('ports') || words.includes('ports:'))
    options.set('--to-ports', [after(words.includes('ports') ? 'ports' : 'ports:')]);
  if (words.includes('reject-with')) options.set('--reject-with', [after('reject-with')]);
  if (name === 'TPROXY') tproxyOptions(after('redirect'), after('mark'), options);
  if (name === 'CT') ctOptions(words, after, options);
  return options;
}

/** `0.0.0.0:15006`, `:::15006`: the port stands behind the last colon. */
function tproxyOptions(redirect: string, mark: string, options: Map<string, string[]>): void {
  const colon = redirect.lastIndexOf(':');
  options.set('--on-port', [redirect.slice(colon + 1)]);
  if (colon > 0) options.set('--on-ip', [redirect.slice(0, colon).replace(/^\[|\]$/g, '')]);
  options.set('--tproxy-mark', [mark]);
}

function ctOptions(
  words: readonly string[],
  after: (word: string) => string,
  options: Map<string, string[]>,
): void {
  if (words.includes('notrack') || words.includes('NOTRACK')) options.set('--notrack', []);
  for (const event of ['helper', 'timeout', 'ctevents', 'expevents'])
    if (words.includes(event)) options.set(`--${event}`, [after(event)]);
  for (const zone of ['zone', 'zone-orig', 'zone-reply'])
    if (words.includes(zone)) options.set(`--${zone}`, [after(zone)]);
}

/** `MARK set 0x1`, `MARK xset 0x1/0x3`, `CONNMARK save mask 0xff`; libxt_MARK.c, libxt_CONNMARK.c. */
function listedMark(name: string, words: readonly string[]): TargetAction | null {
  if (name !== 'MARK' && name !== 'CONNMARK') return null;
  const [, verb = '', ...values] = words;
  const kind = name === 'MARK' ? 'mark' : 'connmark-set';
  if (verb === 'save' || verb === 'restore') return listedCopy(`connmark-${verb}`, values);
  if (verb === 'and' || verb === 'or' || verb === 'xor') {
    const value = parseNumber(values[0] ?? '');
    return value === null ? { kind: 'unknown', name } : { kind, ...changeOf(verb, value) };
  }
  const to = verb === 'set' || verb === 'xset' ? parseMasked(values[0] ?? '') : null;
  return to ? { kind, ...to } : { kind: 'unknown', name };
}

function listedCopy(kind: 'connmark-save' | 'connmark-restore', values: readonly string[]): TargetAction {
  const valueOf = (word: string, otherwise: string) =>
    // `~` says that these bits are cleared first, not that the mask is the other bits
    parseNumber((values[values.indexOf(word) + 1] ?? otherwise).replace(/^~/, ''));
  const both = values.includes('mask') ? valueOf('mask', '') : FULL_MASK;
  const nfmask = values.includes('nfmask') ? valueOf('nfmask', '') : both;
  const ctmask = values.includes('ctmask') ? valueOf('ctmask', '') : both;
  if (nfmask === null || ctmask === null) return { kind: 'unknown', name: 'CONNMARK' };
  return { kind, nfmask, ctmask };
}

/** Whether the print of that target can begin with these words. `DSCP match` is a match, `DSCP set` a target. */
export function startsTarget(name: string, word: string, next: string): boolean {
  if (SILENT.has(name) || next.startsWith('match')) return false;
  const firsts = Object.hasOwn(FIRST_WORDS, name) ? FIRST_WORDS[name] : undefined;
  return firsts ? firsts.some((first) => word.startsWith(first)) : word === name;
}

/** The action of a target by its name and the words it printed. */
export function listedAction(name: string, words: readonly string[]): TargetAction {
  return listedMark(name, words) ?? readAction(name, optionsOf(name, words));
}
