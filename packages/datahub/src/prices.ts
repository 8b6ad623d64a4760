/** Prices: ENTSO-E day-ahead, and Energi Data Service with the Danish price list. */
export { createEntsoe, ENTSOE_LIMITS, EntsoeClient, type EntsoeOptions } from './prices/entsoe.ts';
export * from './prices-browser.ts';
