// One sample of a metric: Prometheus' text format, or a line of Envoy's /stats.
import type { Span } from '../../base/source.ts';

export interface MetricSample {
  /** `istio_requests_total`, or Envoy's own dotted name. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly span: Span;
}
