// Finds hops by any word that stands in them: a chain, an address, a cluster, a word of the sentence, the proof.
import { useState } from 'react';
import type { Hop } from '../../engine/trace/trace.ts';
import { useSession, useTrace, useWords } from '../context.ts';
import { rowLabel, sentenceOf } from '../sentence.ts';
import type { Words } from '../../i18n/words.ts';
import { Dialog } from './Dialog.tsx';
import styles from './Search.module.css';

function textOf(hop: Hop, words: Words): string {
  const { name, verdict } = rowLabel(hop, words);
  return [
    name,
    verdict,
    sentenceOf(words, hop),
    hop.pod,
    hop.before.src,
    hop.before.dst,
    hop.after.src,
    hop.after.dst,
    ...hop.evidence.map(({ text }) => text),
  ]
    .join(' ')
    .toLowerCase();
}

export function Search({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const session = useSession();
  const trace = useTrace();
  const [asked, setAsked] = useState('');
  const terms = asked
    .toLowerCase()
    .split(/\s+/)
    .filter((term) => term !== '');
  const found = (trace?.hops ?? []).filter((hop) => terms.every((term) => textOf(hop, words).includes(term)));
  function go(n: number | undefined): void {
    if (n === undefined) return;
    session.select(n);
    onClose();
  }
  return (
    <Dialog
      title={words.t('searchHops.title')}
      onClose={onClose}
      tools={
        <input
          className={`field ${styles['field']}`}
          type="search"
          aria-label={words.t('searchHops.title')}
          placeholder={words.t('searchHops.field')}
          value={asked}
          onChange={(event) => setAsked(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') go(found[0]?.n);
          }}
        />
      }
    >
      <p className={styles['count']} aria-live="polite">
        {found.length === 0
          ? words.t('searchHops.none')
          : words.t('searchHops.found', { count: found.length })}
      </p>
      <ul className={styles['found']}>
        {found.map((hop) => (
          <li key={hop.n}>
            <button type="button" onClick={() => go(hop.n)}>
              <b>{hop.n}</b> <code>{rowLabel(hop, words).name}</code> <span>{sentenceOf(words, hop)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
