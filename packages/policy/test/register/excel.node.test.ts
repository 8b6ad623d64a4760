import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Language } from '@metergram/policy';
import type { Register } from '@metergram/policy/register';
import { changeActivity, norwegianRegister, setController } from '@metergram/policy/register';
import { EXCEL_COLUMNS, toExcel } from '@metergram/policy/register/excel';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { cell, cellText } from '../../src/register/cells.ts';
import { columnLabel } from '../../src/register/labels.ts';
import { readCsv } from './csv-reader.ts';
import { readZip } from './zip-reader.ts';

/** Texts that spreadsheets like to take for something else. */
const HARD = [
  '=1+1',
  '00123',
  '1e5',
  '2026-01-31',
  'TRUE',
  '-5',
  `"q"; 'a' <b> & æøåäö€`,
  '@x',
  '😀',
];

function hardRegister(): Register {
  let register = norwegianRegister;
  for (const [i, text] of HARD.entries()) {
    const id = norwegianRegister.activities[i]?.id ?? '';
    register = changeActivity(register, id, {
      name: { en: text },
      note: { en: `a\nb ${text}` },
    }).register;
  }
  const controller = { name: 'Nordlys Nett AS', contact: 'personvern@nordlys.example' };
  return setController(register, { controller }, { on: '2026-02-01' }).register;
}

/** What has to stand in the sheet, from the same cells that the other exports print. */
function expected(register: Register, language: Language): string[][] {
  return [
    EXCEL_COLUMNS.map(({ key }) => columnLabel(key, language)),
    ...register.activities.map((activity) =>
      EXCEL_COLUMNS.map(({ key }) => cellText(cell(register, activity, key, language), language)),
    ),
  ];
}

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
function readSheet(bytes: Uint8Array): string[][] {
  const files = readZip(bytes);
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

const soffice = spawnSync('soffice', ['--version'], { encoding: 'utf8' }).status === 0;

describe('toExcel', () => {
  it('is a workbook of two sheets without formulas, links or macros', async () => {
    const files = readZip(await toExcel(hardRegister(), { language: 'en' }));
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
      expect(readSheet(bytes)).toEqual(expected(register, language));
    },
  );

  it('leaves out what XML cannot hold and cuts what a cell cannot hold', async () => {
    const id = 'no-kraft.dle.1';
    const name = { en: `a\u0000b\u{d800}c${'x'.repeat(100)}` };
    const { register } = changeActivity(norwegianRegister, id, { name });
    const sheet = readSheet(await toExcel(register, { language: 'en' }));
    const found = sheet.find(([key]) => key === id);
    expect(found?.[2]).toBe(`abc${'x'.repeat(100)}`);
    const rules = Array.from({ length: 1000 }, (_, i) => `rule-${i}-${'y'.repeat(40)}`);
    const long = changeActivity(norwegianRegister, id, { rules }).register;
    const cut = readSheet(await toExcel(long, { language: 'en' })).find(([key]) => key === id);
    const place = EXCEL_COLUMNS.findIndex(({ key }) => key === 'rules');
    expect(cut?.[place]).toHaveLength(32_767);
    expect(cut?.[place]?.endsWith('…')).toBe(true);
  });

  it.skipIf(!soffice)('is read by LibreOffice, which gives back what went in', async () => {
    const register = hardRegister();
    const folder = mkdtempSync(join(tmpdir(), 'metergram-excel-'));
    try {
      writeFileSync(join(folder, 'record.xlsx'), await toExcel(register, { language: 'en' }));
      // Filter options: `;` and `"`, UTF-8, every text cell in quotes, all sheets, each into a file of its own.
      const filter =
        'csv:Text - txt - csv (StarCalc):59,34,76,1,,0,true,false,false,false,false,-1';
      const run = spawnSync(
        'soffice',
        [
          `-env:UserInstallation=file://${folder}/profile`,
          '--headless',
          '--convert-to',
          filter,
          '--outdir',
          folder,
          join(folder, 'record.xlsx'),
        ],
        { encoding: 'utf8', timeout: 50_000 },
      );
      expect([run.status, run.error]).toEqual([0, undefined]);
      const files = readdirSync(folder).filter((name) => name.endsWith('.csv'));
      expect(files.sort()).toEqual(['record-About.csv', 'record-Record.csv']);
      const record = readCsv(readFileSync(join(folder, 'record-Record.csv'), 'utf8'), ';');
      expect(record).toEqual(expected(register, 'en'));
      const about = readCsv(readFileSync(join(folder, 'record-About.csv'), 'utf8'), ';');
      expect(about).toContainEqual([
        'Controller, name and contact',
        'Nordlys Nett AS, personvern@nordlys.example',
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
