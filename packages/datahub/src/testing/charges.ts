import type { Decimal, Instant, MeteringPointId } from '@metergram/model';
import type { Charge } from '../core/client.ts';

/** Prices without VAT; dear in the evening, cheap at night. Made up, in the form of a Danish grid company's. */
const NIGHT = '0.102500';
const DAY = '0.153750';
const EVENING = '0.461250';

/** 1 January 2024 in Denmark. */
const SINCE = '2023-12-31T23:00:00Z' as Instant;

const GRID_COMPANY = '5790009999997';
const SYSTEM_OPERATOR = '5790000432752';

/** The charges of a metering point that the data says nothing else of: two tariffs, a subscription, and for some a fee. */
export function generatedCharges(id: string): Charge[] {
  const common = {
    meteringPoint: id as MeteringPointId,
    currency: 'DKK',
    vat: 'exclusive' as const,
    start: SINCE,
    end: null,
  };
  const charges: Charge[] = [
    {
      ...common,
      kind: 'subscription',
      name: 'Net abo C forbrug',
      description: 'Abonnement, net',
      owner: GRID_COMPANY,
      per: 'month',
      quantity: '1' as Decimal,
      resolution: 'P1D',
      rates: flat('21.500000'),
      source: source('subscription DAY'),
    },
    {
      ...common,
      kind: 'tariff',
      name: 'Nettarif C time',
      description: 'Nettarif, efter klokken',
      owner: GRID_COMPANY,
      per: 'kWh',
      resolution: 'PT1H',
      rates: Array.from({ length: 24 }, (_, hour) => ({
        position: hour + 1,
        value: (hour < 6 ? NIGHT : hour >= 17 && hour < 21 ? EVENING : DAY) as Decimal,
      })),
      source: source('tariff HOUR'),
    },
    {
      ...common,
      kind: 'tariff',
      name: 'Transmissions nettarif',
      description: 'Transmission',
      owner: SYSTEM_OPERATOR,
      per: 'kWh',
      resolution: 'P1D',
      rates: flat('0.043000'),
      source: source('tariff DAY'),
    },
  ];
  // A tenth of the customers were reminded of a bill.
  if (id.at(-2) === '7')
    charges.push({
      ...common,
      kind: 'fee',
      name: 'Rykkergebyr',
      description: 'Gebyr',
      owner: GRID_COMPANY,
      per: 'piece',
      quantity: '1' as Decimal,
      resolution: 'P1D',
      rates: flat('100.000000'),
      source: source('fee DAY'),
    });
  return charges;
}

function flat(value: string): Charge['rates'] {
  return [{ position: 1, value: value as Decimal }];
}

function source(code: string): Charge['source'] {
  return { scheme: 'eloverblik', code };
}
