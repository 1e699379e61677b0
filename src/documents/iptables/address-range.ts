// The addresses between two, as `-m iprange` and `--to-source A-B` write them.
import type { IpAddress } from '../../base/ip.ts';

/** A range of addresses, both ends included. */
export interface AddressRange {
  readonly from: IpAddress;
  readonly to: IpAddress;
}
