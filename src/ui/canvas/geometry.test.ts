// The picture of every gallery sample, folded and open: no box on another, no line through a box, no label on anything.
import { describe, expect, it } from 'vitest';
import { simulate } from '../../engine/trace/simulate.ts';
import { defaultFolds, keyHopsOf, staysOf } from '../../graph/folds.ts';
import { toGraph, type Graph } from '../../graph/graph.ts';
import { CUT_LABEL } from '../../graph/grid.ts';
import type { Point } from '../../graph/node.ts';
import { packetAt, sampled } from '../../graph/packet-way.ts';
import { hostOf } from '../../graph/sources.ts';
import { visitsOf } from '../../graph/visits.ts';
import { samples } from '../../samples/samples.ts';

interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

function inside({ x, y }: Point, box: Box): boolean {
  return x > box.x + 0.5 && x < box.x + box.width - 0.5 && y > box.y + 0.5 && y < box.y + box.height - 0.5;
}

function meet(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function boxesOf(graph: Graph): readonly Box[] {
  const labels = graph.lines.flatMap(({ cut }) => (cut ? [{ ...cut.label, ...CUT_LABEL }] : []));
  return [...graph.nodes, ...graph.futures, ...labels];
}

function faultsOf(graph: Graph): string[] {
  const boxes = boxesOf(graph);
  const overlaps = boxes.flatMap((a, i) =>
    boxes.slice(i + 1).flatMap((b, k) => (meet(a, b) ? [`box ${i} on box ${i + 1 + k}`] : [])),
  );
  const crossings = graph.lines.flatMap((line) =>
    boxes.flatMap((box, i) =>
      sampled(line.points, 300).some((point) => inside(point, box)) ? [`${line.id} through box ${i}`] : [],
    ),
  );
  const outside = boxes.flatMap((box, i) =>
    box.x < 0 || box.y < 0 || box.x + box.width > graph.width || box.y + box.height > graph.height
      ? [`box ${i} outside`]
      : [],
  );
  return [...overlaps, ...crossings, ...outside];
}

describe.each(samples.map(({ id, scenario }) => [id, simulate(scenario).trace] as const))(
  '%s',
  (_id, trace) => {
    const all = new Set(staysOf(visitsOf(trace)).map(({ id }) => id));

    it.each([
      ['as it opens', defaultFolds(trace)],
      ['open', new Set<string>()],
      ['folded', all],
    ])('is drawn without faults: %s', (_name, folds) => {
      const graph = toGraph(trace, { folds });
      expect(faultsOf(graph)).toEqual([]);
      for (const { n } of trace.hops) expect(packetAt(graph, n)).not.toBeNull();
    });

    it('shows every change of the source even where a pod is folded', () => {
      const shown = toGraph(trace, { folds: all }).nodes.flatMap((node) =>
        node.visit.place === 'pod' ? keyHopsOf(node.visit) : node.visit.hops,
      );
      const changes = trace.hops.filter(({ before, after }) => hostOf(before.src) !== hostOf(after.src));
      expect(changes.filter((hop) => !shown.includes(hop))).toEqual([]);
    });

    it('keeps a folded stay on the side of its pod, across the lanes that the pod takes while it is open', () => {
      const { nodes, frames } = toGraph(trace, { folds: defaultFolds(trace) });
      const astray = nodes.filter(({ visit, cell, x, width }) => {
        const own = frames.find(({ pod }) => pod === visit.pod);
        if (visit.place !== 'pod' || !own) return visit.place === 'pod' && cell.column !== 0;
        return x <= own.x || x + width >= own.x + own.width;
      });
      expect(astray).toEqual([]);
    });

    it('stays below sixty boxes', () => {
      expect(toGraph(trace, { folds: defaultFolds(trace) }).nodes.length).toBeLessThan(60);
    });
  },
);
