// A target and its options (`REDIRECT --to-ports 15001`) -> action, as iptables-extensions(8) names them.
// The options of a target that only goes on (LOG, …) are not read.
import { parseAddress, parsePrefix } from '../../base/ip.ts';
import type { Masked } from './match.ts';
import type { NatRange, TargetAction } from './target.ts';
import { FULL_MASK, parseMasked, parseNatRange, parseNumber, parsePorts } from './values.ts';

/** The options behind a target: each with its values. Flags have none. */
export type TargetOptions = ReadonlyMap<string, readonly string[]>;

/** Targets that note or shape a packet and let it go on; net/netfilter/xt_*.c, those that return XT_CONTINUE. */
const CONTINUING: ReadonlySet<string> = new Set([
  'LOG',
  'NFLOG',
  'ULOG',
  'TRACE',
  'TCPMSS',
  'TCPOPTSTRIP',
  'CLASSIFY',
  'DSCP',
  'TOS',
  'TTL',
  'HL',
  'ECN',
  'CHECKSUM',
  'AUDIT',
  'IDLETIMER',
  'LED',
  'RATEEST',
  'SET',
  'SECMARK',
  'CONNSECMARK',
  'TEE', // sends a copy elsewhere
]);

/** Targets that end the walk in ways that are not followed here. */
const FOREIGN: ReadonlySet<string> = new Set([
  'QUEUE',
  'NFQUEUE',
  'TARPIT',
  'SYNPROXY',
  'HMARK',
  'CLUSTERIP',
  'DNPT',
  'SNPT',
  'ECHO',
  'MIRROR',
]);

type ActionReader = (options: TargetOptions) => TargetAction | null;

function one(options: TargetOptions, ...names: string[]): string | null {
  for (const name of names) {
    const value = options.get(name)?.[0];
    if (value !== undefined) return value;
  }
  return null;
}

function isRandom(options: TargetOptions): boolean {
  return options.has('--random') || options.has('--random-fully');
}

/** REDIRECT and MASQUERADE: ports alone; without any, the packet keeps its own. */
function portNat(kind: 'redirect' | 'masquerade'): ActionReader {
  return (options) => {
    const text = one(options, '--to-ports', '--to-port');
    const ports = text === null ? null : parsePorts(text);
    if (text !== null && !ports) return null;
    return { kind, to: { addresses: null, ports, random: isRandom(options) } };
  };
}

/** `:80-90/8000`: the port moves with the one that was asked for. */
const SHIFTED = /:\d+-\d+\/\d+$/;

function addressNat(kind: 'dnat' | 'snat', option: string): ActionReader {
  return (options) => {
    const text = one(options, option);
    if (text !== null && SHIFTED.test(text)) return { kind: 'unknown', name: kind.toUpperCase() };
    const to: NatRange | null = text === null ? null : parseNatRange(text);
    return to && { kind, to: { ...to, random: isRandom(options) } };
  };
}

function netmap(options: TargetOptions): TargetAction | null {
  const to = parsePrefix(one(options, '--to') ?? '');
  return to && { kind: 'netmap', to };
}

function tproxy(options: TargetOptions): TargetAction | null {
  const port = parseNumber(one(options, '--on-port') ?? '');
  const onIp = one(options, '--on-ip');
  const address = onIp === null ? null : parseAddress(onIp);
  const mark = parseMasked(one(options, '--tproxy-mark') ?? '0/0');
  if (port === null || !mark || (onIp !== null && !address)) return null;
  const anywhere = address === null || address.words.every((word) => word === 0);
  return { kind: 'tproxy', port, address: anywhere ? null : address, ...mark, accepts: true };
}

/** value and mask of `(mark & ~mask) ^ value` for each way of writing it; libxt_MARK.c and libxt_CONNMARK.c. */
function markChange(options: TargetOptions): Masked | null {
  const set = one(options, '--set-mark');
  if (set !== null) {
    const to = parseMasked(set);
    return to && { value: to.value, mask: (to.value | to.mask) >>> 0 };
  }
  const xset = one(options, '--set-xmark');
  if (xset !== null) return parseMasked(xset);
  return logicalChange('and', options) ?? logicalChange('or', options) ?? logicalChange('xor', options);
}

function logicalChange(name: 'and' | 'or' | 'xor', options: TargetOptions): Masked | null {
  const value = parseNumber(one(options, `--${name}-mark`) ?? '');
  return value === null ? null : changeOf(name, value);
}

/** The change that a logical operation with that number stands for. */
export function changeOf(name: 'and' | 'or' | 'xor', value: number): Masked {
  if (name === 'and') return { value: 0, mask: ~value >>> 0 };
  return { value, mask: name === 'or' ? value : 0 };
}

function mark(options: TargetOptions): TargetAction | null {
  const change = markChange(options);
  return change && { kind: 'mark', ...change };
}

function connmark(options: TargetOptions): TargetAction | null {
  const kind = options.has('--save-mark')
    ? 'connmark-save'
    : options.has('--restore-mark')
      ? 'connmark-restore'
      : null;
  if (!kind) {
    const change = markChange(options);
    return change && { kind: 'connmark-set', ...change };
  }
  const both = one(options, '--mask');
  const nfmask = parseNumber(one(options, '--nfmask') ?? both ?? String(FULL_MASK));
  const ctmask = parseNumber(one(options, '--ctmask') ?? both ?? String(FULL_MASK));
  return nfmask === null || ctmask === null ? null : { kind, nfmask, ctmask };
}

function ct(options: TargetOptions): TargetAction | null {
  if (options.has('--notrack')) return { kind: 'notrack' };
  const directions = { '--zone': 'both', '--zone-orig': 'original', '--zone-reply': 'reply' } as const;
  for (const [option, direction] of Object.entries(directions)) {
    if (one(options, option) === 'mark') return { kind: 'unknown', name: 'CT' }; // the zone is the packet's mark
    const zone = parseNumber(one(options, option) ?? '');
    if (zone !== null) return { kind: 'zone', zone, direction };
  }
  const helps = ['--helper', '--timeout', '--ctevents', '--expevents'].some((option) => options.has(option));
  return helps ? { kind: 'continue', name: 'CT' } : null;
}

const READERS: ReadonlyMap<string, ActionReader> = new Map(
  Object.entries<ActionReader>({
    ACCEPT: () => ({ kind: 'accept' }),
    DROP: () => ({ kind: 'drop' }),
    RETURN: () => ({ kind: 'return' }),
    REJECT: (options) => ({ kind: 'reject', with: one(options, '--reject-with') }),
    REDIRECT: portNat('redirect'),
    MASQUERADE: portNat('masquerade'),
    DNAT: addressNat('dnat', '--to-destination'),
    SNAT: addressNat('snat', '--to-source'),
    NETMAP: netmap,
    TPROXY: tproxy,
    MARK: mark,
    CONNMARK: connmark,
    NOTRACK: () => ({ kind: 'notrack' }),
    CT: ct,
  }),
);

const NAMES: ReadonlySet<string> = new Set([...READERS.keys(), ...CONTINUING, ...FOREIGN]);

/** Whether the name is one of iptables' own targets, so that no chain may bear it. */
export function isTargetName(name: string): boolean {
  return NAMES.has(name);
}

/** The action of a target that goes on whatever its options say; null for all others. */
export function continuing(name: string): TargetAction | null {
  return CONTINUING.has(name) ? { kind: 'continue', name } : null;
}

/** The action of a target by its options; `unknown` when it, or an option's value, is not understood. */
export function readAction(name: string, options: TargetOptions): TargetAction {
  if (!NAMES.has(name)) return { kind: 'jump', chain: name };
  const harmless = continuing(name);
  if (harmless) return harmless;
  if (FOREIGN.has(name)) return { kind: 'unknown', name };
  const reader = READERS.get(name);
  return reader?.(options) ?? { kind: 'unknown', name, malformed: true };
}
