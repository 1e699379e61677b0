// The answer first: one sentence with its proof one click away, why, and what to do.
import type { Hop, SourceChange, Trace } from '../../engine/trace/trace.ts';
import { decidingChange, decidingHop, hasLostSource, receivingHop } from '../../graph/answer.ts';
import { firstSourceOf, sourcesOf } from '../../graph/sources.ts';
import { isStale } from '../../session/session.ts';
import { useSessionState, useSimulation, useWords } from '../context.ts';
import { Address } from '../Address.tsx';
import { sentenceOf } from '../sentence.ts';
import styles from './Headline.module.css';
import { ProofLink } from './ProofLink.tsx';
import { Remedies } from './Remedies.tsx';

interface HeadlineProps {
  readonly onShowPaste: () => void;
}

export function Headline({ onShowPaste }: HeadlineProps) {
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
    >
      {stale && simulation && failure === null && <span className={styles['stale']}>{t('stale')}</span>}
      {!simulation && <p className={styles['answer']}>{t(stale ? 'working' : 'headline.empty')}</p>}
      {simulation && <Answer trace={simulation.trace} onShowPaste={onShowPaste} />}
    </section>
  );
}

interface AnswerProps extends HeadlineProps {
  readonly trace: Trace;
}

function Answer({ trace, onShowPaste }: AnswerProps) {
  const blank = useSessionState((state) => state.scenario.pods.every((pod) => pod.paste.trim() === ''));
  if (blank || trace.hops.length === 0) return <Invitation trace={trace} />;
  return (
    <>
      <h2 className={styles['answer']}>
        <Verdict trace={trace} />
      </h2>
      <Cause trace={trace} onShowPaste={onShowPaste} />
      {trace.outcome === 'delivered' && hasLostSource(trace) && <Remedies trace={trace} />}
    </>
  );
}

/** Nothing is pasted: what is wanted, and what Istio's defaults alone would give. */
function Invitation({ trace }: { readonly trace: Trace }) {
  const { t } = useWords();
  const seen = trace.app.remoteAddress;
  const address = seen !== null && <Address text={seen} sources={sourcesOf(trace)} />;
  return (
    <>
      <h2 className={styles['answer']}>{t('headline.empty')}</h2>
      {address && <p className={styles['cause']}>{t.rich('headline.defaults', { seen: () => address })}</p>}
    </>
  );
}

function Verdict({ trace }: { readonly trace: Trace }) {
  const { t } = useWords();
  const pods = useSessionState((state) => state.scenario.pods.length);
  const address = (text: string) => <Address text={text} sources={sourcesOf(trace)} />;
  const from = firstSourceOf(trace) ?? '';
  const seen = trace.app.remoteAddress;
  const pod = receivingHop(trace)?.pod ?? null;
  const who = pods > 1 && pod !== null ? t('headline.appOf', { pod }) : t('headline.app');
  if (trace.outcome === 'delivered' && seen !== null)
    return hasLostSource(trace)
      ? t.rich('headline.changed', { who, seen: () => address(seen), from: () => address(from) })
      : t.rich('headline.kept', { who, seen: () => address(seen) });
  if (trace.outcome === 'delivered') return t('headline.delivered');
  return t.rich(`headline.${trace.outcome}`, { from: () => address(from) });
}

function Cause({ trace, onShowPaste }: AnswerProps) {
  const words = useWords();
  const change = decidingChange(trace);
  const hop = decidingHop(trace);
  const fault = trace.findings.find(({ severity }) => severity === 'error');
  if (!hop && trace.outcome === 'delivered') return <KeptReason trace={trace} />;
  return (
    <p className={styles['cause']}>
      {fault && `${words.say(fault)} `}
      {change && hop && <ChangeReason change={change} hop={hop} />}
      {!change && hop && sentenceOf(words, hop)} {hop && <ProofLink hop={hop} onShow={onShowPaste} />}
      {hop?.basis === 'assumed' && <em> {words.t('headline.assumed')}</em>} <StandIn />
    </p>
  );
}

/** The client's address is made up where nothing pasted tells it, and that is said. */
function StandIn() {
  const { t } = useWords();
  const simulation = useSimulation();
  const pods = useSessionState((state) => state.scenario.pods);
  const from = simulation?.request?.from ?? null;
  if (simulation?.requestFrom.code !== 'request.likeliest' || from === null) return null;
  if (pods.some((pod) => pod.addresses.includes(from))) return null;
  return <em>{t('headline.standIn', { from })}</em>;
}

function ChangeReason({ change, hop }: { readonly change: SourceChange; readonly hop: Hop }) {
  const { t, say, knows } = useWords();
  const parameters = {
    from: change.from,
    to: change.to,
    cause: change.cause,
    cluster: hop.cluster ?? '?',
    chain: hop.chain ?? '?',
  };
  const code = `cause.${change.cause}`;
  return <>{knows(code) ? say({ code, parameters }) : t(`cause.${change.kind}`, parameters)}</>;
}

function KeptReason({ trace }: { readonly trace: Trace }) {
  const { t, say } = useWords();
  const connections = Math.max(...trace.hops.map((hop) => hop.connection));
  const assumed = trace.findings.find(({ code }) => code === 'finding.assumed');
  return (
    <p className={styles['cause']}>
      {t(connections > 1 ? 'headline.keptProxied' : 'headline.keptDirect')}{' '}
      {assumed && <em>{say(assumed)} </em>}
      <StandIn />
    </p>
  );
}
