/** Files as a source where there is no hub: CIM, Green Button and tables behind the common interface. */
export { type CsvLayout, readCsvLayout } from './files/csv-layout.ts';
export {
  type FileFormat,
  type ReadFile,
  type ReadFileOptions,
  readSeriesFile,
} from './files/read.ts';
export {
  createFileSource,
  FileSource,
  type FileSourceOptions,
  type SourceFile,
} from './files/source.ts';
