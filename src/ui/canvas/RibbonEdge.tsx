// A line of the picture: the corners come from the graph, only rounded here. A cut is two bars across its start.
import { BaseEdge, type EdgeProps } from '@xyflow/react';
import type { Cut } from '../../graph/lines.ts';
import type { Point } from '../../graph/node.ts';
import { slot } from '../Address.tsx';
import type { FlowEdge } from './flow.ts';
import styles from './RibbonEdge.module.css';

const RADIUS = 9;
/** How far behind a box a line begins when it is cut. */
const CUT_GAP = 15;

export function RibbonEdge({ id, data }: EdgeProps<FlowEdge>) {
  if (!data) return null;
  const { line } = data;
  const points = line.cut ? shortened(line.points, CUT_GAP) : line.points;
  return (
    <g
      className={styles['line']}
      data-kind={line.kind}
      data-reply={line.reply}
      data-source={slot(line.source)}
    >
      <BaseEdge id={id} path={rounded(points)} interactionWidth={0} />
      {line.cut && <CutBars cut={line.cut} />}
      <Arrow points={points} />
    </g>
  );
}

/** A small head, so that the way it runs can be told without the dot. */
function Arrow({ points }: { readonly points: readonly Point[] }) {
  const end = points.at(-1);
  const before = points.at(-2);
  if (!end || !before) return null;
  const angle = (Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI;
  return (
    <path
      className={styles['arrow']}
      d="M-11 -7 L0 0 L-11 7 z"
      transform={`translate(${end.x} ${end.y}) rotate(${angle})`}
    />
  );
}

function CutBars({ cut: { at, across } }: { readonly cut: Cut }) {
  const { x, y } = at;
  const bars =
    across === 'horizontal'
      ? `M${x - 12} ${y + 5}h24 M${x - 12} ${y + 11}h24`
      : `M${x + 5} ${y - 12}v24 M${x + 11} ${y - 12}v24`;
  return <path className={styles['cut']} d={bars} />;
}

function shortened(points: readonly Point[], by: number): readonly Point[] {
  const [first, second, ...rest] = points;
  if (!first || !second) return points;
  return [towards(first, second, by), second, ...rest];
}

function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = length === 0 ? 0 : Math.min(1, distance / length);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

/** An SVG path through the corners, each of them rounded as far as its two sides allow. */
function rounded(points: readonly Point[]): string {
  const [first] = points;
  if (!first) return '';
  const corners = points.slice(1, -1).map((corner, i) => {
    const before = points[i] ?? corner;
    const after = points[i + 2] ?? corner;
    const enter = towards(corner, before, Math.min(RADIUS, distance(corner, before) / 2));
    const leave = towards(corner, after, Math.min(RADIUS, distance(corner, after) / 2));
    return `L${enter.x} ${enter.y}Q${corner.x} ${corner.y} ${leave.x} ${leave.y}`;
  });
  const last = points.at(-1) ?? first;
  return `M${first.x} ${first.y}${corners.join('')}L${last.x} ${last.y}`;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}
