import type { GeneratedPoints, TestHubData } from '@metergram/datahub/testing';

/** What the hub holds: 12 metering points of hours, with holes, and charges of one. */
export const data = {
  schema: 'metergram.testhub/1',
  now: '2026-11-20T10:00:00Z',
  generate: [{ first: '57131310000000000', count: 12, resolution: 'PT1H', missing: 0.05 }],
  charges: [
    {
      meteringPoint: '571313100000000003',
      kind: 'subscription',
      name: 'Abonnement, "net"',
      currency: 'DKK',
      per: 'month',
      vat: 'exclusive',
      start: '2026-01-01T00:00:00Z',
      end: null,
      quantity: '1',
      resolution: 'P1D',
      rates: [{ position: 1, value: '21.50' }],
      source: { scheme: 'eloverblik', code: 'subscription DAY' },
    },
  ],
} as unknown as TestHubData & { readonly generate: readonly GeneratedPoints[] };
