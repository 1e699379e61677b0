// Chips: what was found in a paste (a click goes there), what is missing, what could not be read.
import type { FoundDocument, FoundPod } from '../../engine/trace/simulation.ts';
import { useWords } from '../context.ts';
import styles from './Found.module.css';

interface FoundProps {
  readonly found: FoundPod;
  readonly onShow: (offset: number) => void;
}

export function Found({ found, onShow }: FoundProps) {
  const { say } = useWords();
  const known = found.documents.filter((document) => document.kind !== 'prose');
  return (
    <div className={styles['found']}>
      <ul className={styles['chips']}>
        {known.map((document) => (
          <li key={document.from}>
            <button type="button" className={styles['chip']} onClick={() => onShow(document.from)}>
              <Facts document={document} />
            </button>
          </li>
        ))}
        {found.missing.map((message) => (
          <li key={say(message)} className={styles['missing']}>
            {say(message)}
          </li>
        ))}
      </ul>
      <Problems found={found} onShow={onShow} />
    </div>
  );
}

function Facts({ document }: { readonly document: FoundDocument }) {
  const { say } = useWords();
  if (document.facts.length === 0) return say({ code: `document.${document.kind}`, parameters: {} });
  return document.facts.map((fact) => say(fact)).join(' · ');
}

function Problems({ found, onShow }: FoundProps) {
  const { t, say } = useWords();
  const problems = found.documents.flatMap((document) => document.problems);
  if (problems.length === 0) return null;
  return (
    <details className={styles['problems']}>
      <summary>{t('problem.count', { count: problems.length })}</summary>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.from} ${problem.code}`} data-severity={problem.severity}>
            <button type="button" className="link" onClick={() => onShow(problem.from)}>
              {t('problem.at', { line: problem.line, column: problem.column })}
            </button>{' '}
            {say(problem)}
          </li>
        ))}
      </ul>
    </details>
  );
}
