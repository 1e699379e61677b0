// One end of a connection, as observations print it.
import type { IpAddress } from '../base/ip.ts';

export interface Endpoint {
  readonly address: IpAddress;
  /** Null where the text shows none, or `*`. */
  readonly port: number | null;
}
