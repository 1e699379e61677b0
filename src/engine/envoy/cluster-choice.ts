// Which cluster a route or TCP proxy picks: its name, a header's value, or one of several by weight.
// Rules: Envoy source/common/router/weighted_cluster_specifier.cc, config_impl.cc.
import type {
  ClusterChoice,
  ClusterSpecifier,
  WeightedCluster,
} from '../../documents/envoy/cluster-specifier.ts';
import type { Span } from '../../base/source.ts';
import { decision, finish, gapAt, next, reason, undecided, type Stage } from './outcome.ts';

export interface ClusterRequest {
  readonly header: (name: string) => readonly string[] | null;
  readonly random: number | null;
  readonly runtimeWeights: Readonly<Record<string, number>>;
  /** The cluster that a log shows for this request; decides among weights. */
  readonly observed: string | null;
  readonly notFoundStatus: number;
}

export interface ChosenCluster {
  readonly name: string;
  readonly span: Span;
}

type Weighted = Extract<ClusterSpecifier, { readonly kind: 'weighted' }>;

export function chooseCluster(specifier: ClusterSpecifier, request: ClusterRequest): Stage<ChosenCluster> {
  switch (specifier.kind) {
    case 'cluster':
    case 'cluster-header':
      return takeChoice(specifier, request);
    case 'weighted':
      return chooseWeighted(specifier, request);
    case 'plugin':
      return finish(
        undecided(reason('undecided.cluster-plugin', { plugin: specifier.name }), [specifier.span]),
      );
    case 'absent':
      return finish(undecided(reason('undecided.cluster-absent'), [specifier.span]));
  }
}

function takeChoice(choice: ClusterChoice, request: ClusterRequest): Stage<ChosenCluster> {
  if (choice.kind === 'cluster') {
    const { value: name, span } = choice.name;
    return next({ name, span }, decision('cluster', name, reason('cluster.named'), [span]));
  }
  const { value: header, span } = choice.header;
  const name = request.header(header.toLowerCase())?.[0] ?? '';
  if (name)
    return next({ name, span }, decision('cluster', name, reason('cluster.header', { header }), [span]));
  return finish({
    kind: 'respond',
    status: request.notFoundStatus,
    why: reason('respond.cluster-header-missing', { header }),
    spans: [span],
  });
}

function weightOf(entry: WeightedCluster, specifier: Weighted, request: ClusterRequest): number {
  const key =
    entry.cluster.kind === 'cluster' ? `${specifier.runtimeKeyPrefix}.${entry.cluster.name.value}` : '';
  return (specifier.runtimeKeyPrefix ? request.runtimeWeights[key] : undefined) ?? entry.weight;
}

function nameOf(entry: WeightedCluster): string {
  return entry.cluster.kind === 'cluster' ? entry.cluster.name.value : entry.cluster.header.value;
}

/** One entry has all the weight, or a random value decides, or a log; else every entry with a weight is possible. */
function chooseWeighted(specifier: Weighted, request: ClusterRequest): Stage<ChosenCluster> {
  const entries = specifier.clusters.map((entry) => ({ entry, weight: weightOf(entry, specifier, request) }));
  const possible = entries.filter(({ weight }) => weight > 0).map(({ entry }) => entry);
  const [only] = possible;
  if (!only) return finish(undecided(reason('undecided.no-weight'), [specifier.span]));
  const gap = gapAt('gap.weighted-clusters', specifier.gaps[0]);
  if (possible.length === 1 && !gap) return takeEntry(only, 'cluster.all-weight', request);
  const observed = possible.find((entry) => nameOf(entry) === request.observed);
  if (observed) return takeEntry(observed, 'cluster.observed', request);
  const random = randomValue(specifier, request);
  if (random === null || gap)
    return finish(
      undecided(
        reason('undecided.weighted-clusters', { clusters: possible.map(nameOf).join(', ') }),
        possible.map((entry) => entry.span),
        {
          clusters: possible.map(nameOf),
        },
      ),
    );
  return takeEntry(entryAt(entries, random) ?? only, 'cluster.weighted', request);
}

/** A header may give the value instead of the stream's random one. */
function randomValue(specifier: Weighted, request: ClusterRequest): number | null {
  const values = specifier.headerName ? request.header(specifier.headerName.toLowerCase()) : null;
  const given = values?.length === 1 && /^\d+$/.test(values[0] ?? '') ? Number(values[0]) : null;
  return given ?? request.random;
}

function entryAt(
  entries: readonly { readonly entry: WeightedCluster; readonly weight: number }[],
  random: number,
): WeightedCluster | null {
  const total = entries.reduce((sum, { weight }) => sum + weight, 0);
  let rest = random % total;
  for (const { entry, weight } of entries) {
    if (rest < weight) return entry;
    rest -= weight;
  }
  return null;
}

function takeEntry(entry: WeightedCluster, code: string, request: ClusterRequest): Stage<ChosenCluster> {
  const stage = takeChoice(entry.cluster, request);
  if (stage.kind === 'end' || code === '') return stage;
  const why = reason(code, { weight: entry.weight });
  return next(stage.value, decision('cluster', stage.value.name, why, [stage.value.span, entry.span]));
}
