// Work that can wait until the page has nothing else to do.

/** Begins after `latest` milliseconds however busy the page is. Returns the way to call it off. */
export function whenIdle(work: () => void, latest: number): () => void {
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(work, 50);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work, { timeout: latest });
  return () => cancelIdleCallback(handle);
}
