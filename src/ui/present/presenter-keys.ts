// One hop a key: what a clicker, a keyboard and a nervous hand press.
import type { Session } from '../../session/session.ts';
import { goToDigit } from '../shell/page.ts';

/** What can lie over or beside the picture, the topmost first: what Esc closes. */
export const LAYERS = ['keys', 'blank', 'qr', 'spotlight', 'quiz', 'notes'] as const;
export type Aid = (typeof LAYERS)[number];

const MOVES: Readonly<Record<string, (session: Session) => void>> = {
  ' ': (session) => session.step(1),
  Enter: (session) => session.step(1),
  ArrowRight: (session) => session.step(1),
  ArrowDown: (session) => session.step(1),
  PageDown: (session) => session.step(1),
  ArrowLeft: (session) => session.step(-1),
  ArrowUp: (session) => session.step(-1),
  PageUp: (session) => session.step(-1),
  Backspace: (session) => session.step(-1),
  Home: (session) => session.toEnd('first'),
  End: (session) => session.toEnd('last'),
  n: (session) => session.toNextSourceChange(),
};

const AIDS: Readonly<Record<string, Aid>> = {
  b: 'blank',
  '.': 'blank',
  s: 'spotlight',
  m: 'notes',
  r: 'qr',
  q: 'quiz',
  '?': 'keys',
};

/** Does what a key asks for; false when it asks for nothing, or a focused control wants it. */
export function presenterKey(event: KeyboardEvent, session: Session, toggle: (aid: Aid) => void): boolean {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const onControl =
    target instanceof Element && target.closest('button, input, select, textarea, summary') !== null;
  if (onControl && (key === ' ' || key === 'Enter')) return false;
  if (/^[1-9]$/.test(key)) goToDigit(session, Number(key));
  else if (AIDS[key]) toggle(AIDS[key]);
  else if (MOVES[key]) MOVES[key](session);
  else return false;
  return true;
}
