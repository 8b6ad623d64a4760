/** Eloverblik, the Danish hub: customer and third-party API. For servers; browsers get `eloverblik-browser.ts`. */
export * from './eloverblik-browser.ts';
export {
  eloverblikLimits,
  type EloverblikOptions,
  eloverblikOrigin,
} from './eloverblik/connection.ts';
export { EloverblikApi } from './eloverblik/api.ts';
export { EloverblikCustomer } from './eloverblik/customer.ts';
export type { CsvExport } from './eloverblik/exports.ts';
export {
  type AuthorizationScope,
  EloverblikThirdParty,
  type ThirdPartyOptions,
} from './eloverblik/third-party.ts';
