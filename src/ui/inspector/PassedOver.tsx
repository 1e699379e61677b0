// What was considered before the winner, and the condition that failed.
import type { Hop } from '../../engine/trace/trace.ts';
import { useWords } from '../context.ts';
import { whyNot } from '../sentence.ts';
import styles from './Inspector.module.css';

export function PassedOver({ hop }: { readonly hop: Hop }) {
  const words = useWords();
  const { t } = words;
  if (hop.passedCount === 0) return null;
  const unlisted = hop.passedCount - hop.passed.length;
  return (
    <section>
      <h3>{t('inspector.passed', { count: hop.passedCount })}</h3>
      <ul className={styles['passed']}>
        {unlisted > 0 && <li>{t('inspector.unlisted', { count: unlisted })}</li>}
        {hop.passed.map((passed, i) => (
          <li key={`${i} ${passed.name}`}>
            <code>{passed.name}</code> {whyNot(words, passed.why)}
            {passed.evidence &&
              !passed.evidence.supplied &&
              ` (${t('proof.at', { line: passed.evidence.line })})`}
          </li>
        ))}
      </ul>
    </section>
  );
}
