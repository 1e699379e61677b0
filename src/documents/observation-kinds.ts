// The rows of the table of kinds for what was seen on a running system.
import type { Source, Span } from '../base/source.ts';
import { isConntrackLine, readConntrack, startsConntrack } from './conntrack/list.ts';
import { readResponse, responseLines, startsResponse } from './http/read.ts';
import { isKernelTraceLine, readKernelTrace, startsKernelTrace } from './kerneltrace/read.ts';
import type { Content, LineKind } from './kind.ts';
import { isMetricsLine, readMetrics, startsMetrics } from './metrics/read.ts';
import type { Observation } from './observation.ts';
import { hexRows, isHexRow, readHexdump } from './proxyheader/hexdump.ts';
import { isPeerLine, readServerLog } from './serverlog/read.ts';
import { isSocketLine, readSockets, startsSockets } from './sockets/socket-table.ts';
import { isCaptureLine, readCapture, startsCapture } from './tcpdump/read.ts';

/** A reader whose `null` means that nothing of the kind was found. */
function observed(read: (source: Source, span: Span) => Observation | null): LineKind['read'] {
  return (source, span): Content | null => {
    const content = read(source, span);
    return content && { content, diagnostics: [] };
  };
}

export const OBSERVATION_KINDS: readonly LineKind[] = [
  {
    kind: 'kernel-trace',
    starts: startsKernelTrace,
    inside: () => isKernelTraceLine,
    read: observed((source, span) => {
      const steps = readKernelTrace(source, span);
      return steps && { kind: 'kernel-trace', steps };
    }),
  },
  {
    kind: 'conntrack',
    starts: startsConntrack,
    inside: () => isConntrackLine,
    read: observed((source, span) => {
      const entries = readConntrack(source, span);
      return entries && { kind: 'conntrack', entries };
    }),
  },
  {
    kind: 'sockets',
    starts: startsSockets,
    inside: () => isSocketLine,
    read: observed((source, span) => {
      const sockets = readSockets(source, span);
      return sockets && { kind: 'sockets', sockets };
    }),
  },
  {
    kind: 'packet-capture',
    starts: startsCapture,
    inside: () => isCaptureLine,
    read: observed((source, span) => {
      const packets = readCapture(source, span);
      return packets && { kind: 'packet-capture', packets };
    }),
  },
  {
    kind: 'proxy-header',
    starts: isHexRow,
    inside: hexRows,
    read: observed((source, span) => {
      const header = readHexdump(source, span);
      return header && { kind: 'proxy-header', header };
    }),
  },
  {
    kind: 'http-response',
    starts: startsResponse,
    inside: responseLines,
    read: observed((source, span) => ({ kind: 'http-response', response: readResponse(source, span) })),
  },
  {
    kind: 'metrics',
    starts: startsMetrics,
    inside: () => isMetricsLine,
    read: observed((source, span) => {
      const samples = readMetrics(source, span);
      return samples && { kind: 'metrics', samples };
    }),
  },
  {
    kind: 'server-log',
    starts: isPeerLine,
    inside: () => isPeerLine,
    read: observed((source, span) => {
      const lines = readServerLog(source, span);
      return lines && { kind: 'server-log', lines };
    }),
  },
];
