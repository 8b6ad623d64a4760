/** Fingrid Datahub (Finland): the data interface with client certificates, and the authorization redirect. */
export { createFingrid, FingridClient } from './fingrid/client.ts';
export {
  FINGRID_LIMITS,
  type FingridOptions,
  type FingridSeriesAnswer,
  type FingridSeriesRequest,
} from './fingrid/connection.ts';
export * from './fingrid-browser.ts';
