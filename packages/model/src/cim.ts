/**
 * `@metergram/model/cim`: `MyEnergyData_MarketDocument` in JSON, as Eloverblik sends it. The XML forms are in
 * `@metergram/model/xml`.
 */
export type { CimOptions, MarketDocument, MarketParticipant } from './cim/document.ts';
export { fromMyEnergyData, type MyEnergyDataJson, toMyEnergyData } from './cim/my-energy-data.ts';
