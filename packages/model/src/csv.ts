/** `@metergram/model/csv`: series as tables, plain and for spreadsheets in the Nordic languages. */
export type { CsvLocale } from './csv/locale.ts';
export { fromCsv } from './csv/read.ts';
export { type ExcelOptions, toCsv, toExcelCsv } from './csv/write.ts';
