// The sentence at each cut: a new connection begins, and who chose its source. Clicking it selects that hop.
import type { Graph } from '../../graph/graph.ts';
import type { Trace } from '../../engine/trace/trace.ts';
import type { Point } from '../../graph/node.ts';
import { hostOf } from '../../graph/sources.ts';
import { Address } from '../Address.tsx';
import { useSession, useTrace, useWords } from '../context.ts';
import { Icon } from '../Icon.tsx';
import styles from './CutLabels.module.css';

export function CutLabels({ graph }: { readonly graph: Graph }) {
  const trace = useTrace();
  if (!trace) return null;
  return graph.lines.map(
    (line) =>
      line.cut && (
        <CutLabel
          key={line.id}
          hop={line.cut.hop}
          at={line.cut.label}
          trace={trace}
          sources={graph.sources}
        />
      ),
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
