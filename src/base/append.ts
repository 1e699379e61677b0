// Lists from pastes may be as long as the paste: spread as arguments, a hundred thousand items overflow the stack.

/** Puts the items at the end of the list, however many they are. */
export function append<T>(list: T[], items: readonly T[]): void {
  for (const item of items) list.push(item);
}
