// Asks before it shows: the choices of the next question, then whether the chosen one was right.
import { useEffect, useEffectEvent, useState } from 'react';
import type { Trace } from '../../engine/trace/trace.ts';
import { keyHop } from '../../session/navigation.ts';
import { useSession, useSessionState, useWords } from '../context.ts';
import { pageMemory } from '../shell/storage.ts';
import { questionsOf, type Choice, type Question } from './questions.ts';
import styles from './Quiz.module.css';
import { readScore, withAnswer } from './score.ts';

export function Quiz({ trace }: { readonly trace: Trace }) {
  const { t } = useWords();
  const session = useSession();
  const hop = useSessionState((state) => state.hop);
  const [score, setScore] = useState(() => readScore(pageMemory()));
  const [asked, setAsked] = useState<Question | null>(null);
  const [chosen, setChosen] = useState<Choice | null>(null);
  const begin = useEffectEvent(() => {
    if (hop === keyHop(trace)) session.toEnd('first'); // the screen opens on the answer, which must not be seen yet
  });
  useEffect(() => begin(), []);
  const questions = questionsOf(trace);
  const next = questions.find((question) => question.hop > (hop ?? 0)) ?? null;
  const question = asked ?? next;
  if (questions.length === 0) return <p>{t('quiz.none')}</p>;
  if (!question)
    return (
      <div className={styles['quiz']}>
        <p>{t('quiz.over', { right: score.right, asked: score.asked })}</p>
        <button type="button" className="button" data-primary onClick={() => session.toEnd('first')}>
          {t('quiz.again')}
        </button>
      </div>
    );
  function choose(choice: Choice): void {
    if (!question || chosen) return;
    setAsked(question);
    setChosen(choice);
    setScore(withAnswer(pageMemory(), score, choice.right));
    session.select(question.hop);
  }
  function goOn(): void {
    setAsked(null);
    setChosen(null);
  }
  return (
    <div className={styles['quiz']}>
      <h3>{t(`quiz.${question.kind}`, { chain: question.chain })}</h3>
      <ul>
        {question.choices.map((choice) => (
          <li key={choice.text}>
            <button
              type="button"
              aria-disabled={chosen !== null}
              data-verdict={chosen ? verdictOf(choice, chosen) : undefined}
              onClick={() => choose(choice)}
            >
              <code>{choice.text}</code>
            </button>
          </li>
        ))}
      </ul>
      <div aria-live="polite">{chosen && <Answer right={chosen.right} onGoOn={goOn} />}</div>
      <p className={styles['score']}>{t('quiz.score', { right: score.right, asked: score.asked })}</p>
    </div>
  );
}

function verdictOf(choice: Choice, chosen: Choice): 'right' | 'wrong' | undefined {
  if (choice.right) return 'right';
  return choice === chosen ? 'wrong' : undefined;
}

interface AnswerProps {
  readonly right: boolean;
  readonly onGoOn: () => void;
}

/** Whether it was right; what happened is said by the caption, which has moved on to that hop. */
function Answer({ right, onGoOn }: AnswerProps) {
  const { t } = useWords();
  return (
    <>
      <p>
        <strong>{t(right ? 'quiz.isRight' : 'quiz.isWrong')}</strong>
      </p>
      <button type="button" className="button" data-primary onClick={onGoOn}>
        {t('quiz.goOn')}
      </button>
    </>
  );
}
