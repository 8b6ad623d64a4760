import { describe, expect, it } from 'vitest';
import { TransferProgress } from '../../src/hub-transfer.ts';
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
    progress.hook.wait?.({ hub: 'eloverblik', operation: 'timeseries', milliseconds: 42_000 });
    progress.clear();
    expect(err()).toContain('10 % 20 of 200 metering points, 3 requests, 3 sent again');
    expect(err()).toContain('waited 42 s for the hub');
    expect(err().endsWith('\r\u001b[K')).toBe(true);
  });

  it('is silent where standard error is no terminal', () => {
    const { io, err } = memoryIo();
    const progress = new TransferProgress(io, () => 1e6);
    progress.chunk(chunk(1));
    progress.clear();
    expect(err()).toBe('');
  });
});
