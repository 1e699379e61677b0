// What belongs to the page as a whole: its language, its theme, its title, its keys.
import { useEffect } from 'react';
import type { Session } from '../../session/session.ts';
import { useSession, useSessionState } from '../context.ts';

export function usePageSettings(): void {
  const settings = useSessionState((state) => state.settings);
  const title = useSessionState((state) => state.scenario.title);
  useEffect(() => {
    document.documentElement.lang = settings.locale === 'zh' ? 'zh-CN' : 'en';
    document.documentElement.dataset['theme'] = settings.theme;
    document.title = title === '' ? 'Sidetrace' : `${title} · Sidetrace`;
  }, [settings.locale, settings.theme, title]);
}

/** The keys and what they do, in the order of the key map. */
const KEYS: Readonly<Record<string, (session: Session) => void>> = {
  ' ': (session) => session.setPlaying(!session.store.getState().playing),
  ArrowRight: (session) => session.step(1),
  ArrowDown: (session) => session.step(1),
  ArrowLeft: (session) => session.step(-1),
  ArrowUp: (session) => session.step(-1),
  Home: (session) => session.toEnd('first'),
  End: (session) => session.toEnd('last'),
  n: (session) => session.toNextSourceChange(),
};

function typesText(target: Element): boolean {
  return target.closest('input, textarea, select, [contenteditable="true"], dialog[open]') !== null;
}

/** A key that a focused control uses itself. */
function belongsTo(target: Element, key: string): boolean {
  return (
    (key === ' ' && target.closest('button, a, summary') !== null) ||
    (key.startsWith('Arrow') && target.closest('[role="tab"], [data-scrolls]') !== null)
  );
}

export function useKeys(onHelp: () => void): void {
  const session = useSession();
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      const { target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof Element)) return;
      if (typesText(target) || belongsTo(target, event.key)) return;
      const act = event.key === '?' ? onHelp : KEYS[event.key];
      if (!act) return;
      event.preventDefault();
      act(session);
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [session, onHelp]);
}
