// Why the answer is what it is, with its proof one click away, and what of it is not in the paste.
import type { Simulation } from '../../engine/trace/simulation.ts';
import { decidingHop, standInOf } from '../../graph/answer.ts';
import { useWords } from '../context.ts';
import styles from './Headline.module.css';
import { ProofLink } from './ProofLink.tsx';
import { reasonsOf } from './reasons.ts';

interface ReasonProps {
  readonly simulation: Simulation;
  readonly onShowPaste: () => void;
}

export function Reason({ simulation, onShowPaste }: ReasonProps) {
  const words = useWords();
  const { trace } = simulation;
  const hop = decidingHop(trace);
  const assumed = trace.findings.find(({ code }) => code === 'finding.assumed');
  return (
    <p className={styles['cause']}>
      {reasonsOf(simulation, words).join(words.locale === 'zh' ? '' : ' ')}{' '}
      {hop && <ProofLink hop={hop} onShow={onShowPaste} />}
      {hop?.basis === 'assumed' && (
        <em>
          {words.t(
            hop.evidence.every(({ supplied }) => supplied) ? 'headline.assumed' : 'headline.assumedRest',
          )}
        </em>
      )}
      {!hop && assumed && <em>{words.say(assumed)}</em>}
      <StandIn simulation={simulation} />
    </p>
  );
}

/** The client's address is made up where nothing pasted tells it, and that is said. */
function StandIn({ simulation }: { readonly simulation: Simulation }) {
  const { t } = useWords();
  const from = standInOf(simulation);
  return from !== null && <em>{t('headline.standIn', { from })}</em>;
}
