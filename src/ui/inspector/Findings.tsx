// What the engine noticed besides the path: contradictions, faults, things worth knowing.
import type { Finding } from '../../engine/trace/trace.ts';
import { useSession, useWords } from '../context.ts';
import styles from './Inspector.module.css';

interface FindingsProps {
  readonly findings: readonly Finding[];
  readonly title: 'here' | 'elsewhere';
}

export function Findings({ findings, title }: FindingsProps) {
  const { t, say } = useWords();
  const session = useSession();
  if (findings.length === 0) return null;
  return (
    <section className={styles['section']}>
      <h3>{t(`findings.${title}`)}</h3>
      {findings.map((finding, i) => (
        <p key={`${i} ${finding.code}`} className={styles['finding']} data-severity={finding.severity}>
          {say(finding)}{' '}
          {finding.hop !== null && title === 'elsewhere' && (
            <button type="button" className="link" onClick={() => session.select(finding.hop)}>
              {t('proof.hop', { n: finding.hop })}
            </button>
          )}
        </p>
      ))}
    </section>
  );
}
