// The quoted lines that prove a hop. What was pasted can be clicked; what was supplied says so.
import type { Evidence } from '../../engine/trace/trace.ts';
import { useWords } from '../context.ts';
import { partsOfRule } from '../editors/rule-words.ts';
import { saysPart } from '../editors/say-part.ts';
import styles from './Inspector.module.css';

export function Proof({ evidence }: { readonly evidence: readonly Evidence[] }) {
  const { t } = useWords();
  if (evidence.length === 0) return <p>{t('proof.none')}</p>;
  return evidence.map((each) => <Quote key={`${each.pod} ${each.from} ${each.supplied}`} evidence={each} />);
}

/** Each part of a quoted rule, explained. */
function InWords({ line }: { readonly line: string }) {
  const words = useWords();
  const parts = partsOfRule(line);
  if (parts.length === 0) return null;
  return (
    <details className={styles['inWords']}>
      <summary>{words.t('rule.words')}</summary>
      <dl>
        {parts.map((part) => (
          <div key={part.from}>
            <dt>{part.text}</dt>
            <dd>{saysPart(words, part)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Quote({ evidence }: { readonly evidence: Evidence }) {
  const { t, say, knows } = useWords();
  const code = `document.${evidence.document}`;
  const kind = knows(code) ? say({ code, parameters: {} }) : evidence.document;
  return (
    <div className={styles['quote']} data-supplied={evidence.supplied}>
      <span>{evidence.line}</span>
      <span>{evidence.text}</span>
      <InWords line={evidence.text} />
      <small>
        {evidence.supplied
          ? t('proof.supplied', { document: kind })
          : [evidence.pod, kind].filter((part) => part !== null).join(' · ')}
      </small>
    </div>
  );
}
