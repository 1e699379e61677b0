// The picture on paper: whole, light, drawn when the page is printed and not before.
import type { Trace } from '../../engine/trace/trace.ts';
import { defaultFolds } from '../../graph/folds.ts';
import { toGraph } from '../../graph/graph.ts';
import { useWords } from '../context.ts';
import { useMedia } from '../media.ts';
import { svgOf } from './svg.ts';

export function PrintedPicture({ trace }: { readonly trace: Trace }) {
  const words = useWords();
  const isPrinted = useMedia('print');
  if (!isPrinted) return null;
  const svg = svgOf(
    { graph: toGraph(trace, { folds: defaultFolds(trace) }), trace, words, title: '' },
    false,
  );
  return <img alt={words.t('canvas.label')} src={`data:image/svg+xml,${encodeURIComponent(svg)}`} />;
}
