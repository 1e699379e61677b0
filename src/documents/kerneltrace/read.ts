// Any of the three notations of a kernel trace -> its steps.
import { linesOf, textAt, type Source, type Span } from '../../base/source.ts';
import { isMonitorLine, monitorReader } from './nft-monitor.ts';
import { isTraceLine, traceLineReader } from './trace-lines.ts';
import type { TracedStep } from './traced.ts';

export function startsKernelTrace(line: string): boolean {
  return isMonitorLine(line) || isTraceLine(line);
}

/** Events of rulesets that `nft monitor` prints between traces, and other messages of the kernel, are passed over. */
export function isKernelTraceLine(line: string): boolean {
  return startsKernelTrace(line) || line.trim() === '';
}

/** Null when no step could be read. */
export function readKernelTrace(source: Source, within: Span): TracedStep[] | null {
  const readers = [monitorReader(), traceLineReader()];
  const steps = Array.from(linesOf(source, within)).flatMap((line) => {
    const text = textAt(source, line);
    return readers.flatMap((read) => read(text, line) ?? []);
  });
  return steps.length > 0 ? steps : null;
}
