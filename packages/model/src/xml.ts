/**
 * `@metergram/model/xml`: the XML forms. Needs `fast-xml-parser`, an optional peer of this package.
 */
export { fromMyEnergyDataXml, toMyEnergyDataXml } from './xml/my-energy-data.ts';
export { MAX_XML_LENGTH } from './xml/parse.ts';
export type { HistoricalDocument, HistoricalHeader, HistoricalVersion } from './xml/historical.ts';
export { toHistoricalXml } from './xml/historical-export.ts';
export { fromHistoricalXml } from './xml/historical-import.ts';
export { type EspiExport, toEspi } from './xml/espi-export.ts';
export { type EspiOptions, fromEspi } from './xml/espi-import.ts';
export type { EspiService } from './xml/espi-codes.ts';
