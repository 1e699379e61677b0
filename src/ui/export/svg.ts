// Graph -> one SVG file that needs nothing else: fonts of the system, colours written out, opaque ground. Animated, the
// packet walks the whole journey once a round (SMIL), which browsers, GitHub and slides play.
import type { Trace } from '../../engine/trace/trace.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Line } from '../../graph/lines.ts';
import { HEADER_HEIGHT, LINE_HEIGHT, rowCentre, type Row } from '../../graph/measure.ts';
import type { Node } from '../../graph/node.ts';
import { packetAt, packetWay } from '../../graph/packet-way.ts';
import { ribbonOf } from '../../graph/ribbon.ts';
import { firstHop } from '../../graph/visits.ts';
import type { Words } from '../../i18n/words.ts';
import { slot } from '../Address.tsx';
import { placeName } from '../place-name.ts';
import { rowLabel } from '../sentence.ts';
import { PAINTS, paintOf } from './paints.ts';

interface Picture {
  readonly graph: Graph;
  readonly trace: Trace;
  readonly words: Words;
  /** Stands above the picture. */
  readonly title: string;
}

const HEAD = 64;
const MONO = 'ui-monospace, Menlo, Consolas, monospace';
const SANS = 'system-ui, sans-serif';
/** The width of a sign of a fixed-width font, as a share of its size. */
const SIGN = 0.61;
/** Seconds the packet rests at each hop. */
const REST = 0.9;

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** As much of a text as fits into a width, by the width of its signs: Chinese ones are twice as wide. */
export function fitted(text: string, width: number, size: number): string {
  const room = width / (size * SIGN);
  let used = 0;
  let kept = '';
  for (const sign of text) {
    used += sign.charCodeAt(0) > 0x2e80 ? 1.7 : 1;
    if (used > room) return `${kept.slice(0, -1)}…`;
    kept += sign;
  }
  return text;
}

interface Written {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly width: number;
  readonly colour?: string;
  readonly weight?: number;
  readonly font?: string;
  readonly end?: boolean;
}

function written(text: string, at: Written): string {
  const { x, y, size, width, colour = PAINTS.ink, weight = 400, font = MONO, end = false } = at;
  const anchor = end ? ' text-anchor="end"' : '';
  return `<text x="${x}" y="${y}" font-family="${font}" font-size="${size}" font-weight="${weight}" fill="${colour}"${anchor}>${escaped(fitted(text, width, size))}</text>`;
}

function stroke(source: number, width: number, reply = false): string {
  const { colour, dash } = paintOf(slot(source));
  return `stroke="${colour}" stroke-width="${width}" fill="none" stroke-dasharray="${reply ? '1 6' : dash || 'none'}"`;
}

function lineOf({ points, source, reply, kind, cut }: Line): string {
  const path = points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  const marks = cut
    ? `<path d="M${cut.at.x - 12} ${cut.at.y + 5}h24M${cut.at.x - 12} ${cut.at.y + 11}h24" stroke="${PAINTS.bad}" stroke-width="3"/>`
    : '';
  return `<path d="${path}" ${stroke(source, kind === 'path' ? 6 : 3, reply)}/>${marks}`;
}

/** Where a loop closes: which hops form the lap. */
function lapOf({ lap }: Line, { t }: Words): string {
  if (!lap) return '';
  const { from, to, label } = lap;
  const style = { x: label.x, width: 400, colour: PAINTS.bad, font: SANS };
  return [
    written(`↻ ${t('lap.title')}`, { ...style, y: label.y + 12, size: 12, weight: 700 }),
    written(t('lap.hops', { from, to }), { ...style, y: label.y + 28, size: 11 }),
  ].join('');
}

function rowOf(node: Node, row: Row, words: Words): string {
  const { name, verdict } = rowLabel(row.hop, words);
  const y = node.y + rowCentre(row) + 4;
  const changes = row.changes.map((end, i) => {
    const colour = end === 'src' ? paintOf(slot(row.sourceAfter)).colour : PAINTS.ink;
    const text = `${words.t(`row.${end}`)} → ${row.hop.after[end]}`;
    return written(text, {
      x: node.x + 46,
      y: y + (i + 1) * LINE_HEIGHT,
      size: 11,
      width: node.width - 54,
      colour,
      weight: 600,
    });
  });
  const step = row.hop.step === null ? '·' : String(row.hop.step);
  const room = node.width - 54;
  const fits = (name.length * 12 + (verdict.length + 2) * 10) * SIGN <= room; // a name is never cut for its kind
  const passed = row.tellsPassed ? words.t('row.passed', { count: row.hop.passedCount }) : '';
  return [
    written(passed, {
      x: node.x + 22,
      y: node.y + row.y + 13,
      size: 10.5,
      width: room,
      colour: PAINTS.dim,
      font: SANS,
    }),
    written(step, { x: node.x + 26, y, size: 11, width: 30, colour: PAINTS.dim, weight: 600, font: SANS }),
    written(name, { x: node.x + 44, y, size: 12, width: room }),
    written(fits ? verdict : '', {
      x: node.x + node.width - 8,
      y,
      size: 10,
      width: 90,
      colour: PAINTS.dim,
      end: true,
    }),
    ...changes,
  ].join('');
}

function nodeOf(node: Node, trace: Trace, words: Words): string {
  const { x, y, width, height, rows, visit } = node;
  const { before } = firstHop(visit);
  const title = visit.place === 'pod' ? (visit.pod ?? '') : placeName(firstHop(visit), trace, words);
  const entry = paintOf(slot(rows[0]?.sourceBefore ?? 0)).colour;
  const ribbon = ribbonOf(node).map(
    ({ from, to, source }) => `<path d="M${x + 8} ${y + from}V${y + to}" ${stroke(source, 6)}/>`,
  );
  return [
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="10" fill="${PAINTS.panel}" stroke="${PAINTS.line}"/>`,
    written(title, { x: x + 20, y: y + 19, size: 13, width: width - 30, weight: 700, font: SANS }),
    written(before.src, { x: x + 44, y: y + HEADER_HEIGHT + 13, size: 11, width: width - 54, colour: entry }),
    written(before.dst, { x: x + 44, y: y + HEADER_HEIGHT + 30, size: 11, width: width - 54 }),
    ...rows.map((row) => rowOf(node, row, words)),
    ...ribbon,
  ].join('');
}

/** Letters as wide as they are high: Chinese ones and their punctuation. */
const WIDE = /[\u2e80-\uffef]/;

function legendOf({ graph, words }: Picture): string {
  const label = words.t('legend.source');
  let x = 22;
  const parts = [written(label, { x, y: 54, size: 12, width: 300, colour: PAINTS.dim, font: SANS })];
  x += Array.from(label).reduce((sum, letter) => sum + (WIDE.test(letter) ? 12 : 7), 10);
  graph.sources.forEach((source, i) => {
    parts.push(`<path d="M${x} 50h34" ${stroke(i, 5)}/>`);
    parts.push(
      written(source, {
        x: x + 40,
        y: 54,
        size: 12,
        width: 400,
        colour: paintOf(slot(i)).colour,
        weight: 600,
      }),
    );
    x += 58 + source.length * 7.4;
  });
  return parts.join('');
}

function motionOf({ graph, trace }: Picture): string {
  const start = trace.hops[0] && packetAt(graph, trace.hops[0].n);
  if (!start) return '';
  const ways = trace.hops.slice(1).map((hop, i) => packetWay(graph, trace.hops[i]?.n ?? hop.n, hop.n));
  const stops = [start, ...ways.flatMap((way) => way.slice(1))];
  const duration = trace.hops.length * REST;
  const values = stops.map(({ x, y }) => `${x} ${y}`).join(';');
  return `<circle r="9" fill="${PAINTS.panel}" stroke="${PAINTS.ink}" stroke-width="4"><animateMotion dur="${duration.toFixed(1)}s" repeatCount="indefinite" calcMode="linear" values="${values.replaceAll(' ', ',')}"/></circle>`;
}

/** The picture as the text of an SVG file. `animated` adds the packet, walking. */
export function svgOf(picture: Picture, animated: boolean): string {
  const { graph, words, title } = picture;
  const width = Math.max(graph.width, 640);
  const height = graph.height + HEAD;
  const frames = graph.frames.map(
    ({ x, y, width, height, pod }) =>
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="18" fill="none" stroke="${PAINTS.line}" stroke-width="1.5"/>` +
      `<rect x="${x + 14}" y="${y - 9}" width="${(pod ?? '').length * 8.4 + 12}" height="18" fill="${PAINTS.paper}"/>` +
      written(pod ?? '', { x: x + 20, y: y + 5, size: 13, width, weight: 700, font: SANS }),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    `<rect width="${width}" height="${height}" fill="${PAINTS.paper}"/>`,
    written(title, { x: 22, y: 30, size: 19, width: width - 44, weight: 700, font: SANS }),
    legendOf(picture),
    `<g transform="translate(0 ${HEAD})">`,
    ...frames,
    ...graph.lines.map(lineOf),
    ...graph.lines.map((line) => lapOf(line, words)),
    ...graph.nodes.map((node) => nodeOf(node, picture.trace, words)),
    animated ? motionOf(picture) : '',
    '</g></svg>',
  ].join('\n');
}
