import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latestWriter } from '../../src/decode/latest.ts';
import { tableWriter } from '../../src/decode/table.ts';
import type { Paint } from '../../src/terminal.ts';
import { issue, record, telegram } from './stand-in.ts';

const plain: Paint = (_style, text) => text;

function table(telegrams: Parameters<typeof telegram>[0][], width?: number): string[] {
  const writer = tableWriter(plain, width);
  const text =
    writer.begin() +
    telegrams
      .map((fields, at) => writer.telegram({ telegram: telegram(fields), line: at + 1 }))
      .join('') +
    writer.end();
  return text.trimEnd().split('\n');
}

describe('the table', () => {
  it('names meter, medium, what was measured, value with unit, and time', () => {
    const records = [
      record({ quantity: 'energy', unit: 'Wh', value: '12345000' }),
      record({ quantity: 'energy', unit: 'Wh', value: '11000000', storage: 1 }),
      record({ quantity: 'time_point', kind: 'date', unit: '', value: '2025-12-31', storage: 1 }),
      record({ quantity: 'time_point', kind: 'datetime', unit: '', value: '2026-01-15T06:00' }),
    ];
    expect(table([{ records }], 80)).toEqual([
      'METER        MEDIUM       WHAT                    VALUE        TIME',
      'KAM 12345678 water        energy                  12345 kWh    2026-01-15 06:00',
      '                          energy                  11000 kWh    2025-12-31',
      '1 telegram, 4 values; none with errors',
    ]);
  });

  it('gives the reason and the byte of a damaged telegram, after what was good', () => {
    const lines = table([{ issues: [issue()] }], 80);
    expect(lines[1]).toContain('123.456 m³');
    expect(lines.slice(2)).toEqual([
      '                          ✗ record/truncated at byte 41: the value ends after 2',
      '                          of 4 bytes',
      '1 telegram, 1 value; 1 with errors',
    ]);
  });

  it('names the meter in every row where the output is no terminal', () => {
    const lines = table([{ records: [record(), record()], issues: [issue()] }]);
    expect(lines.slice(1, 4).every((line) => line.startsWith('KAM 12345678 water'))).toBe(true);
  });

  it('names directions, tariffs, functions and storages in few words', () => {
    const records = [
      record({ modifiers: ['negative_only'] }),
      record({ function: 'maximum', tariff: 2 }),
      record({ storage: 3, subunit: 1 }),
    ];
    const names = table([{ records }], 120).slice(1, 4);
    expect(names[0]).toContain('volume, out ');
    expect(names[1]).toContain('max volume, tariff 2 ');
    expect(names[2]).toContain('volume, unit 1, storage 3 ');
  });

  it('says so where a meter has no valid value, and where nothing was measured', () => {
    expect(table([{ records: [record({ value: null })] }], 80)[1]).toContain('no valid value');
    expect(table([{ records: [] }], 80)[1]).toContain('SND-NR, nothing measured');
  });

  it('says what to do about telegrams without a key', () => {
    const writer = tableWriter(plain, 80);
    writer.telegram({ telegram: telegram(), line: 1 });
    expect(writer.note?.()).toBe('');
    const security = { mode: 5, layer: 'tpl', state: 'key-missing' } as const;
    writer.telegram({ telegram: telegram({ security }), line: 2 });
    expect(writer.note?.()).toMatch(/^1 telegram is encrypted.* --keys FILE/);
  });

  it('says which line held no telegram', () => {
    const lines = table([{ meter: null, records: [], issues: [issue({ layer: 'input' })] }], 80);
    expect(lines[1]).toMatch(/^line 1 .*✗ record\/truncated at byte 41/);
  });

  it('fits every width from 60 on, whatever the records hold', () => {
    const anyRecord = fc.record({
      quantity: fc.constantFrom('volume', 'a_quantity_with_a_very_long_name', 'energy'),
      unit: fc.constantFrom('', 'Wh', 'm3/h', '°C'),
      value: fc.option(fc.oneof(fc.string(), fc.stringMatching(/^-?\d{1,30}\.\d{1,9}$/))),
      kind: fc.constantFrom('number', 'text', 'bytes'),
      storage: fc.nat(40),
      tariff: fc.nat(4),
      function: fc.constantFrom('instantaneous', 'maximum', 'error'),
    });
    const anyIssue = fc.record({ message: fc.string({ maxLength: 300 }), offset: fc.nat(999) });
    fc.assert(
      fc.property(
        fc.array(anyRecord, { maxLength: 4 }),
        fc.array(anyIssue, { maxLength: 2 }),
        fc.integer({ min: 60, max: 200 }),
        (records, issues, width) => {
          const lines = table(
            [
              {
                records: records.map((fields) =>
                  record(fields as Partial<ReturnType<typeof record>>),
                ),
                issues: issues.map((fields) => issue(fields)),
              },
            ],
            width,
          );
          for (const line of lines) expect([...line].length).toBeLessThanOrEqual(width);
          expect(lines.length).toBeGreaterThanOrEqual(
            2 + Math.max(records.length + issues.length, 1),
          );
        },
      ),
    );
  });

  it('never cuts a number, however narrow the terminal', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^-?[1-9]\d{0,29}(\.\d{1,9})?$/),
        fc.constantFrom('volume', 'a_quantity_with_a_very_long_name'),
        fc.integer({ min: 60, max: 200 }),
        (value, quantity, width) => {
          const lines = table([{ records: [record({ value, quantity, unit: '' })] }], width);
          expect(lines.join('\n')).toMatch(
            new RegExp(`(^|\\s)${value.replace('.', '\\.')}(\\s|$)`, 'm'),
          );
        },
      ),
    );
  });

  it('lets no control character of a telegram reach the terminal', () => {
    const text = record({ kind: 'text', unit: '', value: '\u001b[2J\u0007evil\n' });
    const lines = table([{ records: [text], issues: [issue({ message: '\u001b[2J' })] }]);
    expect(lines.join('')).not.toMatch(/[\p{Cc}]/u);
  });
});

const meter = (id: string): NonNullable<ReturnType<typeof telegram>['meter']> => ({
  manufacturer: 'KAM',
  id,
  version: 27,
  medium: 'water',
  mediumCode: 7,
});

describe('the overview of a capture', () => {
  it('keeps the newest telegram of each meter and one of each kind of damage', () => {
    const writer = latestWriter(tableWriter(plain, 80), plain);
    const given = [
      telegram({ meter: meter('22222222'), records: [record({ value: '1.0' })] }),
      telegram({ meter: meter('11111111'), records: [record({ value: '2.0' })] }),
      telegram({ meter: meter('22222222'), records: [record({ value: '3.0' })] }),
      telegram({ meter: meter('22222222'), records: [] }),
      telegram({ meter: meter('11111111'), records: [], issues: [issue({ offset: 7 })] }),
      telegram({ meter: meter('11111111'), records: [], issues: [issue({ offset: 9 })] }),
    ];
    const text =
      writer.begin() +
      given.map((one, at) => writer.telegram({ telegram: one, line: at + 1 })).join('') +
      writer.end();
    const lines = text.split('\n');
    expect(lines[1]).toMatch(/^KAM 11111111 .* 2\.0 m³/);
    expect(lines[2]).toMatch(/^KAM 22222222 .* 3\.0 m³/);
    expect(text).not.toContain('1.0 m³');
    expect(text).toContain('at byte 7');
    expect(text.replaceAll(/\s+/g, ' ')).toContain('; 1 more like it');
    expect(text).not.toContain('at byte 9');
    expect(text).toContain('6 telegrams of 2 meters; 2 with errors');
  });
});
