// `meta mark set EXPRESSION`, `ct mark set EXPRESSION` -> the mark targets of the common model.
// The kernel holds every such expression as (register & mask) ^ value: net/netfilter/nft_bitwise.c.
import type { TargetAction } from '../iptables/target.ts';
import { FULL_MASK, parseNumber } from '../iptables/values.ts';

type MarkAction = Extract<
  TargetAction,
  { readonly kind: 'mark' | 'connmark-set' | 'connmark-save' | 'connmark-restore' }
>;

interface Register {
  /** Null: the expression is a plain number. */
  readonly from: 'meta' | 'ct' | null;
  readonly mask: number;
  readonly value: number;
}

/**
 * The target, and how many words of the expression it took; null when it is not understood. `translated`: it may be
 * nft's print of iptables' CONNMARK, which says `and` where nft says `&`.
 */
export function readMarkChange(
  subject: string,
  words: readonly string[],
  translated: boolean,
): { readonly action: MarkAction; readonly used: number } | null {
  const to = /^(?:meta )?mark$/.test(subject) ? 'meta' : subject === 'ct mark' ? 'ct' : null;
  const read = readRegister(words);
  const action = to && read && actionOf(to, read.register, translated && words.includes('and'));
  return action && { action, used: read.used };
}

function readRegister(words: readonly string[]): { register: Register; used: number } | null {
  const start = readStart(words);
  if (!start) return null;
  let { register, used } = start;
  // iptables' translation prints `xor V and M` for (x & M) ^ V: extensions/libxt_CONNMARK.c, connmark_tg_xlate
  if (words[used] === 'xor' && words[used + 2] === 'and') {
    const [value, mask] = [parseNumber(words[used + 1] ?? ''), parseNumber(words[used + 3] ?? '')];
    if (value === null || mask === null) return null;
    return { register: { ...register, mask, value }, used: used + 4 };
  }
  for (;;) {
    const next = applyOperator(register, words[used] ?? '', parseNumber(words[used + 1] ?? ''));
    if (!next) return { register, used };
    register = next;
    used += 2;
  }
}

function readStart(words: readonly string[]): { register: Register; used: number } | null {
  const [first = '', second = ''] = words;
  if (first === 'mark') return { register: { from: 'meta', mask: FULL_MASK, value: 0 }, used: 1 };
  if ((first === 'meta' || first === 'ct') && second === 'mark')
    return { register: { from: first, mask: FULL_MASK, value: 0 }, used: 2 };
  const value = parseNumber(first);
  return value === null ? null : { register: { from: null, mask: 0, value }, used: 1 };
}

function applyOperator(register: Register, operator: string, operand: number | null): Register | null {
  if (operand === null) return null;
  const { mask, value } = register;
  switch (operator) {
    case '&':
    case 'and':
      return { ...register, mask: (mask & operand) >>> 0, value: (value & operand) >>> 0 };
    case '|':
    case 'or':
      return { ...register, mask: (mask & ~operand) >>> 0, value: ((value & ~operand) | operand) >>> 0 };
    case '^':
    case 'xor':
      return { ...register, value: (value ^ operand) >>> 0 };
    default:
      return null;
  }
}

function actionOf(
  to: 'meta' | 'ct',
  { from, mask, value }: Register,
  translated: boolean,
): MarkAction | null {
  if (from === null || from === to) {
    const kept = from === null ? 0 : mask;
    return { kind: to === 'meta' ? 'mark' : 'connmark-set', value, mask: ~kept >>> 0 };
  }
  if (value !== 0) return null;
  // iptables' CONNMARK leaves the bits outside its mask as they are; nft prints the mask alone
  const other = translated ? mask : FULL_MASK;
  return to === 'meta'
    ? { kind: 'connmark-restore', nfmask: other, ctmask: mask }
    : { kind: 'connmark-save', nfmask: mask, ctmask: other };
}
