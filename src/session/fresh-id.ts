// A name that nothing else bears.

/** Not `randomUUID`, which a page served over plain HTTP does not have. */
export function freshId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
