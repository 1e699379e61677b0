import { describe, expect, it } from 'vitest';
import { simulate } from '../../engine/trace/simulate.ts';
import { toGraph } from '../../graph/graph.ts';
import { wordsOf } from '../../i18n/languages.ts';
import { sampleOf, samples } from '../../samples/samples.ts';
import { markdownOf } from './markdown.ts';
import { mermaidOf } from './mermaid.ts';
import { fitted, svgOf } from './svg.ts';

const CASES = samples.map(({ id, scenario }) => [id, simulate(scenario)] as const);

describe.each(CASES)('%s', (_id, simulation) => {
  const { trace } = simulation;
  const words = wordsOf('en');

  it('is a picture that names every source address, on an opaque ground', () => {
    const graph = toGraph(trace);
    const svg = svgOf({ graph, trace, words, title: 'a <b> & "c"' }, true);
    expect(svg).toContain('a &lt;b&gt; &amp; &quot;c&quot;');
    for (const source of graph.sources) expect(svg).toContain(`>${source}<`);
    expect(svg.match(/<text/g)?.length).toBe(svg.match(/<\/text>/g)?.length);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('is a sequence with no message between strangers', () => {
    const lines = mermaidOf(trace, words).trim().split('\n');
    const known = new Set(lines.flatMap((line) => /participant (\w+)/.exec(line)?.[1] ?? []));
    const used = lines.flatMap((line) => [...(/^ {2}(p\d+)-->?>?(p\d+):/.exec(line)?.slice(1) ?? [])]);
    expect(lines[0]).toBe('sequenceDiagram');
    expect(used.filter((id) => !known.has(id))).toEqual([]);
  });

  it('is a report with a row for each hop', () => {
    const rows = markdownOf('The answer', simulation.trace, words)
      .split('\n')
      .filter((line) => /^\| \d+ \|/.test(line));
    expect(rows).toHaveLength(trace.hops.length);
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(9);
  });
});

it('cuts what does not fit, counting Chinese signs as wide', () => {
  expect(fitted('short', 100, 10)).toBe('short');
  expect(fitted('a-very-long-name-of-a-chain', 61, 10)).toBe('a-very-lo…');
  expect(fitted('一二三四五六七八', 61, 10).length).toBeLessThan(8);
});

it('says which hops of a loop repeat, in each format', () => {
  const { trace } = simulate(sampleOf('loop-missing-rule')!.scenario);
  const words = wordsOf('en');
  expect(trace.lap).not.toBeNull();
  const told = words.t('lap.hops', { from: trace.lap?.from ?? 0, to: trace.lap?.to ?? 0 });
  expect(svgOf({ graph: toGraph(trace), trace, words, title: '' }, false)).toContain(told);
  expect(markdownOf('The answer', trace, words)).toContain(told);
  const frame = /\n {2}loop (.*)\n([^]*)\n {2}end\n$/.exec(mermaidOf(trace, words));
  expect(frame?.[1]).toBe(told);
  expect(frame?.[2]).toContain('127.0.0.6:*');
});
