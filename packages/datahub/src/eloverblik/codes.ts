import type { HubFaultCode, RetryAdvice } from '../core/fault.ts';

/** One of Eloverblik's error codes: its name, what it is for us, whether asking again helps. */
export type CodeRow = readonly [
  code: number,
  name: string,
  fault: HubFaultCode,
  retry: RetryAdvice,
];

/** Every documented code that is no success, customer and third-party API together. */
export const eloverblikCodes: readonly CodeRow[] = [
  [10001, 'WrongNumberOfArguments', 'hub/invalid-request', 'never'],
  [10004, 'TooManyMeteringPoints', 'hub/too-much', 'smaller'],
  [10007, 'NoCprConsent', 'hub/consent-missing', 'never'],
  [20000, 'WrongMeteringPointIdOrWebAccessCode', 'hub/invalid-request', 'never'],
  [20001, 'MeteringPointBlocked', 'hub/not-permitted', 'never'],
  [20002, 'MeteringPointRelationAlreadyExist', 'hub/conflict', 'never'],
  [20003, 'MeteringPointIdNot18CharsLong', 'hub/invalid-request', 'never'],
  [20005, 'MeteringPointAliasTooLong', 'hub/invalid-request', 'never'],
  [20006, 'WebAccessCodeNot8CharsLong', 'hub/invalid-request', 'never'],
  [20007, 'WebAccessCodeContainsIllegalChars', 'hub/invalid-request', 'never'],
  [20008, 'MeteringPointNotFound', 'hub/unknown-point', 'never'],
  [20009, 'MeteringPointIsChild', 'hub/invalid-request', 'never'],
  [20010, 'RelationNotFound', 'hub/not-permitted', 'never'],
  [20011, 'UnknownError', 'hub/unavailable', 'smaller'],
  [20012, 'Unauthorized', 'hub/not-permitted', 'never'],
  [20013, 'NoValidMeteringPointsInList', 'hub/not-permitted', 'never'],
  [30000, 'FromDateIsGreaterThanToday', 'hub/invalid-request', 'never'],
  [30001, 'FromDateIsGreaterThanToDate', 'hub/invalid-request', 'never'],
  [30002, 'ToDateCanNotBeEqualToFromDate', 'hub/invalid-request', 'never'],
  [30003, 'ToDateIsGreaterThanToday', 'hub/invalid-request', 'never'],
  [30004, 'InvalidDateFormat', 'hub/invalid-request', 'never'],
  [30005, 'InvalidRequestParameters', 'hub/invalid-request', 'never'],
  [30008, 'RequestedAggregationUnavailable', 'hub/invalid-request', 'never'],
  [30010, 'DateOutsideAuthorization', 'hub/not-permitted', 'never'],
  [30011, 'InternalServerError', 'hub/unavailable', 'smaller'],
  [30014, 'PeriodTooLong', 'hub/too-much', 'smaller'],
  [40000, 'InvalidCVR', 'hub/invalid-request', 'never'],
  [40001, 'InvalidIncludeFutureMeteringPointsRelatedToCVR', 'hub/invalid-request', 'never'],
  [40002, 'InvalidMasterDataFields', 'hub/invalid-request', 'never'],
  [40003, 'InvalidMeteringPointIds', 'hub/invalid-request', 'never'],
  [40004, 'InvalidSignature', 'hub/invalid-request', 'never'],
  [40005, 'InvalidSignedByNameId', 'hub/invalid-request', 'never'],
  [40006, 'InvalidSignedDate', 'hub/invalid-request', 'never'],
  [40007, 'InvalidSignedText', 'hub/invalid-request', 'never'],
  [40008, 'InvalidThirdPartyId', 'hub/invalid-request', 'never'],
  [40009, 'InvalidFromDate', 'hub/invalid-request', 'never'],
  [40010, 'InvalidToDate', 'hub/invalid-request', 'never'],
  [40011, 'ValidToBeforeValidFrom', 'hub/invalid-request', 'never'],
  [40012, 'ValidToOutOfRange', 'hub/invalid-request', 'never'],
  [40013, 'ValidFromOutOfRange', 'hub/invalid-request', 'never'],
  [40014, 'NoAuthorizationsFound', 'hub/consent-missing', 'never'],
  [50000, 'WrongTokenType', 'hub/credential-refused', 'never'],
  [50001, 'TokenNotValid', 'hub/token-refused', 'never'],
  [50002, 'ErrorCreatingToken', 'hub/unavailable', 'later'],
  [50003, 'TokenRegistrationFailed', 'hub/unavailable', 'later'],
  [50004, 'TokenAlreadyActive', 'hub/conflict', 'never'],
  [50005, 'TokenAlreadyDeactivated', 'hub/credential-refused', 'never'],
  [60000, 'ThirdPartyNotFound', 'hub/credential-refused', 'never'],
];

const byCode: ReadonlyMap<number, CodeRow> = new Map(eloverblikCodes.map((row) => [row[0], row]));

export function codeRow(code: number): CodeRow | undefined {
  return byCode.get(code);
}
