// One kernel setting of the network: where it stands under /proc/sys/net, and its value.
import type { Span } from '../../base/source.ts';

export interface Setting {
  /** `['ipv4', 'conf', 'eth0', 'rp_filter']`: names of interfaces may hold dots. */
  readonly path: readonly string[];
  readonly value: string;
  readonly span: Span;
}
