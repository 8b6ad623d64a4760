/** What of Elhub works without a secret: reading answers, mapping consents, the third-party redirect. */
export {
  type EnergyDataEntity,
  type EnergyDataRow,
  type EnergyDataSeries,
  energyDataSeries,
  type EnergyDataSet,
  parseEnergyData,
} from './elhub/energy-data-rows.ts';
export {
  elhubDocument,
  elhubGrant,
  elhubRequest,
  type GrantTerms,
  thirdPartyGrant,
  type ThirdPartyGrantContext,
} from './elhub/grant.ts';
export { JSON_API, type JsonApiError, pageOf, parseErrors, resourceOf } from './elhub/json-api.ts';
export {
  parseThirdPartyReturn,
  THIRD_PARTY_ERRORS,
  type ThirdPartyAccessRequest,
  type ThirdPartyAccessReturn,
  thirdPartyAccessUrl,
  type ThirdPartyScope,
} from './elhub/third-party-access.ts';
export type {
  AuthorizationDocument,
  AuthorizationGrant,
  AuthorizationRequest,
  AuthorizationScope,
  DocumentLinks,
  DocumentSubmission,
  ElhubDocumentStatus,
  ElhubGrantStatus,
  ElhubLanguage,
  ElhubPermission,
  ElhubRequestStatus,
  Page,
  PartyIdentifier,
  Relationship,
  RequestSubmission,
  ResourceRef,
  SubmissionMeta,
} from './elhub/wire.ts';
