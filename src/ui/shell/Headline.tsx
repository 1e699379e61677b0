// The answer first: one sentence with its proof one click away, why, and what to do.
import { useState, type ReactNode } from 'react';
import type { Hop, Trace } from '../../engine/trace/trace.ts';
import type { Simulation } from '../../engine/trace/simulation.ts';
import {
  clientOf,
  decidingHop,
  hasLostSource,
  isAnsweredByAgent,
  isRecognised,
  receivingHop,
  standInOf,
} from '../../graph/answer.ts';
import { sourcesOf } from '../../graph/sources.ts';
import { isHeld } from '../../session/held.ts';
import { isStale, type Answer as Answered } from '../../session/state.ts';
import { useSessionState, useSimulation, useWords } from '../context.ts';
import { Address } from '../Address.tsx';
import { isTourOpen } from '../present/tour-stops.ts';
import styles from './Headline.module.css';
import { Reason } from './Reason.tsx';
import { Remedies } from './Remedies.tsx';
import { pageMemory } from './storage.ts';

interface HeadlineProps {
  readonly onShowPaste: () => void;
  readonly onTour: () => void;
}

export function Headline({ onShowPaste, onTour }: HeadlineProps) {
  const { t } = useWords();
  const simulation = useSimulation();
  const stale = useSessionState(isStale);
  const failure = useSessionState((state) => state.failure);
  return (
    <section
      className={styles['headline']}
      aria-label={t('headline.label')}
      data-stale={stale}
      data-testid="headline"
      data-tour="answer"
    >
      {stale && simulation && failure === null && <span className={styles['stale']}>{t('stale')}</span>}
      {!simulation && (
        <p className={styles['answer']}>{t(failure === null ? 'working' : 'headline.unanswered')}</p>
      )}
      {simulation && <Answer simulation={simulation} onShowPaste={onShowPaste} />}
      <TourOffer onTour={onTour} />
    </section>
  );
}

/** For newcomers, until they took the tour or changed something of their own. */
function TourOffer({ onTour }: { readonly onTour: () => void }) {
  const { t } = useWords();
  const newcomer = useSessionState(({ history }) => history.past.length === 0);
  const [open] = useState(() => isTourOpen(pageMemory()));
  if (!newcomer || !open) return null;
  return (
    <button type="button" className={`link ${styles['tour']}`} onClick={onTour}>
      {t('header.tour')}
    </button>
  );
}

interface AnswerProps {
  readonly onShowPaste: () => void;
  readonly simulation: Simulation;
}

function Answer({ simulation, onShowPaste }: AnswerProps) {
  const { trace } = simulation;
  if (!isRecognised(simulation) || trace.hops.length === 0) return <Invitation trace={trace} />;
  return (
    <>
      <h2 className={styles['answer']}>
        <Verdict simulation={simulation} />
      </h2>
      <Reason simulation={simulation} onShowPaste={onShowPaste} />
      {trace.outcome === 'delivered' && hasLostSource(trace) && <Remedies simulation={simulation} />}
    </>
  );
}

/** Nothing is pasted, or nothing of it is known: what is wanted, and what Istio's defaults alone would give. */
function Invitation({ trace }: { readonly trace: Trace }) {
  const { t } = useWords();
  const lines = useSessionState(({ answer }) => (answer ? countLines(answer) : 0));
  const seen = trace.app.remoteAddress;
  const address = seen !== null && <Address text={seen} sources={sourcesOf(trace)} />;
  return (
    <>
      <h2 className={styles['answer']}>
        {lines === 0 ? t('headline.empty') : t('headline.unrecognised', { count: lines })}
      </h2>
      {address && <p className={styles['cause']}>{t.rich('headline.defaults', { seen: () => address })}</p>}
    </>
  );
}

/** The lines that were pasted; of a text that the page does not hold, those up to the end of what was found in it. */
function countLines({ scenario, simulation }: Answered): number {
  const counts = scenario.pods.map(({ paste }, at) =>
    isHeld(paste)
      ? (simulation.pods[at]?.documents.at(-1)?.lastLine ?? 0)
      : paste.split('\n').filter((line) => line.trim() !== '').length,
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

function Verdict({ simulation }: { readonly simulation: Simulation }) {
  const { t } = useWords();
  const { trace } = simulation;
  const who = useWho(trace);
  const address = (text: string) => <Address text={text} sources={sourcesOf(trace)} />;
  const first = clientOf(trace) ?? '';
  const known = standInOf(simulation) === null;
  const client = {
    from: () => address(first),
    told: (words: ReactNode) => known && words,
    client: (words: ReactNode) => !known && words,
  };
  const seen = trace.app.remoteAddress;
  if (trace.outcome !== 'delivered') return t.rich(`headline.${trace.outcome}`, client);
  if (seen === null) return t('headline.delivered');
  const values = { ...client, who, seen: () => address(seen) };
  if (isAnsweredByAgent(trace)) return t.rich('headline.agent', { seen: () => address(seen) });
  const fate = hasLostSource(trace) ? 'changed' : 'kept';
  const condition = conditionOf(decidingHop(trace));
  if (condition === null) return t.rich(`headline.${fate}`, values);
  if (condition === 'logged') return t.rich(`headline.${fate}Logged`, values);
  return t.rich(`headline.${fate}If`, { ...values, condition: t(`headline.if.${condition}`) });
}

/** The application of the answer: named where there is more than one pod. */
function useWho(trace: Trace): string {
  const { t } = useWords();
  const pods = useSessionState((state) => state.scenario.pods.length);
  const pod = receivingHop(trace)?.pod ?? null;
  const conditional = conditionOf(decidingHop(trace)) !== null;
  if (pods > 1 && pod !== null) return t(conditional ? 'headline.appOfIf' : 'headline.appOf', { pod });
  return t(conditional ? 'headline.appIf' : 'headline.app');
}

/**
 * What an assumed hop assumes: Istio's defaults in place of what was not pasted, or that a gap holds nothing. Where a
 * log line tells the address, only its cause is assumed.
 */
function conditionOf(hop: Hop | null): 'logged' | 'defaults' | 'gap' | null {
  if (hop?.basis !== 'assumed') return null;
  if (hop.evidence.some(({ document }) => document === 'access-log')) return 'logged';
  return hop.evidence.every(({ supplied }) => supplied) ? 'defaults' : 'gap';
}
