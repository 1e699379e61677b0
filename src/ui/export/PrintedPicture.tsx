// The picture on paper: light, on one sheet, drawn when the page is printed and not before. The way back is left to the
// list of hops, so that the request's can be read at that size.
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
  const way = { ...trace, hops: trace.hops.filter(({ packet }) => packet === 'request') };
  const graph = toGraph(way, { folds: defaultFolds(way) });
  const svg = svgOf({ graph, trace: way, words, title: '' }, false);
  return <img alt={words.t('canvas.label')} src={`data:image/svg+xml,${encodeURIComponent(svg)}`} />;
}
