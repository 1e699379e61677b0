// A row of tabs; arrow keys move between them.
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { scrollWithin } from './scroll-within.ts';
import styles from './Tabs.module.css';

export interface Tab<Id> {
  readonly id: Id;
  readonly name: string;
  /** A number beside the name; 0 is not shown. */
  readonly count?: number;
}

interface TabsProps<Id> {
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly shown: Id;
  readonly onShow: (id: Id) => void;
}

export function Tabs<Id extends string | number>({ label, tabs, shown, onShow }: TabsProps<Id>) {
  const list = useRef<HTMLDivElement>(null);
  const at = tabs.findIndex(({ id }) => id === shown);
  useEffect(() => {
    const tab = list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[at];
    if (list.current && tab) scrollWithin(list.current, tab);
  }, [at]);
  function onKey(event: KeyboardEvent<HTMLElement>): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = step === undefined ? undefined : tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    onShow(next.id);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[tabs.indexOf(next)]?.focus();
  }
  return (
    <div ref={list} className={styles['tabs']} role="tablist" aria-label={label}>
      {tabs.map(({ id, name, count = 0 }) => (
        <button
          key={id}
          type="button"
          role="tab"
          aria-selected={id === shown}
          tabIndex={id === shown ? 0 : -1}
          title={name}
          onKeyDown={onKey}
          onClick={() => onShow(id)}
        >
          {name}
          {count > 0 && <span className={styles['count']}>{count}</span>}
        </button>
      ))}
    </div>
  );
}
