import { expect, it } from 'vitest';
import { addDecimal, decimal, instant, parseGsrn, parseInstant } from '@metergram/model';
import { toExcelCsv } from '@metergram/model/csv';
import { timeSeries, validate } from '@metergram/model/schema';

// The example of README.md, line by line.
it('does what the page says', () => {
  expect(addDecimal(decimal('0.1'), decimal('0.20'))).toBe('0.30');
  expect(parseInstant('2026-02-01T00:00:00+01:00')).toBe('2026-01-31T23:00:00Z');
  expect(parseGsrn('571313180400000006')).toBeNull();
  const text = JSON.stringify({
    quantity: 'energy',
    unit: 'kWh',
    direction: 'consumption',
    basis: 'metered',
    resolution: 'PT1H',
    points: [
      {
        start: instant('2026-01-01T00:00Z'),
        end: instant('2026-01-01T01:00Z'),
        value: '1.5',
        quality: 'measured',
      },
    ],
  });
  const saved: string[] = [];
  const told: string[] = [];
  for (const input of [text, text.replace('"1.5"', '1.5')]) {
    const result = validate(timeSeries, JSON.parse(input));
    if (result.ok) saved.push(toExcelCsv([result.value], { locale: 'nb' }));
    else for (const { pointer, code } of result.issues) told.push(`${pointer} ${code}`);
  }
  expect(saved).toHaveLength(1);
  expect(saved[0]).toContain(';1,5;kWh;målt;');
  expect(told).toEqual(['/points/0/value schema/wrong-type']);
});
