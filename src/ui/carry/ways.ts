// The ways to carry a client's address that are set side by side: their worked cases, in the order of the table.
export const WAYS = [
  { id: 'carry-full-nat', way: 'none' },
  { id: 'carry-xff', way: 'xff' },
  { id: 'carry-dnat', way: 'dnat' },
  { id: 'carry-transparent-proxy', way: 'transparent' },
  { id: 'carry-toa', way: 'toa' },
  { id: 'carry-proxy-protocol', way: 'proxyProtocol' },
] as const;

/** Whether a worked case is one of them. */
export function isWay(id: string | undefined): boolean {
  return WAYS.some((each) => each.id === id);
}
