// What the engine noticed besides the path, the gravest first: contradictions, faults, things worth knowing, each with
// the hop it concerns and, where one is known, what to do.
import type { Finding } from '../../engine/trace/trace.ts';
import { useSession, useWords } from '../context.ts';
import styles from './Inspector.module.css';
import { Proof } from './Proof.tsx';

interface FindingsProps {
  readonly findings: readonly Finding[];
  /** Beside the hop they concern, or all of them in a list. */
  readonly place: 'here' | 'all';
}

const GRAVITY = { error: 0, warning: 1, info: 2 } as const;

export function Findings({ findings, place }: FindingsProps) {
  const { t } = useWords();
  if (findings.length === 0) return place === 'all' ? <p>{t('findings.none')}</p> : null;
  const sorted = findings.toSorted((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity]);
  if (place === 'here')
    return (
      <section className={styles['section']}>
        <h3>{t('findings.here')}</h3>
        <Boxes findings={sorted} place="here" />
      </section>
    );
  const misreadings = sorted.filter(isMisreading);
  return (
    <section className={styles['section']}>
      <Boxes findings={sorted.filter((finding) => !isMisreading(finding))} place="all" />
      {misreadings.length > 0 && (
        <details className={styles['misreadings']}>
          <summary>{t('findings.misreadings', { count: misreadings.length })}</summary>
          <Boxes findings={misreadings} place="all" />
        </details>
      )}
    </section>
  );
}

/** True of this journey whether or not anything is wrong with it: it can wait behind what is. */
function isMisreading({ code, severity }: Finding): boolean {
  return severity === 'info' && code.startsWith('finding.misreading-');
}

function Boxes({ findings, place }: FindingsProps) {
  return findings.map((finding, i) => (
    <FindingBox key={`${i} ${finding.code}`} finding={finding} place={place} />
  ));
}

function FindingBox({ finding, place }: { readonly finding: Finding; readonly place: 'here' | 'all' }) {
  const { t, say, knows } = useWords();
  const session = useSession();
  const { code, parameters, severity, hop, evidence } = finding;
  const remedy = `remedy.${code}`;
  return (
    <div className={styles['finding']} data-severity={severity}>
      <p>
        <strong>{t(`severity.${severity}`)}</strong> {say(finding)}
      </p>
      {knows(remedy) && (
        <p>
          <strong>{t('findings.remedy')}</strong> {say({ code: remedy, parameters })}
        </p>
      )}
      {place === 'all' && evidence.length > 0 && <Proof evidence={evidence} />}
      {place === 'all' && hop !== null && (
        <button type="button" className="link" onClick={() => session.select(hop)}>
          {t('findings.show', { n: hop })}
        </button>
      )}
    </div>
  );
}
