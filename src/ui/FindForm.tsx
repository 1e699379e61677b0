// Looks for words in rows that only the worker has: each Enter goes to the next row that holds them, round to the first.
import { useState } from 'react';
import { useWords } from './context.ts';

interface FindFormProps {
  readonly label: string;
  /** The first row from `start` on that holds the words; null when none does. */
  readonly find: (words: string, start: number) => Promise<number | null>;
  readonly onFound: (row: number) => void;
}

export function FindForm({ label, find, onFound }: FindFormProps) {
  const { t } = useWords();
  const [words, setWords] = useState('');
  const [next, setNext] = useState(0);
  const [missed, setMissed] = useState(false);
  async function go(): Promise<void> {
    const row = await find(words, next);
    setMissed(row === null && words !== '');
    if (row === null) return;
    setNext(row + 1);
    onFound(row);
  }
  return (
    <form
      className="find"
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      <input
        className="field"
        type="search"
        value={words}
        onChange={({ target }) => setWords(target.value)}
        aria-label={label}
        placeholder={label}
      />
      <output>{missed && t('log.notFound')}</output>
    </form>
  );
}
