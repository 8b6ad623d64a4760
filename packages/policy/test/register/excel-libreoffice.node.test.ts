import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toExcel } from '@metergram/policy/register/excel';
import { describe, expect, it } from 'vitest';
import { readCsv } from './csv-reader.ts';
import { expected, hardRegister } from './excel-case.ts';

const soffice = spawnSync('soffice', ['--version'], { encoding: 'utf8' }).status === 0;

describe('toExcel', () => {
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
