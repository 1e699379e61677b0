// The sentence at each cut: a new connection begins, and who chose its source; where a loop closes also which hops form
// the lap. Clicking it selects that hop.
import { Fragment } from 'react';
import type { Graph } from '../../graph/graph.ts';
import type { Lap, Trace } from '../../engine/trace/trace.ts';
import type { Point } from '../../graph/node.ts';
import { hostOf } from '../../graph/sources.ts';
import { Address } from '../Address.tsx';
import { useSession, useWords } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { useCanvas } from './canvas-context.ts';
import styles from './CutLabels.module.css';

export function CutLabels({ graph }: { readonly graph: Graph }) {
  const { trace } = useCanvas();
  return graph.lines.map(({ id, cut, lap }) => (
    <Fragment key={id}>
      {cut && <CutLabel hop={cut.hop} at={cut.label} trace={trace} sources={graph.sources} />}
      {lap && <LapLabel lap={lap} at={lap.label} />}
    </Fragment>
  ));
}

function LapLabel({ lap, at }: { readonly lap: Lap; readonly at: Point }) {
  const { t } = useWords();
  const session = useSession();
  return (
    <button
      type="button"
      className={`${styles['label']} nopan`}
      tabIndex={-1} // its hop's row is a stop of its own
      style={{ transform: `translate(${at.x}px, ${at.y}px)` }}
      onClick={() => session.select(lap.from)}
    >
      <strong>↻ {t('lap.title')}</strong>
      <span>{t('lap.hops', { from: lap.from, to: lap.to })}</span>
    </button>
  );
}

interface CutLabelProps {
  readonly hop: number;
  readonly at: Point;
  readonly trace: Trace;
  readonly sources: readonly string[];
}

function CutLabel({ hop: n, at, trace, sources }: CutLabelProps) {
  const { t, say, knows } = useWords();
  const session = useSession();
  const hop = trace.hops.find((each) => each.n === n);
  const change = trace.sourceChanges.find((each) => each.hop === n);
  if (!hop) return null;
  const own = `chooser.${hop.event.code}`;
  const chooser = knows(own) ? own : `chooser.${change?.cause ?? 'kept'}`;
  return (
    <button
      type="button"
      className={`${styles['label']} nopan`}
      style={{ transform: `translate(${at.x}px, ${at.y}px)` }}
      onClick={() => session.select(n)}
    >
      <strong>
        <Icon name="cut" /> {t('cut.title')}
      </strong>
      <span>
        {knows(chooser) ? say({ code: chooser, parameters: {} }) : t('cut.chosen')}{' '}
        <Address text={hostOf(hop.after.src)} sources={sources} />
      </span>
    </button>
  );
}
