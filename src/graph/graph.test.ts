import { describe, expect, it } from 'vitest';
import { EXAMPLE_HOP } from '../engine/trace/example-hop.ts';
import type { Addresses, Hop, Place, Trace } from '../engine/trace/trace.ts';
import { toGraph, type Graph } from './graph.ts';
import { CUT_LABEL } from './grid.ts';
import { packetWay, sampled } from './packet-way.ts';
import type { Point } from './node.ts';
import { ribbonOf } from './ribbon.ts';
import { sightsOf } from './sights.ts';

const CLIENT = '10.20.0.78:33204';
const BOUND = '127.0.0.6:44213';
const SERVER = '10.20.0.77:18080';

const PLACES: readonly Place[] = ['network', 'kernel', 'proxy', 'app'];

function placeOf(name: string | undefined): Place {
  return PLACES.find((place) => place === name) ?? 'network';
}

function at(src: string): Addresses {
  return { src, dst: SERVER, iif: null, oif: null, mark: 0 };
}

/** `pod/place src` or `pod/place src>src`, one hop each; `|` before it starts a new connection, `?` marks it open. */
function traceOf(journey: string, outcome: Trace['outcome'] = 'delivered'): Trace {
  let connection = 1;
  const hops = journey
    .trim()
    .split('\n')
    .map((line, i) => {
      const [, cut, pod, place, before = '', after, open] =
        /^\s*(\|?)(\w+|-)\/(\w+) ([^\s>?]+)(?:>([^\s?]+))?(\?)?$/.exec(line) ?? [];
      if (cut) connection += 1;
      return hop(
        i + 1,
        pod === '-' ? null : (pod ?? null),
        placeOf(place),
        connection,
        before,
        after ?? before,
        open === '?',
      );
    });
  const changes = hops.filter(({ before, after }) => before.src.split(':')[0] !== after.src.split(':')[0]);
  return {
    version: 1,
    hops,
    sourceChanges: changes.map(({ n, before, after }) => ({
      hop: n,
      from: before.src,
      to: after.src,
      kind: 'reconnect',
      cause: 'upstream-bind-config',
    })),
    app: { remoteAddress: null, remotePort: null, xForwardedFor: null, proxyHeader: null },
    outcome,
    lap: outcome === 'loop' ? { from: 4, to: 5 } : null,
    findings: [],
  };
}

function hop(
  n: number,
  pod: string | null,
  place: Place,
  connection: number,
  src: string,
  to: string,
  open: boolean,
): Hop {
  return {
    ...EXAMPLE_HOP,
    n,
    connection,
    pod,
    place,
    before: at(src),
    after: at(to),
    basis: open ? 'undecided' : 'derived',
    futures: open
      ? [
          {
            assumption: 'matches',
            verdict: 'RETURN',
            event: { code: 'test', parameters: {} },
            after: at(src),
          },
          {
            assumption: 'does-not-match',
            verdict: 'REDIRECT',
            event: { code: 'test', parameters: {} },
            after: at(src),
          },
        ]
      : [],
  };
}

const SIDECAR = `
  -/network ${CLIENT}
  web/kernel ${CLIENT}
  web/kernel ${CLIENT}
  web/proxy ${CLIENT}
  web/proxy ${CLIENT}>${BOUND}
  |web/kernel ${BOUND}
  web/app ${BOUND}`;

const CALL_OUT = `${SIDECAR}
  |web/app 10.20.0.77:50000
  web/kernel 10.20.0.77:50000
  web/proxy 10.20.0.77:50000
  |web/kernel 10.20.0.77:50001
  -/network 10.20.0.77:50001`;

const TWO_PODS = `
  shop/app 10.1.0.1:40000
  shop/kernel 10.1.0.1:40000
  shop/proxy 10.1.0.1:40000
  |shop/kernel 10.1.0.1:40001
  -/network 10.1.0.1:40001
  web/kernel 10.1.0.1:40001
  web/proxy 10.1.0.1:40001>${BOUND}
  |web/kernel ${BOUND}
  web/app ${BOUND}`;

const LOOP = `
  -/network ${CLIENT}
  web/kernel ${CLIENT}
  web/proxy ${CLIENT}
  |web/kernel 10.20.0.77:40001
  web/proxy 10.20.0.77:40001`;

function inside(point: Point, box: Rectangle): boolean {
  return point.x > box.x && point.x < box.x + box.width && point.y > box.y && point.y < box.y + box.height;
}

/** Every box that a line runs through, its own two ends left out of the count only at their borders. */
function crossings(graph: Graph): string[] {
  const boxes = [
    ...graph.nodes.map((node) => ({ id: node.visit.id, ...node })),
    ...graph.futures.map((f) => ({ id: 'future', ...f })),
  ];
  return graph.lines.flatMap((line) =>
    sampled(line.points, 200).flatMap((point) =>
      boxes.filter((box) => inside(point, box)).map((box) => `${line.id} through ${box.id}`),
    ),
  );
}

interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

function meet(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function overlaps(graph: Graph): string[] {
  const boxes = [...graph.nodes, ...graph.futures];
  return boxes.flatMap((a, i) =>
    boxes.slice(i + 1).flatMap((b) => (meet(a, b) ? [`${i} and ${boxes.indexOf(b)}`] : [])),
  );
}

const PLACES_OF = (graph: Graph) =>
  graph.nodes.map(({ visit, cell }) => `${visit.place} ${cell.row},${cell.column}`);

describe('toGraph', () => {
  it('makes one node of the consecutive hops at one place, and a row of each hop', () => {
    const graph = toGraph(traceOf(SIDECAR));
    expect(graph.nodes.map(({ visit, rows }) => `${visit.place} ${rows.length}`)).toEqual([
      'network 1',
      'kernel 2',
      'proxy 2',
      'kernel 1',
      'app 1',
    ]);
  });

  it('folds one pod into a U: in on top, out below', () => {
    expect(PLACES_OF(toGraph(traceOf(CALL_OUT)))).toEqual([
      'network 0,0',
      'kernel 0,1',
      'proxy 0,2',
      'kernel 1,1',
      'app 1,3',
      'kernel 2,1',
      'proxy 2,2',
      'kernel 3,1',
      'network 3,0',
    ]);
  });

  it('lets two pods face each other across the network', () => {
    const graph = toGraph(traceOf(TWO_PODS));
    const columns = (pod: string) =>
      graph.nodes.filter(({ visit }) => visit.pod === pod).map(({ cell }) => Math.sign(cell.column));
    expect(new Set(columns('shop'))).toEqual(new Set([-1]));
    expect(new Set(columns('web'))).toEqual(new Set([1]));
    expect(graph.frames.map(({ pod }) => pod)).toEqual(['shop', 'web']);
  });

  it.each([
    ['a sidecar', traceOf(SIDECAR)],
    ['a call out', traceOf(CALL_OUT)],
    ['two pods', traceOf(TWO_PODS)],
    ['a loop', traceOf(LOOP, 'loop')],
    ['an open match', traceOf(`${SIDECAR}\n  |web/kernel ${BOUND}?`, 'undecided')],
  ])('keeps boxes apart and lines out of them: %s', (_name, trace) => {
    const graph = toGraph(trace);
    expect(overlaps(graph)).toEqual([]);
    expect(crossings(graph)).toEqual([]);
    for (const node of graph.nodes) expect(node.x + node.width).toBeLessThanOrEqual(graph.width);
  });

  it('numbers the source addresses in order and changes at the very row that changes the address', () => {
    const graph = toGraph(traceOf(SIDECAR));
    expect(graph.sources).toEqual(['10.20.0.78', '127.0.0.6']);
    const rows = graph.nodes.flatMap(({ rows }) => rows);
    expect(rows.map(({ sourceBefore, sourceAfter }) => `${sourceBefore}${sourceAfter}`)).toEqual([
      '00',
      '00',
      '00',
      '00',
      '01',
      '11',
      '11',
    ]);
  });

  it('changes the ribbon of a box where the address changes, also when the application calls out anew', () => {
    const graph = toGraph(traceOf(CALL_OUT));
    const ribbons = graph.nodes.map((node) => ribbonOf(node).map(({ source }) => source));
    expect(ribbons).toEqual([[0], [0], [0, 1], [1], [1, 2], [2], [2], [2], [2]]);
    for (const node of graph.nodes) {
      const ribbon = ribbonOf(node);
      expect([ribbon[0]?.from, ribbon.at(-1)?.to]).toEqual([0, node.height]);
      expect(ribbon.slice(1).map(({ from }) => from)).toEqual(ribbon.slice(0, -1).map(({ to }) => to));
    }
  });

  it('cuts the line where the proxy opens the second connection, and nowhere else', () => {
    const cut = toGraph(traceOf(SIDECAR)).lines.filter((line) => line.cut !== null);
    expect(cut.map(({ cut }) => cut?.hop)).toEqual([5]);
  });

  it.each([
    ['a sidecar', traceOf(SIDECAR)],
    ['a call out', traceOf(CALL_OUT)],
    ['two pods', traceOf(TWO_PODS)],
    ['a loop', traceOf(LOOP, 'loop')],
  ])('leaves room for the sentence at each cut: %s', (_name, trace) => {
    const graph = toGraph(trace);
    const labels = graph.lines.flatMap(({ cut }) => (cut ? [{ ...cut.label, ...CUT_LABEL }] : []));
    const points = graph.lines.flatMap((line) => sampled(line.points, 400));
    expect(labels.length).toBeGreaterThan(0);
    for (const label of labels) {
      expect(graph.nodes.filter((node) => meet(node, label))).toEqual([]);
      expect(points.filter((point) => inside(point, label))).toEqual([]);
    }
  });

  it('draws a loop back to the box where the packet had been', () => {
    const graph = toGraph(traceOf(LOOP, 'loop'));
    const loop = graph.lines.find((line) => line.kind === 'loop');
    expect([loop?.from, loop?.to]).toEqual(['visit-5', 'visit-4']);
    expect(loop?.lap).toMatchObject({ from: 4, to: 5 });
    expect(toGraph(traceOf(LOOP)).lines.some((line) => line.kind === 'loop')).toBe(false);
  });

  it('draws both futures of an open match', () => {
    const graph = toGraph(traceOf(`-/network ${CLIENT}\nweb/kernel ${CLIENT}?`, 'undecided'));
    expect(graph.futures.map(({ future }) => future.assumption)).toEqual(['matches', 'does-not-match']);
    expect(graph.lines.filter((line) => line.kind === 'future')).toHaveLength(2);
  });

  it('is empty for an empty trace', () => {
    expect(toGraph({ ...traceOf(SIDECAR), hops: [], sourceChanges: [] })).toMatchObject({
      nodes: [],
      lines: [],
      width: 0,
    });
  });
});

describe('packetWay', () => {
  const graph = toGraph(traceOf(SIDECAR));

  it('follows the line between two boxes, forth and back', () => {
    const way = packetWay(graph, 5, 6);
    const line = graph.lines.find(({ from }) => from === 'visit-4');
    expect(way.slice(1, -1)).toEqual(line?.points);
    expect(packetWay(graph, 6, 5)).toEqual(way.toReversed());
  });

  it('runs down the ribbon inside a box', () => {
    const [start, end] = packetWay(graph, 2, 3);
    expect(start?.x).toBe(end?.x);
    expect(end?.y).toBeGreaterThan(start?.y ?? Infinity);
  });

  it('is sampled at equal distances, ends included', () => {
    const points = sampled(
      [
        { x: 0, y: 0 },
        { x: 30, y: 0 },
        { x: 30, y: 10 },
      ],
      4,
    );
    expect(points).toEqual([
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 20, y: 0 },
      { x: 30, y: 0 },
      { x: 30, y: 10 },
    ]);
  });
});

describe('what is looked at', () => {
  const journey = traceOf(`
    -/network ${CLIENT}
    web/kernel ${CLIENT}
    web/proxy ${CLIENT}>${BOUND}
    |web/kernel ${BOUND}
    web/app ${BOUND}
  `);
  const graph = toGraph(journey);

  it('begins with the whole journey and ends with the hop’s own box, the way to it before the way on', () => {
    const sights = sightsOf(graph, 3);
    expect(sights[0]).toEqual({ x: 0, y: 0, width: graph.width, height: graph.height });
    expect(sights.at(-1)).toMatchObject({ x: graph.nodes[2]?.x, width: graph.nodes[2]?.width });
    expect(sights.at(-2)).toMatchObject({ x: graph.nodes[1]?.x });
  });

  it('always holds the hop', () => {
    for (const { visit, x, y, width, height } of graph.nodes)
      for (const sight of sightsOf(graph, visit.hops[0].n)) {
        expect(sight.x).toBeLessThanOrEqual(x);
        expect(sight.y).toBeLessThanOrEqual(y);
        expect(sight.x + sight.width).toBeGreaterThanOrEqual(x + width);
        expect(sight.y + sight.height).toBeGreaterThanOrEqual(y + height);
      }
  });

  it('is the whole journey while no hop is chosen', () => {
    expect(sightsOf(graph, null)).toHaveLength(1);
  });
});
