/**
 * Keeps the page for when there is no network, and says so when that is done. Where a browser has no service workers the
 * page works as before, online.
 */
export async function keepForOffline(sign: HTMLElement): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('offline.js');
    await navigator.serviceWorker.ready;
    sign.hidden = false;
  } catch {
    // Without storage, or from a place that may have no worker: the page works online.
  }
}
