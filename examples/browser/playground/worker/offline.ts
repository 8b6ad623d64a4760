declare const self: ServiceWorkerGlobalScope;
/** A hash over the page's files, and their names; the build puts them in. */
declare const VERSION: string;
declare const FILES: readonly string[];

const CACHE = `playground-${VERSION}`;

self.addEventListener('install', (event) => {
  // Beside the HTTP cache, which may hold a former version.
  const files = FILES.map((file) => new Request(file, { cache: 'reload' }));
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(files))
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
            .filter((name) => name.startsWith('playground-') && name !== CACHE)
            .map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

/** What is kept comes from what is kept: the page is one version, online and offline. Nothing else is asked for. */
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(
    caches
      .open(CACHE)
      .then((cache) => cache.match(request, { ignoreSearch: true }))
      .then((kept) => kept ?? fetch(request)),
  );
});
