import {
  createElhub,
  type DocumentSubmission,
  type ElhubClient,
  type ElhubOptions,
  type RequestSubmission,
} from '../../src/elhub.ts';
import { startTestHub, type TestHub, type TestHubData } from '../../src/testing.ts';

export { faultOf } from '../fault.ts';
export { between } from '../interval.ts';

const NOW = '2026-06-01T08:00:00Z';
export const PERSON = '13097248022';
const hubs: TestHub[] = [];

/** Ends every hub that a test started. */
export async function stopHubs(): Promise<void> {
  for (const hub of hubs.splice(0)) await hub.stop();
}

export async function startElhub(
  options: { data?: TestHubData; options?: Record<string, unknown>; record?: boolean } = {},
): Promise<TestHub> {
  const hub = await startTestHub({ hub: 'elhub', ...options, data: { now: NOW, ...options.data } });
  hubs.push(hub);
  return hub;
}

export function client(hub: TestHub, over: Partial<ElhubOptions> = {}): ElhubClient {
  const { credentials } = hub;
  return createElhub({
    origin: hub.origin,
    userAgent: 'metergram-test/1.0',
    gln: credentials['gln'] ?? '',
    credential: {
      clientId: credentials['clientId'] ?? '',
      scopes: ['elhub:balancesupplier'],
      key: credentials['privateKey'] ?? '',
      keyId: credentials['keyId'] ?? '',
    },
    maskinporten: { issuer: `${hub.origin}/`, tokenEndpoint: `${hub.origin}/token` },
    clock: hub.clock,
    fetch: hub.fetch,
    ...over,
  });
}

export function submission(point = '707057500000000001'): RequestSubmission {
  return {
    requestType: 'ChangeOfBalanceSupplierForPerson',
    meta: {
      requestedBy: { idType: 'GlobalLocationNumber', idValue: '7080005050000' },
      requestedFrom: { idType: 'NationalIdentityNumber', idValue: PERSON },
      requestedTo: { idType: 'NationalIdentityNumber', idValue: PERSON },
      requestedFromName: 'Ola Normann',
      requestedForMeteringPointId: point,
      requestedForMeteringPointAddress: 'Example Street 1',
      balanceSupplierName: 'Supplier AS',
      balanceSupplierContractName: 'Contract',
    },
  };
}

export const documentSubmission: DocumentSubmission = {
  documentType: 'MoveInAndChangeOfBalanceSupplierForPerson',
  meta: { ...submission().meta, language: 'nb' },
};
