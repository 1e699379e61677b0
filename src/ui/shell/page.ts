// What belongs to the page as a whole: its language, its theme, its title, its keys.
import { useEffect, useEffectEvent, useLayoutEffect, useState } from 'react';
import type { Hop } from '../../engine/trace/trace.ts';
import { loadWords } from '../../i18n/load.ts';
import type { Words } from '../../i18n/words.ts';
import type { Session } from '../../session/session.ts';
import { useSession, useSessionState, useWords } from '../context.ts';
import { atFirstAct } from '../first-act.ts';
import type { Overlay, OverlayName } from './overlay.ts';

export function usePageSettings(): void {
  const { locale } = useWords();
  const theme = useSessionState((state) => state.settings.theme);
  const title = useSessionState((state) => state.origin?.title[locale] ?? state.scenario.title);
  useEffect(() => {
    document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
    document.documentElement.dataset['theme'] = theme;
    document.title = title === '' ? 'Sidetrace' : `${title} · Sidetrace`;
  }, [locale, theme, title]);
}

/** The words of the language that the session is in; `first` until another is chosen, or somebody does something. */
export function useWordsOf(session: Session | null, first: Words): Words {
  const [words, setWords] = useState(first);
  useEffect(() => {
    if (first.whole) return undefined;
    // a language that was chosen meanwhile stays
    const complete = (all: Words) => setWords((now) => (now.whole ? now : all));
    return atFirstAct(() => void loadWords(first.locale).then(complete));
  }, [first]);
  useEffect(
    () =>
      session?.store.subscribe(({ settings: { locale } }, before) => {
        if (locale !== before.settings.locale) void loadWords(locale).then(setWords);
      }),
    [session],
  );
  return words;
}

function breakHere(session: Session): void {
  const { hop } = session.store.getState();
  if (hop !== null) session.toggleBreakpoint(hop);
}

/** The keys and what they do, in the order of the key map. */
const KEYS: Readonly<Record<string, (session: Session) => void>> = {
  ' ': (session) => session.setPlaying(!session.store.getState().playing),
  ArrowRight: (session) => session.step(1),
  ArrowDown: (session) => session.step(1),
  ArrowLeft: (session) => session.step(-1),
  ArrowUp: (session) => session.step(-1),
  PageDown: (session) => session.step(1),
  PageUp: (session) => session.step(-1),
  Home: (session) => session.toEnd('first'),
  End: (session) => session.toEnd('last'),
  n: (session) => session.toNextSourceChange(),
  b: breakHere,
};

const OVERLAY_KEYS: Readonly<Record<string, OverlayName>> = {
  '?': 'keys',
  '/': 'search',
  g: 'gallery',
  p: 'present',
};

function typesText(target: Element): boolean {
  return target.closest('input, textarea, select, [contenteditable="true"], dialog[open]') !== null;
}

/** A key that a focused control uses itself. */
function belongsTo(target: Element, key: string): boolean {
  return (
    (key === ' ' && target.closest('button, a, summary') !== null) ||
    (key.startsWith('Arrow') && target.closest('[role="tab"], [data-scrolls], [data-arrows]') !== null)
  );
}

/** 1 to 9: of the steps that bear this number, each pod having its own, the nearest; else the hop of that number. */
export function goToDigit(session: Session, digit: number): void {
  const { answer, hop: here } = session.store.getState();
  const hops = answer?.simulation.trace.hops ?? [];
  const distance = ({ n }: Hop) => Math.abs(n - (here ?? 1));
  const [nearest] = hops.filter(({ step }) => step === digit).toSorted((a, b) => distance(a) - distance(b));
  const hop = nearest ?? hops.find(({ n }) => n === digit);
  if (hop) session.select(hop.n);
}

function act(session: Session, overlay: Overlay, key: string): boolean {
  const digit = /^[1-9]$/.test(key) ? Number(key) : null;
  const name = OVERLAY_KEYS[key];
  if (digit !== null) goToDigit(session, digit);
  else if (name) overlay.show(name);
  else if (KEYS[key]) KEYS[key](session);
  else return false;
  return true;
}

/** Undo and redo, outside of texts, which have their own. */
function travels(session: Session, event: KeyboardEvent): boolean {
  const key = event.key.toLowerCase();
  if (event.altKey || (key !== 'z' && key !== 'y')) return false;
  if (key === 'y' || event.shiftKey) session.redo();
  else session.undo();
  return true;
}

export function useKeys(overlay: Overlay): void {
  const session = useSession();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const { target, key } = event;
    if (!(target instanceof Element) || typesText(target)) return;
    const isCommand = event.ctrlKey || event.metaKey;
    if (!isCommand && (event.altKey || belongsTo(target, key))) return;
    const done = isCommand ? travels(session, event) : act(session, overlay, key);
    if (done) event.preventDefault();
  });
  // Before the page is seen: a key pressed at once is not lost.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
