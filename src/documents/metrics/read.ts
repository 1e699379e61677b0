// Prometheus' text format and Envoy's /stats -> samples. Histograms of /stats are passed over.
// https://prometheus.io/docs/instrumenting/exposition_formats/, https://www.envoyproxy.io/docs/envoy/latest/operations/admin#get--stats
import { linesOf, textAt, type Source, type Span } from '../../base/source.ts';
import type { MetricSample } from './sample.ts';

const NUMBER = String.raw`[-+]?(?:\d+(?:\.\d+)?(?:e[-+]?\d+)?|NaN|Inf)`;
const PROMETHEUS = new RegExp(`^\\s*([a-z_:][\\w:]*)(?:\\{(.*)\\})?\\s+(${NUMBER})(?:\\s+\\d+)?\\s*$`, 'i');
const LABELLED = /^\s*[a-z_:][\w:]*\{\s*[a-z_]\w*="/i;
const KNOWN = /^\s*(?:istio|envoy|pilot|citadel|galley|process|go|http|container)_\w+\s+[-+\d]/;
const DESCRIPTION = /^\s*# (?:HELP|TYPE) [a-z_:][\w:]*(?:\s|$)/i;
const STAT =
  /^\s*((?:cluster|listener|http|tcp|server|cluster_manager|listener_manager|main_thread|workers|vhost|istio|istiocustom|wasmcustom|wasm|rbac|runtime|filesystem|dns_filter|tls_inspector|listener_admin|component|reporter|control_plane)(?:\.\S+|=\S+)): (.*)$/;
const LABEL = /([a-z_]\w*)="((?:[^"\\]|\\.)*)"/gi;

export function startsMetrics(line: string): boolean {
  return (
    (LABELLED.test(line) && PROMETHEUS.test(line)) ||
    KNOWN.test(line) ||
    DESCRIPTION.test(line) ||
    isStat(line)
  );
}

function isStat(line: string): boolean {
  const value = STAT.exec(line)?.[2];
  return value !== undefined && /^(?:\d+$|No recorded values|P0\()/.test(value.trim());
}

export function isMetricsLine(line: string): boolean {
  return startsMetrics(line) || PROMETHEUS.test(line) || /^\s*(?:#.*)?$/.test(line);
}

function readLine(text: string, span: Span): MetricSample | null {
  const stat = STAT.exec(text);
  if (stat) {
    const value = Number(stat[2]);
    return Number.isInteger(value) ? { name: stat[1] ?? '', labels: {}, value, span } : null;
  }
  const found = PROMETHEUS.exec(text);
  if (!found) return null;
  const labels = Array.from(
    (found[2] ?? '').matchAll(LABEL),
    ([, name = '', value = '']) => [name, value] as const,
  );
  return { name: found[1] ?? '', labels: Object.fromEntries(labels), value: Number(found[3]), span };
}

/** Null when no sample could be read. */
export function readMetrics(source: Source, within: Span): MetricSample[] | null {
  const samples = Array.from(linesOf(source, within)).flatMap(
    (line) => readLine(textAt(source, line), line) ?? [],
  );
  return samples.length > 0 ? samples : null;
}
