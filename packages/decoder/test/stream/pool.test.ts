import { afterEach, describe, expect, it } from 'vitest';
import { encoded } from '../../src/encode.ts';
import { createDecoderSync, type KeyEntry } from '../../src/index.ts';
import { createPool, type DecoderPool, type PoolWorker } from '../../src/pool.ts';
import type { TelegramSource } from '../../src/stream.ts';
import { spawner } from './spawn.ts';

const isNode = typeof process !== 'undefined' && Boolean(process.versions?.node);
const spawn = await spawner();

const KEYS = 40;
const keyOf = (meter: number): Uint8Array =>
  Uint8Array.from({ length: 16 }, (_, i) => (meter * 7 + i * 13) & 255);
const idOf = (meter: number): string => String(20_000_000 + meter);
const keys: KeyEntry[] = Array.from({ length: KEYS }, (_, meter) => ({
  manufacturer: 'XMG',
  id: idOf(meter),
  key: keyOf(meter),
}));

/** The `turn`th telegram of a meter, by radio and encrypted or on a wire. */
function telegram(meter: number, turn: number): Uint8Array {
  return encoded({
    link: meter % 2 === 0 ? { kind: 'wireless', format: null } : { kind: 'wired-long', address: 1 },
    meter: { manufacturer: 'XMG', id: idOf(meter), version: 1, medium: 'water' },
    transport: {
      header: meter % 2 === 0 ? 'short' : 'long',
      accessNumber: turn & 255,
      ...(meter % 2 === 0 ? { security: { mode: 5, key: keyOf(meter) } } : {}),
    },
    records: [{ quantity: 'volume', unit: 'm3', value: `${turn}.000` }],
  });
}

const many = Array.from({ length: 600 }, (_, i) => telegram(i % KEYS, Math.floor(i / KEYS)));
const alone = (() => {
  const decoder = createDecoderSync({ keys });
  return many.map((bytes) => decoder.decode(bytes));
})();

let pool: DecoderPool | undefined;
afterEach(() => pool?.close());

async function started(workers: number, make: () => PoolWorker = () => spawn()) {
  pool = await createPool({ spawn: make, workers, keys });
  return pool;
}

async function found(from: DecoderPool, source: TelegramSource, most: number) {
  const telegrams: unknown[] = [];
  const order: number[] = [];
  const errors: string[] = [];
  for await (const { batch, error, index } of from.decode(source, { most }))
    index.forEach((at, i) => {
      order.push(at);
      if (batch === null) errors.push(`${at}: ${error?.code}`);
      else telegrams[at] = batch.telegram(i);
    });
  return { telegrams, order, errors };
}

describe('a pool of workers', () => {
  it('says what one decoder says, and keeps each meter in order', async () => {
    const { errors, order, telegrams } = await found(await started(3), many, 64);
    expect(errors).toEqual([]);
    expect(telegrams).toEqual(alone);
    for (let meter = 0; meter < KEYS; meter++) {
      const turns = order.filter((at) => at % KEYS === meter);
      expect(turns).toEqual(turns.toSorted((a, b) => a - b));
    }
  });

  it('works at several sources at once', async () => {
    const shared = await started(2);
    const both = await Promise.all([
      found(shared, many.slice(0, 200), 16),
      found(shared, many.slice(200, 400), 16),
    ]);
    expect(both.map(({ telegrams }) => telegrams)).toEqual([
      alone.slice(0, 200),
      alone.slice(200, 400),
    ]);
  });

  it('reads no further ahead than its workers may have waiting', async () => {
    let read = 0;
    function* source() {
      for (const bytes of many) {
        read++;
        yield bytes;
      }
    }
    for await (const { index } of (await started(2)).decode(source(), { most: 10 })) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      // two portions at each of two workers, one taken, one being made
      expect(read).toBeLessThanOrEqual(60);
      expect(index.length).toBeGreaterThan(0);
      break;
    }
  });

  it('goes on when a worker fails, and tells which telegrams are lost', async () => {
    let made = 0;
    const from = await started(2, () => (made++, spawn('poison')));
    const poisoned = [...many.slice(0, 100), Uint8Array.of(0x0d), ...many.slice(100, 200)];
    const { errors, telegrams } = await found(from, poisoned, 1);
    expect(errors).toEqual(['100: pool/worker']);
    expect(telegrams.toSpliced(100, 1)).toEqual(alone.slice(0, 200));
    expect(made).toBe(3);
  });

  it('tells which telegrams a worker could not read, and keeps the worker', async () => {
    let made = 0;
    const from = await started(2, () => (made++, spawn('unread')));
    const unread = [...many.slice(0, 100), Uint8Array.of(0x0d), ...many.slice(100, 200)];
    const { errors, telegrams } = await found(from, unread, 1);
    expect(errors).toEqual(['100: pool/worker']);
    expect(telegrams.toSpliced(100, 1)).toEqual(alone.slice(0, 200));
    expect(made).toBe(2);
  });

  it('gives up a place that no worker can be made for any more', async () => {
    let made = 0;
    const from = await started(2, () => {
      if (made++ < 2) return spawn('poison');
      throw new Error('no more workers');
    });
    const poisoned = [...many.slice(0, 100), Uint8Array.of(0x0d), ...many.slice(100, 200)];
    const { errors, order } = await found(from, poisoned, 1);
    expect(errors[0]).toBe('100: pool/worker');
    expect(order.toSorted((a, b) => a - b)).toEqual([...poisoned.keys()]);
    expect(made).toBe(4);
  });

  // A worker of Node ends with an error that nothing catches; one of the web lives on.
  describe.skipIf(isNode)('of the web', () => {
    it('hands on every answer of workers that throw errors of their own', async () => {
      let made = 0;
      const from = await started(2, () => (made++, spawn('stray')));
      const { errors, telegrams } = await found(from, many, 3);
      expect(errors).toEqual([]);
      expect(telegrams).toEqual(alone);
      expect(made).toBe(2);
    });

    it('goes on when a worker ends without a word', async () => {
      let made = 0;
      const from = await started(2, () => (made++, spawn('gone')));
      const poisoned = [...many.slice(0, 100), Uint8Array.of(0x0d), ...many.slice(100, 200)];
      const { errors, telegrams } = await found(from, poisoned, 1);
      expect(errors).toEqual(['100: pool/worker']);
      expect(telegrams.toSpliced(100, 1)).toEqual(alone.slice(0, 200));
      expect(made).toBe(3);
    });

    it('does not begin where the file of a worker is missing', async () => {
      const missing = (): PoolWorker =>
        new Worker(new URL('/no/such/worker.js', location.href), { type: 'module' });
      await expect(started(1, missing)).rejects.toThrow('pool/worker');
    });
  });

  it('does not begin with workers that cannot', async () => {
    await expect(started(2, () => spawn('never'))).rejects.toThrow('pool/worker');
    const none = (): PoolWorker => {
      throw new Error('no workers here');
    };
    await expect(started(2, none)).rejects.toThrow('pool/worker: no workers here');
    await expect(started(0)).rejects.toThrow('pool/options');
    await expect(
      createPool({ spawn, workers: 1, keys: [{ manufacturer: 'XMG', id: '1', key: 'no' }] }),
    ).rejects.toMatchObject({ code: 'key/meter' });
  });

  it('is aborted, and goes on with other work', async () => {
    const from = await started(2);
    const abort = new AbortController();
    const reason = new Error('enough');
    const reading = (async () => {
      for await (const { index } of from.decode(many, { most: 8, signal: abort.signal }))
        if ((index[0] as number) > 50) abort.abort(reason);
    })();
    await expect(reading).rejects.toBe(reason);
    expect((await found(from, many.slice(0, 50), 8)).telegrams).toEqual(alone.slice(0, 50));
  });

  it('when closed ends what is under way, and takes no more', async () => {
    const from = await started(2);
    const reading = (async () => {
      for await (const _ of from.decode(many, { most: 4 })) await from.close();
    })();
    await expect(reading).rejects.toMatchObject({ code: 'pool/closed' });
    await expect(found(from, many, 4)).rejects.toMatchObject({ code: 'pool/closed' });
  });

  it('leaves the keys of its caller as they are', async () => {
    const key = keyOf(1);
    const own = await createPool({
      spawn,
      workers: 1,
      keys: [{ manufacturer: 'XMG', id: '*', key }],
    });
    await own.close();
    expect(key).toEqual(keyOf(1));
  });
});
