// The page without a network: keeps every file of one build and answers from what is kept. Other requests it leaves
// alone; there are none. The build fills in version and files.
const KEPT = 'sidetrace-VERSION_OF_BUILD';
const FILES = ['FILES_OF_BUILD'];

/** A new build takes over at once: its page asks for its own files by name. */
self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(KEPT)
      .then((cache) => cache.addAll(FILES))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names
            .filter((name) => name.startsWith('sidetrace-') && name !== KEPT)
            .map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

/** The page itself is asked for anew where there is a network, so that a new build is seen at the next visit. */
async function answer(request) {
  const cache = await caches.open(KEPT);
  const page = request.mode === 'navigate';
  if (page) {
    const fresh = await fetch(request).catch(() => null);
    if (fresh?.ok) return fresh;
  }
  // A server that answers by origin says so of files that are the same for all.
  const kept = await cache.match(page ? './' : request, { ignoreSearch: true, ignoreVary: true });
  return kept ?? fetch(request);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const isOwn = new URL(request.url).href.startsWith(self.registration.scope);
  if (request.method === 'GET' && isOwn) event.respondWith(answer(request));
});
