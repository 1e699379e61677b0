// What a remedy does: both answers, both ways hop by hop, what it costs, what carries it out, and the texts it changes.
import type { Tried } from '../../worker.ts';
import { useTrace, useWords } from '../context.ts';
import { Command } from '../editors/Commands.tsx';
import { Scrolling } from '../Scrolling.tsx';
import { Ways } from './Ways.tsx';
import styles from './WhatIf.module.css';

interface OutcomeProps {
  readonly tried: Tried;
  readonly onKeep: () => void;
}

export function Outcome({ tried, onKeep }: OutcomeProps) {
  const { t, say } = useWords();
  const before = useTrace();
  if (!before) return null;
  return (
    <>
      <p className={styles['keep']}>
        <button type="button" className="button" data-primary onClick={onKeep}>
          {t('whatIf.keep')}
        </button>
        <span>{t('whatIf.keepWhy')}</span>
      </p>
      <Ways before={before} after={tried.simulation.trace} titles={[t('whatIf.before'), t('whatIf.after')]} />
      <h3>{t('whatIf.consequences')}</h3>
      <ul>
        {tried.consequences.map((message) => (
          <li key={message.code}>{say(message)}</li>
        ))}
      </ul>
      <h3>{t('whatIf.commands')}</h3>
      {tried.commands.map(({ text }) => (
        <div key={text} className={styles['command']}>
          <Command text={text} />
        </div>
      ))}
      <h3>{t('whatIf.patches', { count: tried.patches.length })}</h3>
      {tried.patches.map((patch) => (
        <div key={JSON.stringify(patch)} className={styles['patch']}>
          <p>{patch.pod}</p>
          {patch.before.trim() !== '' && <Text label={t('whatIf.before')} text={patch.before} gone />}
          {patch.after.trim() !== '' && <Text label={t('whatIf.after')} text={patch.after} />}
        </div>
      ))}
    </>
  );
}

interface TextProps {
  readonly label: string;
  readonly text: string;
  /** Whether the change takes it out. */
  readonly gone?: boolean;
}

function Text({ label, text, gone = false }: TextProps) {
  return (
    <Scrolling className={styles[gone ? 'gone' : 'text']} label={label}>
      <pre>{text}</pre>
    </Scrolling>
  );
}
