// Keeps the page for visits without a network. A page of one file needs no keeping.

export function keepOffline(): void {
  if (!import.meta.env.PROD || import.meta.env['SINGLE_FILE'] || !('serviceWorker' in navigator)) return;
  navigator.serviceWorker.register('./sw.js').catch(() => {
    // Forbidden, or no secure context: the page works all the same while there is a network.
  });
}
