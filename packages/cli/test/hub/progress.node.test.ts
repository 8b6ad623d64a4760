import { describe, expect, it } from 'vitest';
import { TransferProgress } from '../../src/hub/transfer.ts';
import { memoryIo } from '../memory-io.ts';

const chunk = (unitsDone: number, retries = 0) => ({
  items: [],
  outcomes: [],
  issues: [],
  resume: '',
  progress: {
    unitsDone,
    unitsTotal: 20,
    pointsDone: unitsDone * 10,
    pointsTotal: 200,
    requests: unitsDone + 1,
    retries,
    bytes: 0,
  },
});

const address = { scope: 'address', max: 120, per: 60_000 };
const waiting = (milliseconds: number, limit: typeof address | null = address) => ({
  hub: 'eloverblik',
  operation: 'timeseries',
  milliseconds,
  limit,
});

describe('progress of a transfer', () => {
  it('is told on a terminal: share, metering points, requests, waits for the limit', () => {
    const { io, err } = memoryIo({ columns: 80 });
    let now = 0;
    const progress = new TransferProgress(
      { ...io, stdout: { write: (text) => io.stdout.write(text) } },
      () => (now += 1_000),
    );
    progress.chunk(chunk(1));
    progress.chunk(chunk(2, 3));
    progress.hook.waiting?.(waiting(42_000));
    progress.clear();
    expect(err()).toContain('10 % 20 of 200 metering points, 3 requests, 3 sent again');
    expect(err()).toContain('3 sent again; waiting 42 s: eloverblik takes 120 requests');
    expect(err().endsWith('\r\u001b[K')).toBe(true);
  });

  it('says of a wait in a line of its own, once for each limit, where there is no line of progress', () => {
    const { io, err } = memoryIo();
    const progress = new TransferProgress(io, () => 1e6);
    progress.hook.waiting?.(waiting(41_200, { scope: 'token', max: 2, per: 60_000 }));
    progress.hook.waiting?.(waiting(900));
    progress.chunk(chunk(1));
    progress.hook.waiting?.(waiting(30_000));
    progress.hook.waiting?.(waiting(20_000));
    progress.hook.waiting?.(waiting(60_000, null));
    expect(err()).toBe(
      'waiting 42 s: eloverblik takes 2 requests for a token in 60 s\n' +
        'waiting 30 s: eloverblik takes 120 requests from one address in 60 s\n' +
        'waiting 60 s: eloverblik asked for a pause (429)\n',
    );
  });

  it('is silent where standard error is no terminal', () => {
    const { io, err } = memoryIo();
    const progress = new TransferProgress(io, () => 1e6);
    progress.chunk(chunk(1));
    progress.clear();
    expect(err()).toBe('');
  });
});
