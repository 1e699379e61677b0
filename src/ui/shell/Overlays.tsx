// Puts the asked overlay over the screen. Each is loaded when it is first opened.
import { lazy, Suspense, type ComponentType } from 'react';
import { useWords } from '../context.ts';
import type { Overlay, OverlayName } from './overlay.ts';

interface OverlayProps {
  readonly onClose: () => void;
  /** Puts another in its place. */
  readonly onShow: (name: OverlayName) => void;
}

function later(load: () => Promise<ComponentType<OverlayProps>>): ComponentType<OverlayProps> {
  return lazy(async () => ({ default: await load() }));
}

const PARTS: Readonly<Record<OverlayName, ComponentType<OverlayProps>>> = {
  carry: later(async () => (await import('../carry/CarryTable.tsx')).CarryTable),
  compare: later(async () => (await import('../whatif/Compare.tsx')).Compare),
  export: later(async () => (await import('../export/ExportDialog.tsx')).ExportDialog),
  gallery: later(async () => (await import('../gallery/Gallery.tsx')).Gallery),
  keys: later(async () => (await import('./KeyMap.tsx')).KeyMap),
  log: later(async () => (await import('../log/LogTable.tsx')).LogTable),
  present: later(async () => (await import('../present/Presenter.tsx')).Presenter),
  privacy: later(async () => (await import('../share/PrivacyDialog.tsx')).PrivacyDialog),
  quiz: later(async () => (await import('../present/QuizView.tsx')).QuizView),
  search: later(async () => (await import('./Search.tsx')).Search),
  share: later(async () => (await import('../share/ShareDialog.tsx')).ShareDialog),
  tour: later(async () => (await import('../present/Tour.tsx')).Tour),
  whatIf: later(async () => (await import('../whatif/WhatIf.tsx')).WhatIf),
};

export function Overlays({ overlay }: { readonly overlay: Overlay }) {
  const { whole } = useWords();
  if (overlay.shown === null || !whole) return null;
  const Part = PARTS[overlay.shown];
  return (
    <Suspense>
      <Part onClose={() => overlay.show(null)} onShow={overlay.show} />
    </Suspense>
  );
}
