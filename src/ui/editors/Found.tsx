// Chips: what was found in a paste, what is missing, what could not be read. Each opens what is known of it.
import type { FoundDocument, FoundPod } from '../../engine/trace/simulation.ts';
import type { MissingPiece } from '../../engine/mesh/session/missing.ts';
import { isHeld } from '../../session/held.ts';
import { useSession, useSessionState, useWords } from '../context.ts';
import { Details } from '../Details.tsx';
import { Command } from './Commands.tsx';
import styles from './Found.module.css';
import type { Place } from './PasteEditor.tsx';

interface FoundProps {
  /** The position of the pod. */
  readonly at: number;
  readonly found: FoundPod;
  readonly onShow: (place: Place) => void;
  readonly onShowLog: () => void;
}

export function Found({ at, found, onShow, onShowLog }: FoundProps) {
  return (
    <div className={styles['found']}>
      <ul className={styles['chips']}>
        {found.documents.map((document) => (
          <FoundChip key={document.from} at={at} document={document} onShow={onShow} onShowLog={onShowLog} />
        ))}
        {found.missing.map((piece) => (
          <MissingChip key={piece.code} piece={piece} />
        ))}
      </ul>
      <Problems found={found} onShow={onShow} />
    </div>
  );
}

interface FoundChipProps extends Omit<FoundProps, 'found'> {
  readonly document: FoundDocument;
}

function FoundChip({ at, document, onShow, onShowLog }: FoundChipProps) {
  const { t, say } = useWords();
  const held = useSessionState(({ scenario }) => isHeld(scenario.pods[at]?.paste ?? ''));
  const { kind, command, pod, belongs, firstLine, lastLine, problems } = document;
  return (
    <li>
      <Details
        name="chip"
        className={styles['chip']}
        data-kind={kind}
        data-belongs={belongs}
        summary={
          <>
            <Facts document={document} />
            {problems.length > 0 && <b title={t('problem.count', { count: problems.length })}> !</b>}
          </>
        }
      >
        <div className={styles['card']}>
          <p>
            <strong>{say({ code: `document.${kind}`, parameters: {} })}</strong> ·{' '}
            {t('found.lines', { first: firstLine, last: lastLine })}
          </p>
          {command !== null && <code>{command}</code>}
          {pod !== null && <p>{t('found.of', { pod })}</p>}
          {belongs !== 'own' && <p>{t(`found.${belongs}`)}</p>}
          <p className={styles['tools']}>
            <button
              type="button"
              className="button"
              onClick={() => onShow({ offset: document.from, line: firstLine })}
            >
              {t('found.show')}
            </button>
            {kind === 'access-log' && (
              <button type="button" className="button" onClick={onShowLog}>
                {t('found.table')}
              </button>
            )}
            {!held && <MoveTo at={at} document={document} />}
          </p>
        </div>
      </Details>
    </li>
  );
}

/** By hand: what the evidence could not tell, or told wrongly. */
function MoveTo({ at, document }: { readonly at: number; readonly document: FoundDocument }) {
  const { t } = useWords();
  const session = useSession();
  const pods = useSessionState((state) => state.scenario.pods);
  const known = [...new Set([...pods.map(({ name }) => name), document.pod ?? ''])];
  const others = known.filter((name) => name !== '' && name !== pods[at]?.name);
  const fresh = t('found.newPod');
  return (
    <select
      className="field"
      aria-label={t('found.move')}
      value=""
      onChange={({ target }) => {
        if (target.value !== '') session.movePiece(at, document, target.value);
      }}
    >
      <option value="">{t('found.move')}</option>
      {others.map((name) => (
        <option key={name}>{name}</option>
      ))}
      <option>{fresh}</option>
    </select>
  );
}

function Facts({ document }: { readonly document: FoundDocument }) {
  const { say } = useWords();
  if (document.facts.length === 0 || document.kind === 'prose')
    return say({ code: `document.${document.kind}`, parameters: {} });
  return document.facts.map((fact) => say(fact)).join(' · ');
}

function MissingChip({ piece }: { readonly piece: MissingPiece }) {
  const { t, say, knows } = useWords();
  return (
    <li>
      <Details name="chip" className={styles['missing']} summary={say(piece)}>
        <div className={styles['card']}>
          {knows(piece.uncertain.code) && <p>{say(piece.uncertain)}</p>}
          {piece.commands.map(({ variant, text }) => (
            <div key={text} className={styles['command']}>
              <span>{t(`variant.${variant}`)}</span>
              <p>
                <Command text={text} />
              </p>
            </div>
          ))}
        </div>
      </Details>
    </li>
  );
}

function Problems({ found, onShow }: Pick<FoundProps, 'found' | 'onShow'>) {
  const { t, say } = useWords();
  const problems = found.documents.flatMap((document) => document.problems);
  if (problems.length === 0) return null;
  return (
    <details className={styles['problems']}>
      <summary>{t('problem.count', { count: problems.length })}</summary>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.from} ${problem.code}`} data-severity={problem.severity}>
            <button
              type="button"
              className="link"
              onClick={() => onShow({ offset: problem.from, line: problem.line })}
            >
              {t('problem.at', { line: problem.line, column: problem.column })}
            </button>{' '}
            {say(problem)}
          </li>
        ))}
      </ul>
    </details>
  );
}
