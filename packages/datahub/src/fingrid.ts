/** Fingrid Datahub (Finland): the data interface with client certificates, and the authorization redirect. */
export {
  createFingrid,
  FINGRID_LIMITS,
  FingridClient,
  type FingridOptions,
  type FingridSeriesAnswer,
  type FingridSeriesRequest,
} from './fingrid/client.ts';
export * from './fingrid-browser.ts';
