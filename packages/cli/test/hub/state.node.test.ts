import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Clock, Limiter } from '@metergram/datahub';
import { Secret } from '@metergram/datahub/node';
import { HubState, stateFor } from '../../src/hub/state.ts';
import { memoryIo } from '../memory-io.ts';
import { bin, metergram, type Ran, serveHub } from './processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'metergram-state-'));
const at = (name: string): string => join(folder, name);
const generate = [{ first: '57131310000000000', count: 3, resolution: 'PT1H' }];
writeFileSync(at('data.json'), JSON.stringify({ now: '2026-11-20T10:00:00Z', generate }));
afterAll(() => rmSync(folder, { recursive: true }));

const origin = 'https://hub.test';
const limits = [{ scope: 'token', max: 2, per: 60_000 }];
let machine = Date.UTC(2026, 10, 20);
/** A clock that differs from the machine's, and moves with it. */
const clock = (ahead = 0): Clock => ({
  now: () => machine + ahead,
  sleep: () => Promise.reject(new Error('nobody sleeps here')),
});

describe('the state between commands', () => {
  it('hands limits on, by any clock, and forgets what is over', async () => {
    const state = new HubState(at('limits.json'), () => machine);
    const first = new Limiter({ clock: clock(), limits });
    for (const _ of [1, 2]) (await first.acquire([{ scope: 'token' }])).done();
    first.pause({ scope: 'address' }, machine + 600_000);
    state.keepLimits(origin, first.state(), clock());
    machine += 20_000;
    const off = clock(-3_600_000);
    const kept = new HubState(at('limits.json'), () => machine).limits(origin, off);
    const second = new Limiter({
      clock: off,
      limits,
      ...(kept === undefined ? {} : { state: kept }),
    });
    const waits: unknown[] = [];
    const tell = (ms: number, limit: unknown): void => void waits.push([ms, limit]);
    await expect(second.acquire([{ scope: 'token' }], undefined, tell)).rejects.toThrow('nobody');
    await expect(second.acquire([{ scope: 'address' }], undefined, tell)).rejects.toThrow('nobody');
    expect(waits).toEqual([
      [40_000, limits[0]],
      [580_000, null],
    ]);
    machine += 600_000;
    state.keepLimits(
      'https://other.test',
      new Limiter({ clock: clock(), limits }).state(),
      clock(),
    );
    expect(readFileSync(at('limits.json'), 'utf8')).not.toContain(origin);
  });

  it('keeps a token so that only the credential opens it', () => {
    const state = new HubState(at('tokens.json'), () => machine);
    const [refresh, access] = ['refresh-seeded-4711', 'access-seeded-0815'];
    const tokens = state.tokens(origin, 'eloverblik', refresh, clock());
    tokens.save({ secret: new Secret(access), expires: machine + 1_000 });
    const text = readFileSync(at('tokens.json'), 'utf8');
    for (const secret of [refresh, access]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString('base64url'));
    }
    expect(statSync(at('tokens.json')).mode & 0o077).toBe(0);
    const again = new HubState(at('tokens.json'), () => machine);
    const load = (name: string, credential: string, hub = origin): string | undefined =>
      again.tokens(hub, name, credential, clock()).load()?.secret.expose();
    expect(load('eloverblik', refresh)).toBe(access);
    expect(load('eloverblik', 'another')).toBeUndefined();
    expect(load('eloverblik-thirdparty', refresh)).toBeUndefined();
    expect(load('eloverblik', refresh, 'https://other.test')).toBeUndefined();
    // A longer life than the hub gave is no life at all.
    const longer = text.replace(String(machine + 1_000), String(machine + 9_000));
    writeFileSync(at('tokens.json'), longer);
    expect(load('eloverblik', refresh)).toBeUndefined();
    writeFileSync(at('tokens.json'), text);
    machine += 1_000;
    expect(load('eloverblik', refresh)).toBeUndefined();
    tokens.save({ secret: new Secret(access), expires: machine + 1_000 });
    tokens.save(null);
    expect(readFileSync(at('tokens.json'), 'utf8')).not.toContain(origin);
  });

  it('takes no file that is something else or that others may read, and leaves it as it is', () => {
    for (const text of ['meter,time\n', '{"schema":"other/1"}', '[]']) {
      writeFileSync(at('mine'), text, { mode: 0o600 });
      expect(() => new HubState(at('mine'))).toThrow(/keeps limits/);
      expect(readFileSync(at('mine'), 'utf8')).toBe(text);
    }
    chmodSync(at('mine'), 0o644);
    expect(() => new HubState(at('mine'))).toThrow(/can be read by others/);
  });

  it('is the user’s own unless another is named, and none for a hub on this machine', () => {
    const { io } = memoryIo({ env: { HOME: at('home') } });
    expect(stateFor(undefined, 'https://127.0.0.1:4711', io)).toBeNull();
    expect(stateFor('none', origin, io)).toBeNull();
    expect(stateFor(undefined, origin, memoryIo().io)).toBeNull();
    const state = stateFor(undefined, origin, io);
    const paused = new Limiter({ clock: clock(), limits });
    paused.pause({ scope: 'address' }, machine + 1e9);
    state?.keepLimits(origin, paused.state(), clock());
    const file = at('home/.local/state/metergram/hub-state.json');
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(statSync(at('home/.local/state/metergram')).mode & 0o077).toBe(0);
  });

  it('is told of where it cannot be kept: once, and the work goes on', () => {
    const { io, err } = memoryIo({ env: { HOME: at('home') } });
    const limiter = new Limiter({ clock: clock(), limits });
    limiter.pause({ scope: 'address' }, machine + 1e9);
    writeFileSync(at('home/.local/state/metergram/hub-state.json'), 'something else');
    expect(stateFor(undefined, origin, io)).toBeNull();
    expect(err()).toMatch(/^note: limits are not kept: .*keeps limits\n$/);
    const state = stateFor(at('taken'), origin, io);
    mkdirSync(at('taken'), { mode: 0o700 });
    for (const _ of [1, 2]) state?.keepLimits(origin, limiter.state(), clock());
    expect(err().match(/limits are not kept in .*taken: cannot read/g)).toHaveLength(1);
  });
});

interface Report {
  readonly exchanges: readonly { readonly path: string; readonly status: number }[];
  readonly limits: readonly { readonly scope: string; readonly refused: number }[];
}

describe('commands in processes of their own, one after the other', () => {
  it('share a token and its limit', async () => {
    const hub = await serveHub('eloverblik', { cwd: folder, data: 'data.json', out: 'hub' });
    const { control, controlKey } = hub.address as unknown as Record<string, string>;
    const report = async (): Promise<Report> => {
      const answer = await fetch(`${control}/report`, {
        method: 'POST',
        headers: { 'x-control-key': controlKey as string },
      });
      return (await answer.json()) as Report;
    };
    const tokens = async (): Promise<number> =>
      (await report()).exchanges.filter(({ path }) => path.endsWith('/token')).length;
    const words = ['--credentials', 'hub/credentials.json'];
    const points = (name: string): Ran =>
      metergram(['hub', 'points', '--hub', name, ...words], { cwd: folder });
    try {
      // Four commands in a row would be two tokens too many.
      for (const _ of [1, 2, 3, 4])
        expect(points('eloverblik')).toMatchObject({ code: 0, err: '' });
      expect(await tokens()).toBe(1);
      expect(points('eloverblik-thirdparty')).toMatchObject({ code: 0, err: '' });
      expect(await tokens()).toBe(2);
      // Without its tokens the state still knows how many were asked for: the command waits instead of being refused.
      const state = at('hub/hub-state.json');
      const kept = JSON.parse(readFileSync(state, 'utf8')) as { tokens: object };
      writeFileSync(state, JSON.stringify({ ...kept, tokens: {} }));
      const child = spawn(
        process.execPath,
        [bin, 'hub', 'points', '--hub', 'eloverblik', ...words],
        { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
      );
      const [said] = (await once(child.stderr, 'data')) as [Buffer];
      child.kill('SIGKILL');
      await once(child, 'close');
      expect(said.toString()).toMatch(
        /^waiting \d+ s: eloverblik takes 2 requests for a token in 60 s\n$/,
      );
      expect((await report()).limits.every(({ refused }) => refused === 0)).toBe(true);
      const credentials = JSON.parse(readFileSync(at('hub/credentials.json'), 'utf8')) as {
        eloverblik: { refreshToken: string };
      };
      expect(readFileSync(state, 'utf8')).not.toContain(credentials.eloverblik.refreshToken);
      expect(readFileSync(state, 'utf8')).not.toContain('eyJ');
    } finally {
      await hub.stop();
    }
  }, 120_000);
});
