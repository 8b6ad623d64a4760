import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestHub, type TestHub } from '@metergram/datahub/testing';
import { runIn } from '../../src/hub/command.ts';
import { UsageError } from '../../src/usage.ts';
import { memoryIo } from '../memory-io.ts';
import { data } from './setup.ts';

// The command against a hub in a process of its own.
const folder = mkdtempSync(join(tmpdir(), 'metergram-hub-'));
const at = (name: string): string => join(folder, name);

let hub: TestHub;
const secrets: string[] = [];

beforeAll(async () => {
  hub = await startTestHub({ hub: 'eloverblik', data });
  writeFileSync(at('points.bad'), '{ "meteringPoints": [] }\n');
  secrets.push(...Object.values(hub.credentials));
  const credentials = {
    eloverblik: { refreshToken: hub.credentials['customerRefreshToken'] },
    'eloverblik-thirdparty': { refreshToken: hub.credentials['thirdPartyRefreshToken'] },
  };
  writeFileSync(at('credentials.json'), JSON.stringify(credentials), { mode: 0o600 });
});
afterAll(async () => {
  await hub.stop();
  rmSync(folder, { recursive: true });
});

/** By the hub's clock, so that its two tokens a minute take no minutes. */
async function run(
  args: readonly string[],
  given: Parameters<typeof memoryIo>[0] = {},
): Promise<{ code: number; out: string; err: string }> {
  const { io, out, err } = memoryIo(given);
  let code: number;
  try {
    code = await runIn({ clock: hub.clock, fetch: hub.fetch }, args, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    // As main does with it.
    await io.stderr.write(`${error.message}; ${error.hint ?? ''}`);
    code = 2;
  }
  for (const text of [out(), err()])
    for (const secret of secrets) expect(text).not.toContain(secret);
  return { code, out: out(), err: err() };
}

const reach = (): string[] => ['--origin', hub.origin, '--credentials', at('credentials.json')];

describe('metergram hub', () => {
  it('lists metering points as CSV and JSON', async () => {
    const csv = await run(['points', '--hub', 'eloverblik', ...reach()]);
    expect(csv).toMatchObject({ code: 0, err: '' });
    const lines = csv.out.trimEnd().split('\n');
    expect(lines[0]).toBe('meteringPoint,kind,medium,parent,resolution,gridArea,zone');
    expect(lines).toHaveLength(13);
    expect(lines[1]).toBe('571313100000000003,consumption,electricity,,PT1H,,Europe/Copenhagen');
    const json = await run([
      'points',
      '--hub',
      'eloverblik-thirdparty',
      '--format',
      'json',
      ...reach(),
    ]);
    expect((JSON.parse(json.out) as unknown[]).length).toBe(12);
  });

  it('writes values with holes as empty fields, on the day of 25 hours too', async () => {
    const { code, out } = await run(
      [
        'series',
        '--hub',
        'eloverblik',
        '--from',
        '2026-10-25',
        '--to',
        '2026-10-26',
        '--points',
        '-',
        ...reach(),
      ],
      { stdin: '571313100000000003\n571313100000000010 # another\n' },
    );
    expect(code).toBe(0);
    const rows = out
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    expect(rows).toHaveLength(1 + 2 * 25);
    const missing = rows.filter(([, , , value]) => value === '');
    for (const row of missing) expect(row.slice(3, 7)).toEqual(['', 'kWh', 'missing', 'A02']);
    expect(rows[1]?.slice(1, 3)).toEqual(['2026-10-24T22:00:00Z', '2026-10-24T23:00:00Z']);
  });

  it('reads charges and consents', async () => {
    const charges = await run(['charges', '--hub', 'eloverblik', '571313100000000003', ...reach()]);
    expect(charges.out.split('\n')[1]).toBe(
      '571313100000000003,subscription,"Abonnement, ""net""",,2026-01-01T00:00:00Z,,1,21.50,DKK,month,exclusive,P1D',
    );
    const consents = await run([
      'consents',
      '--hub',
      'eloverblik-thirdparty',
      '--format',
      'jsonl',
      ...reach(),
    ]);
    expect(JSON.parse(consents.out)).toMatchObject({
      state: 'active',
      external: { system: 'eloverblik' },
    });
    const none = await run(['consents', '--hub', 'eloverblik', ...reach()]);
    expect(none).toMatchObject({ code: 1 });
    expect(none.err).toContain('hub/not-supported');
  });

  it('takes as metering points what it printed as such', async () => {
    const { out } = await run(['points', '--hub', 'eloverblik', ...reach()]);
    writeFileSync(at('points.csv'), out);
    const words = ['series', '--hub', 'eloverblik', '--from', '2026-10-24', '--to', '2026-10-25'];
    const { code, out: rows } = await run([
      ...words,
      '--resolution',
      'P1D',
      '--points',
      at('points.csv'),
      ...reach(),
    ]);
    expect(code).toBe(0);
    expect(rows.trimEnd().split('\n')).toHaveLength(1 + 12);
  });

  it('tells of each metering point that could not be had, and exits with 1', async () => {
    const { code, out, err } = await run([
      'series',
      '--hub',
      'eloverblik',
      '--from',
      '2026-10-25',
      '--to',
      '2026-10-26',
      '--resolution',
      'P1D',
      '571313100000000003',
      '571313199999999999',
      ...reach(),
    ]);
    expect(code).toBe(1);
    expect(out.trimEnd().split('\n')).toHaveLength(2);
    expect(err).toMatch(/^571313199999999999: failed: hub\/unknown-point/);
  });

  it('goes on where it was cut, without a gap and without a duplicate', async () => {
    const ids = (await run(['points', '--hub', 'eloverblik', ...reach()])).out
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[0] as string);
    const args = [
      'series',
      '--hub',
      'eloverblik',
      '--from',
      '2026-10-01',
      '--to',
      '2026-11-01',
      '--resolution',
      'P1D',
      ...ids,
      ...reach(),
    ];
    const whole = (await run(args)).out;
    // The second bundle is refused for good: the command stops there, and goes on when the hub is better.
    await hub.faults([
      {
        path: 'gettimeseries',
        body: ids[10] as string,
        times: null,
        fault: { kind: 'status', status: 401 },
      },
    ]);
    const first = await run([...args, '--resume', at('place')]);
    expect(first.code).toBe(1);
    expect(first.err).toContain('hub/token-refused');
    expect(first.err).toContain('run the same again to go on');
    expect(existsSync(at('place'))).toBe(true);
    await hub.faults([]);
    const second = await run([...args, '--resume', at('place')]);
    expect(second.code).toBe(0);
    expect(first.out + second.out).toBe(whole);
    expect(existsSync(at('place'))).toBe(false);
    for (const secret of secrets) expect(second.err).not.toContain(secret);
  });

  it.each([
    [[], /first word/],
    [['pionts', '--hub', 'eloverblik'], /did you mean/],
    [['points', '--hub', 'eloverblick'], /did you mean --hub eloverblik/],
    [['points', '--hub', 'eloverblik', '--token', 'eyJabc.def.ghi'], /unknown option --token/],
    [
      ['series', '--hub', 'eloverblik', '--from', '2026-01-01', 'eyJabc.def.ghi'],
      /token is given as an argument/,
    ],
    [['series', '--hub', 'eloverblik', '571313100000000003'], /--from is missing/],
    [
      ['series', '--hub', 'eloverblik', '--from', '2026-02-30', '571313100000000003'],
      /--from is a day/,
    ],
    [['series', '--hub', 'eloverblik', '--from', '2026-01-01'], /needs metering points/],
    [
      ['series', '--hub', 'eloverblik', '--from', '2026-02-01', '--to', '2026-01-01', 'x'],
      /--to is not after/,
    ],
    [['prices', '--hub', 'energidataservice', '--from', '2026-01-01'], /--area/],
    [['points'], /--hub is missing: one of eloverblik/],
    [['points', '--hub', 'entsoe'], /entsoe has no points; it has prices/],
    [['prices', '--hub', 'fingrid', '--area', 'FI', '--from', '2026-01-01'], /has no prices/],
    [['prices', '--hub', 'entsoe', 'DK1', '--from', '2026-01-01'], /--area DK1\?/],
    [['points', '--hub', 'eloverblik', '--origin', 'http://example.com'], /no https address/],
    [['points', '--hub', 'eloverblik', '--origin', 'hub'], /no https address/],
    [['points', '--hub', 'eloverblik', '--clock', 'mine'], /--clock is one of hub, machine/],
    [['series', '--hub', 'elhub', '--from', '2026-01-01', 'x'], /experimental; name the data set/],
    [
      ['series', '--hub', 'eloverblik', '--dataset', 'x', '--from', '2026-01-01', 'x'],
      /--dataset is for --hub elhub/,
    ],
    [['points', '--hub', 'eloverblik', '--credentials', 'none'], /there is no such file/],
    [
      ['series', '--hub', 'eloverblik', '--from', '2026-01-01', '--points', at('points.bad')],
      /line 1 of .*points.bad begins with no metering point/,
    ],
    [['series', '--hub', 'eloverblik', '--from', '2027-01-01', 'x'], /--from is not before now/],
    [['points', '--hub', 'eloverblik', '--format', 'xml'], /--format is one of/],
    [['serve', 'eloverblik', '--data', 'none'], /cannot read none: there is no such file/],
    [['serve', 'eloverblick', '--data', 'none'], /did you mean the hub eloverblik/],
  ])('refuses %j with 2, and repeats no token', async (args, message) => {
    const { code, out, err } = await run(args, {
      env: { METERGRAM_ELOVERBLIK_TOKEN: 'eyJenv.env.env' },
    });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err).not.toMatch(/eyJ(abc|env)/);
  });

  it('takes a credential from the environment, and says where to put one', async () => {
    const token = hub.credentials['customerRefreshToken'] as string;
    const args = ['points', '--hub', 'eloverblik', '--origin', hub.origin];
    expect(await run(args, { env: { METERGRAM_ELOVERBLIK_TOKEN: token } })).toMatchObject({
      code: 0,
    });
    const none = await run(args);
    expect(none.code).toBe(2);
    expect(none.err).toContain('METERGRAM_ELOVERBLIK_TOKEN');
  });

  it('refuses a credential file that others may read', async () => {
    const file = at('open.json');
    writeFileSync(file, readFileSync(at('credentials.json')));
    for (const mode of [0o640, 0o604, 0o644]) {
      chmodSync(file, mode);
      const { code, err } = await run([
        'points',
        '--hub',
        'eloverblik',
        '--origin',
        hub.origin,
        '--credentials',
        file,
      ]);
      expect(code).toBe(2);
      expect(err).toContain('can be read by others');
      expect(err).toContain('chmod 600');
    }
    chmodSync(file, 0o600);
    writeFileSync(file, '{ "eloverblik": { "refreshToken": "tok-seeded-4711", } }');
    const { code, err } = await run(['points', '--hub', 'eloverblik', '--credentials', file]);
    expect(code).toBe(2);
    expect(err).not.toContain('tok-seeded');
  });
});
