/** Eloverblik, the Danish hub: customer and third-party API. For servers; browsers get `eloverblik-browser.ts`. */
export * from './eloverblik-browser.ts';
export {
  eloverblikLimits,
  type EloverblikOptions,
  eloverblikOrigin,
} from './eloverblik/connection.ts';
export { type CsvExport, EloverblikCustomer } from './eloverblik/customer.ts';
export {
  type AuthorizationScope,
  EloverblikThirdParty,
  type ThirdPartyOptions,
} from './eloverblik/third-party.ts';
