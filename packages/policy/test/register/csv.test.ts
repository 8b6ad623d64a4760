import type { LayoutId, Register } from '@metergram/policy/register';
import { changeActivity, LAYOUTS, norwegianRegister, toCsv } from '@metergram/policy/register';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from './csv-reader.ts';

const READING = 'no-kraft.metering-billing.1';
const ids = Object.keys(LAYOUTS) as LayoutId[];

describe('toCsv', () => {
  it.each(ids)('%s: one line an activity, every line as wide as its heading', (layout) => {
    const rows = readCsv(toCsv(norwegianRegister, { layout }), ';');
    expect(rows).toHaveLength(51);
    for (const row of rows) expect(row).toHaveLength(LAYOUTS[layout].columns.length);
  });

  it('writes the Norwegian order in Norwegian', () => {
    const [heading, ...rows] = readCsv(toCsv(norwegianRegister, { layout: 'no' }), ';');
    expect(heading?.slice(0, 9)).toEqual([
      'Behandlingsaktivitet',
      'Behandlingsansvarlig, navn og kontakt',
      'Felles behandlingsansvarlig',
      'Representant',
      'Personvernombud',
      'Formål',
      'Kategorier av registrerte',
      'Kategorier av personopplysninger',
      'Kategorier av mottakere',
    ]);
    const reading = rows.find(([name]) => name === 'Måleravlesning');
    expect(reading?.[8]).toBe('Elhub; kraftleverandør; tredjepart med kundens samtykke [forslag]');
    expect(reading?.[10]).toBe('3 år etter måletidspunktet [forslag]');
    expect(reading?.at(-1)).toContain('forslag: Formål, Behandlingsgrunnlag');
  });

  it('marks what is proposed and nothing else', () => {
    const { register } = changeActivity(norwegianRegister, READING, { recipients: ['elhub'] });
    const rows = readCsv(toCsv(register, { language: 'en' }), ';');
    const reading = rows.find(([name]) => name === 'Meter reading');
    const columns = LAYOUTS['article-30'].columns;
    expect(reading?.[columns.indexOf('recipients')]).toBe('Elhub');
    expect(reading?.[columns.indexOf('measures')]).toMatch(/\[proposed\]$/);
    expect(reading?.[0]).toBe('Meter reading');
  });

  it('has headings in French for CNIL, cells in the language asked for', () => {
    const [heading, row] = readCsv(toCsv(norwegianRegister, { layout: 'fr', language: 'sv' }), ';');
    expect(heading?.[0]).toBe('Activité de traitement');
    expect(row?.[0]).toBe('Anställda på webbplatsen');
  });

  it('keeps a spreadsheet from running a cell', () => {
    for (const bad of ['=1+1', '+47 22', '-2', '@SUM(A1)', '\tx', '\r=1']) {
      const { register } = changeActivity(norwegianRegister, READING, { name: { en: bad } });
      const rows = readCsv(toCsv(register, { language: 'en', bom: false }), ';');
      const cells = rows.map(([name]) => name ?? '').filter((name) => name.startsWith("'"));
      expect(cells).toEqual([`'${bad}`]);
    }
  });

  it('gives back every text that went in, whatever is in it (law)', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((s) => s.trim() !== '' && !/^[=+\-@]/.test(s));
    const hard = fc.constantFrom('a;b', 'a"b', '""', 'a\r\nb', 'a,b', 'æøå', ' a ', ';');
    fc.assert(
      fc.property(fc.oneof(text, hard), fc.constantFrom(',', ';', '\t'), (name, separator) => {
        const register: Register = {
          ...norwegianRegister,
          activities: norwegianRegister.activities
            .slice(0, 1)
            .map((a) => ({ ...a, name: { en: name } })),
        };
        const rows = readCsv(toCsv(register, { language: 'en', separator }), separator);
        expect(rows[1]?.[0]).toBe(name);
        expect(rows).toHaveLength(2);
      }),
    );
  });
});
