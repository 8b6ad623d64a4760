import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tlsFetch } from '@metergram/datahub/node';
import { main } from '../../src/main.ts';
import { memoryIo } from '../memory-io.ts';
import { bin, metergram, type Ran, serveHub } from './processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'metergram-serve-'));
const write = (name: string, value: unknown): void =>
  writeFileSync(
    join(folder, name),
    typeof value === 'string' ? value : JSON.stringify(value, null, 1),
  );
const generate = [{ first: '57131310000000000', count: 3, resolution: 'PT1H' }];
const good = { schema: 'metergram.testhub/1', now: '2026-11-20T10:00:00Z', generate };

beforeAll(() => write('good.json', good));
afterAll(() => rmSync(folder, { recursive: true }));

/** Ends by itself where the data is refused; a hub that came up by mistake ends with its input. */
function serve(words: readonly string[], input = ''): Ran {
  return metergram(['hub', 'serve', ...words, '--until-stdin-ends'], { cwd: folder, input });
}

describe('metergram hub serve, given a file that is none of a hub', () => {
  it.each<[unknown, RegExp]>([
    [{ ...good, schema: 'metergram.testhub/9' }, /schema\/not-in-list at \/schema: must be one of/],
    [{ ...good, meters: [] }, /schema\/unknown-property at \/meters/],
    [
      { generate: [{ ...generate[0], cuont: 3 }] },
      /schema\/unknown-property at \/generate\/0\/cuont/,
    ],
    [{}, /testhub\/empty: holds nothing/],
    [[], /schema\/wrong-type: must be an object, not a list/],
    ['{"hex":"00"}\n{"hex":"01"}\n', /schema\/not-json: is no JSON: .*position/],
    ['', /schema\/not-json/],
    ['0F44AE0C7856341201074447780B134365871E6D\n', /schema\/not-json/],
    ['manufacturer,id,key\nKAM,12345678,00\n', /no column meter: .* not what metergram aggregate/],
    ['meter,start,end,value,unit,quality,revision\n', /has no rows/],
  ])('refuses it with 2 and says why (%#)', (content, message) => {
    write('bad', content);
    const { code, out, err } = serve(['eloverblik', '--data', 'bad']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err).toContain('metergram simulate --format testhub');
  });

  it('tells every fault, up to twenty, and how many more there are', () => {
    const point = { id: '1', kind: 'tea', medium: 'electricity' };
    write('bad', { meteringPoints: Array.from({ length: 30 }, () => point) });
    const { code, err } = serve(['eloverblik', '--data', 'bad']);
    expect(code).toBe(2);
    expect(err.match(/schema\/not-in-list at \/meteringPoints\/\d+\/kind/g)).toHaveLength(20);
    expect(err).toContain('and 10 more');
  });

  it('refuses a hub that the data has nothing for', () => {
    write('points.json', {
      meteringPoints: [{ id: '1', kind: 'consumption', medium: 'electricity' }],
    });
    const prices = serve(['entsoe', '--data', 'points.json']);
    expect(prices).toMatchObject({ code: 2, out: '' });
    expect(prices.err).toContain('nothing for entsoe; it needs prices');
    write('prices.json', {
      hub: { prices: { from: '2026-01-01T00:00Z', to: '2026-01-02T00:00Z' } },
    });
    const points = serve(['eloverblik', '--data', 'prices.json']);
    expect(points).toMatchObject({ code: 2, out: '' });
    expect(points.err).toContain('nothing for eloverblik; it needs metering points');
  });

  it.each([
    [['eloverblik'], /serve needs --data FILE; metergram simulate --format testhub/],
    [[], /serve takes one hub: eloverblik, elhub/],
    [['elhbu', '--data', 'good.json'], /did you mean the hub elhub/],
    [['elhub', '--data', 'none.json'], /cannot read none.json: there is no such file/],
    [['elhub', '--data', 'good.json', '--port', '70000'], /--port is 0 to 65535/],
    [['elhub', '--data', 'good.json', '--clock', 'stopped'], /--clock is one of running, moved/],
    [['elhub', '--data', '-'], /both want the input/],
    [['elhub', '--data', 'good.json', '--out', 'good.json'], /cannot write good.json/],
  ])('refuses %j', (words, message) => {
    const { code, out, err } = serve(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });
});

describe('metergram hub serve', () => {
  it('says that a port is taken', async () => {
    const hub = await serveHub('elhub', { cwd: folder, data: 'good.json', out: 'first' });
    try {
      const { port } = new URL(hub.address.origin);
      const { code, out, err } = serve(['elhub', '--data', 'good.json', '--port', port]);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain(`port ${port} is taken`);
    } finally {
      await hub.stop();
    }
  });

  it('tells by its Date header which time it is there', async () => {
    const hub = await serveHub('elhub', {
      cwd: folder,
      data: 'good.json',
      out: 'dated',
      more: ['--clock', 'moved'],
    });
    try {
      const fetch = tlsFetch({ ca: readFileSync(join(folder, 'dated/ca.pem'), 'utf8') });
      const signal = AbortSignal.timeout(10_000);
      const answer = await fetch(`${hub.address.origin}/`, {
        method: 'GET',
        headers: {},
        signal,
        redirect: 'manual',
      });
      expect(answer.headers.get('date')).toBe('Fri, 20 Nov 2026 10:00:00 GMT');
      await answer.arrayBuffer();
      await fetch.close();
      expect(hub.address.now).toBe(Date.parse(good.now));
    } finally {
      await hub.stop();
    }
  });

  it.skipIf(process.platform === 'win32')('takes what the simulator pipes to it', async () => {
    const command = (words: string): string => `"${process.execPath}" "${bin}" ${words}`;
    const line =
      `${command('simulate --format testhub')} 2>/dev/null | ` +
      `exec ${command('hub serve eloverblik --data - --out piped')}`;
    const child = spawn('sh', ['-c', line], { cwd: folder, detached: true });
    try {
      const [text] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
      expect(JSON.parse(text)).toMatchObject({ hub: 'eloverblik' });
      const credentials = ['--credentials', 'piped/credentials.json'];
      const points = metergram(['hub', 'points', '--hub', 'eloverblik', ...credentials], {
        cwd: folder,
      });
      expect(points.out.trimEnd().split('\n')).toHaveLength(7);
      expect(existsSync(join(folder, 'piped/ca.pem'))).toBe(true);
      expect(readFileSync(join(folder, 'piped/credentials.json'), 'utf8')).toContain(
        '"clock": "hub"',
      );
    } finally {
      process.kill(-child.pid!, 'SIGTERM');
      await once(child, 'close');
    }
  });

  it('counts its metering points at Elhub too, and prices with them', async () => {
    const ask = (words: readonly string[]): Ran =>
      metergram(['hub', ...words, '--credentials', 'counted/credentials.json'], { cwd: folder });
    const elhub = await serveHub('elhub', { cwd: folder, data: 'good.json', out: 'counted' });
    const points = ask(['points', '--hub', 'elhub']);
    const consents = ask(['consents', '--hub', 'elhub', '--format', 'jsonl']);
    await elhub.stop();
    expect(points.out.trimEnd().split('\n')).toHaveLength(4);
    expect(JSON.parse(consents.out)).toMatchObject({ state: 'active' });
    const entsoe = await serveHub('entsoe', { cwd: folder, data: 'good.json', out: 'counted' });
    const day = ['--from', '2026-11-20', '--to', '2026-11-21'];
    const some = ask(['prices', '--hub', 'entsoe', '--area', 'FI', ...day]);
    const none = ask([
      'prices',
      '--hub',
      'entsoe',
      '--area',
      'FI',
      '--from',
      '2026-11-21',
      '--to',
      '2026-11-22',
    ]);
    await entsoe.stop();
    expect(some.code).toBe(0);
    expect(some.out.trimEnd().split('\n')).toHaveLength(97);
    // Tomorrow was not auctioned yet: that is told, and no zero.
    expect(none.code).toBe(1);
    expect(none.out.trimEnd().split('\n')).toHaveLength(1);
    expect(none.err).toMatch(/^FI: no-data: hub\/no-data/);
  });
});

it('keeps a terminal free of certificates and keys that a folder has been given', async () => {
  const data = join(folder, 'good.json');
  const words = ['hub', 'serve', 'eloverblik', '--data', data, '--until-stdin-ends'];
  const shown = async (more: readonly string[]) => {
    const { io, out, err } = memoryIo({ stdin: '', columns: 80 });
    expect(await main([...words, ...more], io)).toBe(0);
    expect(err()).toMatch(/^eloverblik for tests at https:/);
    return out();
  };
  expect(await shown(['--out', join(folder, 'told')])).toBe('');
  expect(existsSync(join(folder, 'told', 'credentials.json'))).toBe(true);
  // Without a folder it stands nowhere else.
  expect(JSON.parse(await shown([]))).toHaveProperty('credentials');
});
