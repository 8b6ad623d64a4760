import type { PoolWorker } from '../../src/pool.ts';

/** Makes a worker of this runtime, Node or Chromium, with a fault of fault.ts. */
export async function spawner(): Promise<(fault?: string) => PoolWorker> {
  if (typeof process === 'undefined' || !process.versions?.node) {
    const file = new URL('./web-worker.ts', import.meta.url);
    return (fault) =>
      new Worker(file, { type: 'module', ...(fault === undefined ? {} : { name: fault }) });
  }
  const { Worker: Thread } = await import('node:worker_threads');
  return (fault) => new Thread(new URL('./node-worker.ts', import.meta.url), { workerData: fault });
}
