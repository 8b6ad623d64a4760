// A worker of the web that ends by itself, or is ended by the browser, says nothing of it. What it leaves behind is a lock.

/** A lock's name for a new worker; none where there are no locks, as on pages that were not loaded over HTTPS. */
export function newLife(): string | undefined {
  if (!globalThis.navigator?.locks) return undefined;
  // Locks are the origin's: a name that no other page of it has is what the browser calls a blob.
  const name = URL.createObjectURL(new Blob());
  URL.revokeObjectURL(name);
  return name;
}

/** In a worker: held from now on for as long as the worker lives. */
export async function holdLife(name: string): Promise<void> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return;
  await new Promise<void>((held, failed) => {
    locks
      .request(name, () => {
        held();
        return new Promise(() => {});
      })
      .catch(failed);
  });
}

/** Calls back when the worker that held the lock has gone, after the messages that it had sent. */
export function whenGone(name: string, tell: () => void): void {
  void globalThis.navigator?.locks?.request(name, () => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      tell();
    });
    port1.start();
    port2.postMessage(null);
  });
}
