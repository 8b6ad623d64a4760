import { changeActivity, norwegianRegister } from '@metergram/policy/register';
import { EXCEL_COLUMNS, toExcel } from '@metergram/policy/register/excel';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { expected, hardRegister } from './excel-case.ts';
import { readZip } from './zip-reader.ts';

type Node = Record<string, unknown>;
const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => ['row', 'c', 'si', 'sheet', 'col'].includes(name),
});

/** Text of a string item, with the entities undone by the parser. */
function textOf(node: unknown): string {
  if (typeof node === 'string') return node;
  const found = (node as Node)['#text'];
  return typeof found === 'string' ? found : '';
}

/** The first sheet by its XML: shared or inline strings, by the place that each cell's reference names. */
async function readSheet(bytes: Uint8Array<ArrayBuffer>): Promise<string[][]> {
  const files = await readZip(bytes);
  const sheet = parser.parse(files.get('xl/worksheets/sheet1.xml') ?? '') as Node;
  const shared = parser.parse(files.get('xl/sharedStrings.xml') ?? '<sst/>') as Node;
  const strings = ((shared['sst'] as Node)['si'] as Node[]).map((si) => textOf(si['t']));
  const rows = ((sheet['worksheet'] as Node)['sheetData'] as Node)['row'] as Node[];
  return rows.map((row) => {
    const cells: string[] = Array.from({ length: EXCEL_COLUMNS.length }, () => '');
    for (const entry of row['c'] as Node[]) {
      const [, letters = ''] = /^([A-Z]+)\d+$/.exec(String(entry['@_r'])) ?? [];
      const column = [...letters].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) - 1;
      if (entry['v'] === undefined && entry['is'] === undefined) continue;
      expect(['s', 'inlineStr']).toContain(entry['@_t']);
      cells[column] =
        entry['@_t'] === 's'
          ? (strings[Number(textOf(entry['v']))] ?? '')
          : textOf((entry['is'] as Node)['t']);
    }
    return cells;
  });
}

describe('toExcel', () => {
  it('is a workbook of two sheets without formulas, links or macros', async () => {
    const files = await readZip(await toExcel(hardRegister(), { language: 'en' }));
    const names = [...files.keys()];
    expect(names).toContain('[Content_Types].xml');
    expect(names.filter((name) => /^xl\/worksheets\/sheet\d\.xml$/.test(name))).toHaveLength(2);
    expect(names.filter((name) => /vba|externalLink|hyperlink/i.test(name))).toEqual([]);
    for (const xml of files.values()) {
      expect(parser.parse(xml)).toBeTruthy();
      expect(xml).not.toMatch(/<f[ >]/);
    }
    expect(files.get('xl/workbook.xml')).toContain('name="Record"');
  });

  it.each(['nb', 'en', 'fi'] as const)(
    'holds every cell as it went in, in %s',
    async (language) => {
      const register = hardRegister();
      const bytes = await toExcel(register, { language });
      expect(await readSheet(bytes)).toEqual(expected(register, language));
    },
  );

  it('leaves out what XML cannot hold and cuts what a cell cannot hold', async () => {
    const id = 'no-kraft.dle.1';
    const name = { en: `a\u0000b\u{d800}c${'x'.repeat(100)}` };
    const { register } = changeActivity(norwegianRegister, id, { name });
    const sheet = await readSheet(await toExcel(register, { language: 'en' }));
    const found = sheet.find(([key]) => key === id);
    expect(found?.[2]).toBe(`abc${'x'.repeat(100)}`);
    const rules = Array.from({ length: 1000 }, (_, i) => `rule-${i}-${'y'.repeat(40)}`);
    const long = changeActivity(norwegianRegister, id, { rules }).register;
    const whole = await readSheet(await toExcel(long, { language: 'en' }));
    const cut = whole.find(([key]) => key === id);
    const place = EXCEL_COLUMNS.findIndex(({ key }) => key === 'rules');
    expect(cut?.[place]).toHaveLength(32_767);
    expect(cut?.[place]?.endsWith('…')).toBe(true);
  });
});
