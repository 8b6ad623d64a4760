import { expect, it } from 'vitest';
import { addDecimal, decimal, instant, parseGsrn, parseInstant } from '@metergram/model';
import { toExcelCsv } from '@metergram/model/csv';
import { timeSeries, validateText } from '@metergram/model/schema';

// The example of README.md, line by line.
it('does what the page says', () => {
  expect(addDecimal(decimal('0.1'), decimal('0.20'))).toBe('0.30');
  expect(parseInstant('2026-02-01T00:00:00+01:00')).toBe('2026-01-31T23:00:00Z');
  expect(parseGsrn('571313180400000006')).toBeNull();
  const bare = validateText(timeSeries, '{ "quantity": "energy", "unit": "kWh" }');
  expect(bare.issues[0]).toMatchObject({ code: 'schema/missing-property', pointer: '/direction' });
  const start = instant('2026-01-01T00:00Z');
  const text = JSON.stringify({
    quantity: 'energy',
    unit: 'kWh',
    direction: 'consumption',
    basis: 'metered',
    resolution: 'PT1H',
    points: [{ start, end: instant('2026-01-01T01:00Z'), value: '1.5', quality: 'measured' }],
  });
  const result = validateText(timeSeries, text);
  expect(result.ok && toExcelCsv([result.value], { locale: 'nb' })).toContain(';1,5;kWh;målt;');
});
