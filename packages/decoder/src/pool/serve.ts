import { Decoder, createDecoder } from '../decoder.ts';
import { batchesOf } from '../stream.ts';
import { holdLife } from './life.ts';
import type { Probe, Start, Work } from './message.ts';
import { listen, type Port } from './port.ts';

/**
 * Makes a worker one of a pool's. A worker's file has only this:
 *
 * - Node: `import { parentPort } from 'node:worker_threads'; servePool(parentPort);`
 * - web: `servePool(self);`
 */
export function servePool(port: Port | null): void {
  if (port === null) throw new TypeError('pool/not-a-worker: there is no port to a parent here');
  let decoder: Decoder | undefined;
  const begin = async ({ keys, life, simd }: Start['start']): Promise<void> => {
    try {
      if (life !== undefined) await holdLife(life);
      decoder = await createDecoder({ keys, ...(simd === undefined ? {} : { simd }) });
      port.postMessage({ ready: true });
    } catch (error) {
      port.postMessage({ ready: String((error as Error).message) });
    } finally {
      // The decoder has its own copies.
      for (const { key } of keys) if (key instanceof Uint8Array) key.fill(0);
    }
  };
  listen(
    port,
    (message) => {
      if (typeof message !== 'object' || message === null) return;
      if ('start' in message) void begin((message as Start).start);
      else if ('probe' in message) port.postMessage({ alive: (message as Probe).probe });
      else if (decoder) decodeWork(port, decoder, message as Work);
    },
    (reason) => port.postMessage(decoder ? { unread: reason } : { ready: reason }),
    // Of what the worker's own code does, its parent is told by the browser.
    () => {},
  );
}

function decodeWork(port: Port, decoder: Decoder, { id, bytes, offsets, options }: Work): void {
  try {
    const count = offsets.length - 1;
    let from = 0;
    for (const batch of batchesOf(decoder, bytes, offsets, options)) {
      const { length, telegrams, records, issues, memory } = batch.detach();
      const last = from + length === count;
      const buffers = [telegrams, records, issues].flatMap((columns) =>
        Object.values(columns as unknown as Record<string, Uint8Array>).map(({ buffer }) => buffer),
      );
      port.postMessage({ id, from, last, length, telegrams, records, issues, memory }, [
        ...new Set([...buffers, memory.buffer]),
      ] as never);
      from += length;
    }
  } catch (error) {
    port.postMessage({ id, failed: String((error as Error).message) });
  }
}
