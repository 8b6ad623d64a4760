import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, fromScaled, type TimeSeries } from '@metergram/model';
import { fromHomeAssistant, toHomeAssistant } from '@metergram/model/home-assistant';
import { timeSeries, validate } from '@metergram/model/schema';
import { seriesOf } from './series-values.ts';

const statisticId = 'metergram:main_meter';
const held = seriesOf({
  resolutions: ['PT1H'],
  qualities: ['unknown'],
  values: fc.bigInt({ min: 0n, max: 10n ** 9n }).map((mantissa) => fromScaled(mantissa, -3)),
}).map(({ zone: _, meteringPoint: __, ...series }): TimeSeries => ({
  ...series,
  direction: 'consumption',
}));

const number = (value: string | null): number | null => (value === null ? null : Number(value));

const codesOf = (result: { issues: readonly { code: string }[] }): string[] =>
  result.issues.map(({ code }) => code);

describe('Home Assistant statistics', () => {
  it('give back what they can hold: hours, with gaps between them', () => {
    fc.assert(
      fc.property(held, (series) => {
        fc.pre(series.points.at(0)?.value !== null && series.points.at(-1)?.value !== null);
        const written = toHomeAssistant(series, { statisticId, name: 'Main meter' });
        expect(written.issues).toEqual([]);
        const rows: unknown = JSON.parse(JSON.stringify(written.value.stats));
        const back = fromHomeAssistant(rows, { statisticId, unit: 'kWh', sumBefore: decimal('0') });
        expect(back.issues).toEqual([]);
        expect(back.value.points.map((p) => [p.start, p.end, number(p.value), p.quality])).toEqual(
          series.points.map((p) => [p.start, p.end, number(p.value), p.quality]),
        );
        expect(validate(timeSeries, back.value).issues).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('have the shape that the recorder imports', () => {
    const points = [
      {
        start: '2026-01-01T00:00:00Z',
        end: '2026-01-01T01:00:00Z',
        value: '0.1',
        quality: 'unknown',
      },
      {
        start: '2026-01-01T01:00:00Z',
        end: '2026-01-01T02:00:00Z',
        value: null,
        quality: 'missing',
      },
      {
        start: '2026-01-01T02:00:00Z',
        end: '2026-01-01T03:00:00Z',
        value: '0.2',
        quality: 'unknown',
      },
    ];
    const series = {
      quantity: 'volume',
      unit: 'm3',
      direction: 'consumption',
      basis: 'metered',
      resolution: 'PT1H',
      points,
    };
    const options = { statisticId: 'metergram:water', sumBefore: decimal('10.5') };
    expect(toHomeAssistant(series as unknown as TimeSeries, options)).toEqual({
      value: {
        metadata: {
          has_mean: false,
          mean_type: 0,
          has_sum: true,
          name: null,
          source: 'metergram',
          statistic_id: 'metergram:water',
          unit_class: 'volume',
          unit_of_measurement: 'm³',
        },
        stats: [
          { start: '2026-01-01T00:00:00+00:00', state: 10.6, sum: 10.6 },
          { start: '2026-01-01T02:00:00+00:00', state: 10.8, sum: 10.8 },
        ],
      },
      issues: [],
    });
  });

  it('say what they lose and what they cannot say', () => {
    const [sample] = fc.sample(held, { numRuns: 1, seed: 11 });
    const point = { ...sample!.points[0]!, value: decimal('0.12345678901234567891') };
    const odd = {
      ...sample!,
      meteringPoint: 'm',
      register: 'r',
      zone: 'UTC',
      direction: 'production',
      basis: 'netted',
      unit: 'hca',
      points: [
        { ...point, quality: 'measured', source: { scheme: 'a', code: 'b' }, revision: 1 },
        { ...point, value: null, quality: 'missing' },
      ],
    } as unknown as TimeSeries;
    expect(codesOf(toHomeAssistant(odd, { statisticId }))).toEqual([
      'loss/unit',
      'loss/metering-point',
      'loss/register',
      'loss/zone',
      'loss/direction',
      'loss/basis',
      'loss/quality',
      'loss/source-code',
      'loss/revision',
      'loss/missing',
      'loss/float',
    ]);
    const daily = toHomeAssistant({ ...sample!, resolution: 'P1D' }, { statisticId: 'No id' });
    expect(daily.value.stats).toEqual([]);
    expect(codesOf(daily)).toContain('home-assistant/not-hourly');
    expect(codesOf(daily)).toContain('home-assistant/statistic-id');
  });

  it('read rows of the recorder, and tell bad ones', () => {
    const rows = [
      { start: 1_767_225_600_000, end: 1_767_229_200_000, sum: 5 },
      { start: 1_767_229_200_000, sum: 5.3, change: 0.3 },
      { start: 1_767_232_800_000 },
      { start: 1_767_232_800_001, sum: 6 },
      { start: 1_767_229_200_000, sum: 6 },
      { start: '2026-01-01T05:00:00+00:00', sum: 6 },
    ];
    const { value, issues } = fromHomeAssistant(rows, { statisticId, unit: 'kWh' });
    expect(value.points.map((p) => [p.start.slice(11, 13), p.value])).toEqual([
      ['01', '0.3'],
      ['02', null],
      ['03', null],
      ['04', null],
      ['05', '0.7'],
    ]);
    expect(issues.map(({ code }) => code)).toEqual([
      'home-assistant/no-sum',
      'home-assistant/row-time',
      'home-assistant/row-time',
    ]);
    expect(codesOf(fromHomeAssistant({}, { statisticId, unit: 'L' }))).toEqual([
      'home-assistant/no-rows',
    ]);
    const odd = [
      { start: 0, sum: 1, change: 1 },
      { start: 3_600_001, sum: 2 },
      { start: -3_600_000, sum: 3 },
      { start: 1.5e9 + 0.5, sum: 3 },
    ];
    const read = fromHomeAssistant(odd, { statisticId, unit: 'kWh' });
    expect(read.issues.map(({ pointer }) => pointer)).toEqual(['/1/start', '/2/start', '/3/start']);
    expect(read.value.points).toHaveLength(1);
    const far = [
      { start: 0, sum: 1, change: 1 },
      { start: 1_767_225_600_000, sum: 2 },
    ];
    expect(codesOf(fromHomeAssistant(far, { statisticId, unit: 'kWh' }))).toEqual([
      'home-assistant/long-hole',
    ]);
  });
});
