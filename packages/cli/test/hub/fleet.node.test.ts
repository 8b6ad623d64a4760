import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Charge } from '@metergram/datahub';
import type { TestHubData } from '@metergram/datahub/testing';
import type { ConsentGrant, MeteringPoint, PriceSeries, TimeSeries } from '@metergram/model';
import { metergram, type Ran, serveHub, type Served } from './processes.ts';

// From the meters' telegrams to the hub's answers, each step a process as it is installed. What the meters counted is read
// off the telegrams by `metergram decode`, which shares nothing with how the simulation says it to the hub.
const folder = mkdtempSync(join(tmpdir(), 'metergram-fleet-'));
const start = '2026-03-28T00:00:00+01:00';
/** The day on which clocks go forward is inside. */
const end = '2026-03-30T00:00:00+02:00';
const exchange = '2026-03-29T10:07:00+02:00';
const QUARTER = 900_000;
const fleet = {
  seed: 3,
  start,
  end,
  receivers: [{ name: 'roof', loss: 0.1 }],
  damage: { bitError: 0.02, cutShort: 0.02 },
  meters: [
    // Asked at every full quarter, so that each telegram tells a boundary.
    { count: 1, medium: 'electricity', link: 'wired', interval: 900, solar: 6, exchange },
    { count: 3, medium: 'electricity', format: 'A', protection: 'ell', interval: 900 },
    { count: 2, medium: 'heat', link: 'wired' },
    { count: 1, medium: 'electricity', link: 'wired', digits: 4, initial: 9990, annual: 20_000 },
  ],
};

/** What was said beside each file. */
const told: string[] = [];
let running: Served | null = null;
const run = (args: readonly string[], input?: string): Ran =>
  metergram(args, {
    cwd: folder,
    ...(input === undefined ? {} : { input }),
    env: { METERGRAM_CREDENTIALS: 'hub/credentials.json' },
  });

beforeAll(() => {
  writeFileSync(join(folder, 'fleet.json'), JSON.stringify(fleet));
  for (const country of ['DK', 'NO', 'FI']) {
    const args = ['simulate', 'fleet.json', '--format', 'testhub', '--country', country];
    const { code, out, err } = run(args);
    if (code !== 0) throw new Error(err);
    told.push(err);
    writeFileSync(join(folder, `${country}.json`), out);
  }
});
afterEach(async () => {
  await running?.stop();
  running = null;
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(country: string): Required<TestHubData> {
  return JSON.parse(readFileSync(join(folder, `${country}.json`), 'utf8')) as Required<TestHubData>;
}

async function serve(hub: string, country: string): Promise<void> {
  running = await serveHub(hub, { cwd: folder, data: `${country}.json`, out: 'hub' });
}

/** What a verb prints, as JSON. */
function read<T>(words: readonly string[], code = 0): T[] {
  const { code: ended, out, err } = run(['hub', ...words, '--format', 'json']);
  expect({ code: ended, err }).toMatchObject({ code });
  return JSON.parse(out) as T[];
}

/** Value by start and direction; a Finnish value has zeros at its end that nobody measured. */
function valuesOf(series: readonly TimeSeries[]): Map<string, string | null> {
  return new Map(
    series.flatMap(({ direction, points }) =>
      points.map(({ start: at, value }): [string, string | null] => [
        `${direction} ${at}`,
        value === null ? null : value.replace(/(\.\d{3})000$/, '$1'),
      ]),
    ),
  );
}

interface Telegram {
  readonly received: string;
  readonly meter: { readonly manufacturer: string; readonly id: string };
  readonly records: readonly {
    readonly quantity: string;
    readonly value: string;
    readonly storage: number;
    readonly modifiers: readonly string[];
  }[];
  readonly issues: readonly { readonly severity: string }[];
}

/** Registers by meter and time, as whole telegrams tell them: import and export in Wh. */
function decoded(): Map<string, Map<number, readonly [number, number]>> {
  const keys = ['--keys', 'keys.csv'];
  const { out: telegrams } = run(['simulate', 'fleet.json', '--format', 'jsonl', ...keys]);
  const { out } = run(['decode', '-', '--input', 'jsonl', '--format', 'jsonl', ...keys], telegrams);
  const registers = new Map<string, Map<number, readonly [number, number]>>();
  for (const line of out.trimEnd().split('\n')) {
    const { received, meter, records, issues } = JSON.parse(line) as Telegram;
    if (issues.some(({ severity }) => severity === 'error')) continue;
    const energies = records.filter(
      ({ quantity, storage }) => quantity === 'energy' && storage === 0,
    );
    if (energies.length < 2) continue;
    const [imported, exported] = energies.map(({ value }) => Number(value)) as [number, number];
    const name = `${meter.manufacturer}-${meter.id}`;
    const own = registers.get(name) ?? new Map<number, readonly [number, number]>();
    registers.set(name, own.set(Date.parse(received), [imported, exported]));
  }
  return registers;
}

describe('a simulated fleet, served', () => {
  it('gives what the telegrams of the meters say, quarter by quarter, and no more', async () => {
    await serve('eloverblik', 'DK');
    const points = read<MeteringPoint>(['points', '--hub', 'eloverblik']);
    expect(points.map(({ id }) => id)).toEqual(fileOf('DK').meteringPoints.map(({ id }) => id));
    const [site, panels] = points;
    expect(panels).toMatchObject({ kind: 'production', parent: site?.id });
    expect(site?.source).toMatchObject({ firstConsumerPartyName: 'Kim Kunde 1' });
    const wanted = ['--from', start.slice(0, 10), '--to', end.slice(0, 10)];
    const words = ['series', '--hub', 'eloverblik', ...wanted];
    const got = valuesOf(read<TimeSeries>([...words, site!.id, panels!.id]));
    const meters = fileOf('DK').meteringPoints[0]!.meters!.map(({ meter }) => meter);
    expect(meters).toHaveLength(2);
    const registers = decoded();
    const known = { missing: 0, read: 0 };
    // The last quarter's end is told by a telegram that comes after the time watched.
    for (let at = Date.parse(start); at < Date.parse(end) - QUARTER; at += QUARTER) {
      const meter = meters[at >= Date.parse(exchange) ? 1 : 0] as string;
      const next = meters[at + QUARTER >= Date.parse(exchange) ? 1 : 0] as string;
      const from = registers.get(meter)?.get(at);
      const to = meter === next ? registers.get(meter)?.get(at + QUARTER) : undefined;
      const time = `${new Date(at).toISOString().slice(0, 19)}Z`;
      for (const [place, direction] of ['consumption', 'production'].entries()) {
        const there = from !== undefined && to !== undefined;
        const expected = there
          ? ((to[place as 0 | 1] - from[place as 0 | 1]) / 1000).toFixed(3)
          : null;
        expect([time, direction, got.get(`${direction} ${time}`)]).toEqual([
          time,
          direction,
          expected,
        ]);
        known[there ? 'read' : 'missing']++;
      }
    }
    expect(known.read).toBeGreaterThan(250);
    expect(known.missing).toBeGreaterThan(4);
    expect(got.size).toBe(2 * (24 + 23) * 4);
  });

  it('is bounded by the telegrams in between where they do not come on the quarter', () => {
    const registers = decoded();
    const { meteringPoints, series } = fileOf('DK');
    let compared = 0;
    for (const { id, meters } of meteringPoints.slice(2, 5)) {
      const heard = [...(registers.get(meters![0]!.meter) ?? [])].sort(([a], [b]) => a - b);
      const { points } = series.find(({ meteringPoint }) => meteringPoint === id)!;
      for (const [i, [from, [first]]] of heard.entries()) {
        const [to, [last]] = heard[i + 1] ?? [0, [0]];
        const inside = points.filter(
          (point) => Date.parse(point.start) >= from && Date.parse(point.end) <= to,
        );
        const sum = inside.reduce((total, { value }) => total + Number(value ?? 0) * 1000, 0);
        if (to === 0) continue;
        expect(Math.round(sum)).toBeLessThanOrEqual(last - first);
        compared += inside.length;
      }
    }
    expect(compared).toBeGreaterThan(10);
  });

  it('counts on over the end of a register', () => {
    const { meteringPoints, series } = fileOf('DK');
    const { id } = meteringPoints.at(-1)!;
    const { points, resolution } = series.find(({ meteringPoint }) => meteringPoint === id)!;
    expect(resolution).toBe('PT1H');
    const values = points.flatMap(({ value }) => (value === null ? [] : [Number(value)]));
    expect(values.length).toBeGreaterThan(40);
    // Four digits of Wh begin anew ten times: without minding that, some hours would be below nothing.
    expect(values.every((value) => value > 0 && value < 10)).toBe(true);
    const total = values.reduce((sum, value) => sum + value, 0);
    // Two days' share of 20 000 kWh, less what is not known.
    expect(total).toBeGreaterThan(70);
    expect(total).toBeLessThan(150);
  });

  it('gives charges and consents at Eloverblik as the file has them', async () => {
    await serve('eloverblik', 'DK');
    const { meteringPoints, charges, grants } = fileOf('DK');
    const id = meteringPoints[2]!.id;
    const got = read<Charge>(['charges', '--hub', 'eloverblik', id]);
    const words = ({ name, kind, owner, start: since, rates, per, currency }: Charge): unknown => [
      name,
      kind,
      owner,
      since,
      rates.map(({ position, value }) => [position, value]),
      per,
      currency,
    ];
    const mine = charges.filter(({ meteringPoint }) => meteringPoint === id);
    expect(mine.length).toBeGreaterThan(2);
    expect(got.map(words).toSorted()).toEqual(mine.map(words).toSorted());
    const active = grants.filter(({ state }) => state === 'active');
    expect(active.length).toBeLessThan(grants.length);
    const consents = read<ConsentGrant>(['consents', '--hub', 'eloverblik-thirdparty']);
    expect(consents.map(({ external, meteringPoints: ids }) => [external?.id, ids])).toEqual(
      active.map(({ id: grant, meteringPoints: ids }) => [grant, ids]),
    );
    // Who withdrew is not read any more: the customer still can, the third party cannot.
    const withdrawn = grants.find(({ state }) => state === 'withdrawn')!.meteringPoints[0]!;
    const range = ['--from', '2026-03-28', '--to', '2026-03-29'];
    const asked = ['hub', 'series', '--hub', 'eloverblik-thirdparty', ...range, withdrawn];
    const refused = run(asked);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('failed: hub/not-permitted');
  });

  it('gives points, consents and hours at Elhub, by the clock that the hub tells', async () => {
    await serve('elhub', 'NO');
    const { grants, series } = fileOf('NO');
    const active = grants.filter(({ state }) => state === 'active');
    const points = read<MeteringPoint>(['points', '--hub', 'elhub']);
    expect(points.map(({ id }) => id).toSorted()).toEqual(
      active.flatMap(({ meteringPoints }) => meteringPoints).toSorted(),
    );
    const consents = read<ConsentGrant>(['consents', '--hub', 'elhub']);
    const states = (all: readonly ConsentGrant[]): string[] =>
      all.map(({ state, meteringPoints }) => `${state} ${meteringPoints[0]}`).toSorted();
    expect(states(consents)).toEqual(states(grants));
    const [id] = active[0]!.meteringPoints;
    const range = ['--from', '2026-03-28', '--to', '2026-03-30'];
    const words = ['series', '--hub', 'elhub', '--dataset', 'HOURS', ...range];
    const got = valuesOf(read<TimeSeries>([...words, id!]));
    const quarters = valuesOf(series.filter((one) => one.meteringPoint === id));
    let whole = 0;
    for (let at = Date.parse(start); at < Date.parse(end); at += 4 * QUARTER) {
      const name = (ms: number): string =>
        `consumption ${new Date(ms).toISOString().slice(0, 19)}Z`;
      const parts = [0, 1, 2, 3].map((n) => quarters.get(name(at + n * QUARTER)) ?? null);
      const sum = parts.reduce((total, part) => total + Number(part) * 1000, 0);
      const expected = parts.includes(null) ? null : (Math.round(sum) / 1000).toFixed(3);
      expect([at, got.get(name(at)) ?? null]).toEqual([at, expected]);
      if (expected !== null) whole++;
    }
    expect(whole).toBeGreaterThan(30);
    // By this machine's clock the assertion was signed at the wrong time: the refusal says what to do.
    const off = run(['hub', 'points', '--hub', 'elhub', '--clock', 'machine']);
    expect(off).toMatchObject({ code: 1, out: '' });
    expect(off.err).toMatch(/The hub's clock stands at 2026-03-30T.*--clock hub goes by the hub's/);
  });

  it('gives points and values at Fingrid Datahub, to who shows a certificate', async () => {
    await serve('fingrid', 'FI');
    const { grants, series } = fileOf('FI');
    const active = grants.filter(({ state }) => state === 'active');
    const points = read<MeteringPoint>(['points', '--hub', 'fingrid']);
    const ids = active.flatMap(({ meteringPoints }) => meteringPoints);
    expect(points.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    const id = active[1]!.meteringPoints[0]!;
    const range = ['--from', start, '--to', end];
    const got = valuesOf(read<TimeSeries>(['series', '--hub', 'fingrid', ...range, id]));
    for (const [at, value] of valuesOf(series.filter((one) => one.meteringPoint === id)))
      expect([at, got.get(at) ?? null]).toEqual([at, value]);
  });

  it('gives the prices of the file, at both sources', async () => {
    const { prices } = fileOf('DK');
    const expected = new Map(
      prices
        .filter(({ area }) => area === 'DK2')
        .flatMap(({ points }) => points.map(({ start: at, value }) => [at, value])),
    );
    const range = ['--area', 'DK2', '--from', '2026-03-29', '--to', '2026-03-30'];
    for (const hub of ['entsoe', 'energidataservice']) {
      await serve(hub, 'DK');
      const got = read<PriceSeries>(['prices', '--hub', hub, ...range]);
      const euros = got
        .filter(({ currency }) => currency === 'EUR')
        .flatMap(({ points }) => points);
      expect(euros).toHaveLength(23 * 4);
      for (const { start: at, value } of euros) expect([at, value]).toEqual([at, expected.get(at)]);
      await running?.stop();
    }
  });

  it('says what is left out', () => {
    const line = '6 metering points; 2 meters of other media are left out\n';
    expect(told).toEqual([line, line, line]);
  });

  it('is the same file again for the same description, and another one for another seed', () => {
    const words = ['simulate', 'fleet.json', '--format', 'testhub'];
    const text = readFileSync(join(folder, 'DK.json'), 'utf8');
    expect(run(words).out).toBe(text);
    expect(run([...words, '--seed', '4']).out).not.toBe(text);
    const hours = JSON.parse(run([...words, '--resolution', 'PT1H']).out) as TestHubData;
    expect(new Set(hours.series?.map(({ resolution }) => resolution))).toEqual(new Set(['PT1H']));
  });

  it.each([
    [['--format', 'hex', '--country', 'NO'], '--country is for --format testhub'],
    [['--format', 'testhub', '--country', 'SE'], '--country is one of DK, NO, FI'],
    [['--format', 'testhub', '--count', '3'], 'a hub has none'],
    [['--format', 'testhub', '--resolution', 'P1D'], '--resolution is one of PT15M, PT1H'],
  ])('refuses %j', (args, message) => {
    const { code, out, err } = run(['simulate', ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  it('says that a fleet without electricity meters is none for these hubs', () => {
    const heat = JSON.stringify({ ...fleet, meters: fleet.meters.slice(2, 3) });
    const { code, out, err } = run(['simulate', '-', '--format', 'testhub'], heat);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('no electricity meter');
  });
});
