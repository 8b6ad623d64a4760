import type { MeteringPointId } from '@metergram/model';
import { lookup } from '../core/lookup.ts';
import { parameterOf, type ReturnParameters, returnParameters } from '../core/return-address.ts';

/** What is asked for. `Limited`: metering values and what they need. `Full`: also contract and master data. */
export type ThirdPartyScope = 'Full' | 'Limited';

export interface ThirdPartyAccessRequest {
  /** GLN of the third party; Elhub must have put it on its list, with the return address. */
  readonly gln: string;
  /** UUID that the third party chooses, and gets back. */
  readonly requestId: string;
  readonly scope: ThirdPartyScope;
  /** Min side of another environment; production unless given. */
  readonly baseUrl?: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;

/**
 * Where to send an end user so that they choose metering points for a third party (BRS-NO-624). They log in with
 * ID-porten; the third party needs neither metering points nor identity numbers beforehand.
 *
 * @throws TypeError when the GLN is not 13 digits or the request id no UUID.
 * @experimental Read in Elhub's documentation, never run against it.
 */
export function thirdPartyAccessUrl(request: ThirdPartyAccessRequest): URL {
  if (!/^\d{13}$/u.test(request.gln)) throw new TypeError('a GLN has 13 digits');
  if (!UUID.test(request.requestId)) throw new TypeError('the request id must be a UUID');
  const url = new URL(
    '/third-party-access/authorize',
    request.baseUrl ?? 'https://minside.elhub.no',
  );
  url.searchParams.set('client_id', request.gln);
  url.searchParams.set('request_id', request.requestId);
  url.searchParams.set('scope', request.scope);
  return url;
}

/** What Elhub's own codes say. */
export const THIRD_PARTY_ERRORS: Readonly<Record<string, string>> = {
  EH088: 'the end user did not approve',
  EH106: 'the end user has no metering points',
  EH111: 'internal error at Elhub: try again later',
};

/** The return of an end user, told apart by `outcome`. Every parameter stays in `parameters`, as sent. */
export type ThirdPartyAccessReturn = {
  readonly requestId: string | null;
  readonly elhubGln: string | null;
  readonly receiverGln: string | null;
  readonly parameters: ReturnParameters;
} & (
  | {
      readonly outcome: 'granted';
      readonly meteringPoints: readonly MeteringPointId[];
      /** When the end user moved in, as sent. */
      readonly start: string | null;
      /** Until when, if the end user set it, as sent. */
      readonly end: string | null;
    }
  | { readonly outcome: 'refused'; readonly errorCode: string; readonly message: string }
  | { readonly outcome: 'unreadable' }
);

function pointsOf(values: readonly string[]): readonly MeteringPointId[] {
  const ids = values.flatMap((value) => value.match(/\d{18}/gu) ?? []);
  return [...new Set(ids)] as unknown as readonly MeteringPointId[];
}

/**
 * Reads the address that Elhub sends the end user back to. How the list of contracts is encoded is not published, so
 * every run of 18 digits in it is taken; names are compared without regard to case.
 *
 * A return proves nothing by itself: anyone can write an address. Compare `requestId` with what you sent, and take
 * Elhub's own list of accesses as the truth.
 *
 * @experimental The parameters' names are documented, their encoding is assumed.
 */
export function parseThirdPartyReturn(address: string | URL): ThirdPartyAccessReturn {
  const parameters = returnParameters(address, (name) => name.toLowerCase().replaceAll('_', ''));
  const one = (name: string): string | null => parameterOf(parameters, name);
  const base = {
    requestId: one('requestid'),
    elhubGln: one('elhubgln'),
    receiverGln: one('receivergln'),
    parameters,
  };
  const code = Object.values(parameters)
    .flat()
    .map((value) => /^EH\d{3}$/u.exec(value)?.[0])
    .find((found) => found !== undefined);
  if (code !== undefined) {
    const message = lookup(THIRD_PARTY_ERRORS, code) ?? 'unknown code';
    return { ...base, outcome: 'refused', errorCode: code, message };
  }
  const meteringPoints = pointsOf(parameters['contracts'] ?? []);
  if (meteringPoints.length === 0) return { ...base, outcome: 'unreadable' };
  return { ...base, outcome: 'granted', meteringPoints, start: one('start'), end: one('end') };
}
