import {
  choice,
  consentGrant,
  decimal,
  type Fault,
  identifier,
  instant,
  integer,
  json,
  list,
  meteringPoint,
  meteringPointId,
  nullable,
  number,
  object,
  optional,
  priceSeries,
  record,
  resolution,
  type Shape,
  sourceCode,
  text,
  timeSeries,
  unit,
} from '@metergram/model/schema';
import type { Charge } from '../core/client.ts';
import {
  type GeneratedPoints,
  generatedIds,
  type HubOwnData,
  type OpenEnergyData,
  type PricePeriod,
  type TestCustomer,
  type TestHubData,
} from './data.ts';

/** Metering points, series, charges: as many as fit into memory. */
const MANY = { maxItems: 10_000_000 };

/** ISO 8601 with a zone or an offset; the model's instants are stricter. */
const moment = text<string>({
  maxLength: 40,
  pattern:
    '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,3})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})$',
  format: { name: 'moment', test: (value) => !Number.isNaN(Date.parse(value)) },
});

const rate = object<Charge['rates'][number]>(
  {},
  { position: integer(1, 100), value: nullable(decimal) },
);

/** A tariff, subscription or fee of a metering point. */
const charge: Shape<Charge> = object<Charge>(
  { name: 'charge', description: 'A tariff, subscription or fee of a metering point' },
  {
    meteringPoint: meteringPointId,
    kind: choice(['tariff', 'subscription', 'fee', 'unknown']),
    name: text({ maxLength: 200 }),
    description: optional(text({ maxLength: 10_000 })),
    owner: optional(identifier),
    currency: text({ maxLength: 3, pattern: '^[A-Z]{3}$' }),
    per: unit,
    vat: choice(['exclusive', 'inclusive']),
    start: nullable(instant),
    end: nullable(instant),
    quantity: optional(decimal),
    resolution,
    rates: list(rate, { minItems: 1, maxItems: 100 }),
    source: sourceCode,
  },
);

const generated: Shape<GeneratedPoints> = object<GeneratedPoints>(
  {
    name: 'generated-points',
    description: 'Metering points numbered from first, with a made-up value for every interval',
  },
  {
    first: text({ maxLength: 17, pattern: '^[0-9]{17}$' }),
    count: integer(1, 10_000_000),
    resolution,
    missing: optional(number(0, 1)),
    seed: optional(integer(-2_147_483_648, 4_294_967_295)),
  },
);

const pointIds = list(identifier, MANY);

const pricePeriod: Shape<PricePeriod> = object<PricePeriod>(
  { rules: [({ from, to }, fault) => ordered(Date.parse(from), Date.parse(to), 'to', fault)] },
  { from: moment, to: moment },
);

const openEnergyData: Shape<OpenEnergyData> = object<OpenEnergyData>(
  { rules: [({ from, to }, fault) => ordered(from, to, 'to', fault)] },
  {
    from: integer(0, Number.MAX_SAFE_INTEGER),
    to: integer(0, Number.MAX_SAFE_INTEGER),
    missing: optional(number(0, 1)),
  },
);

const customer: Shape<TestCustomer> = object<TestCustomer>(
  {},
  {
    identification: identifier,
    meteringPoints: pointIds,
    from: optional(moment),
    to: optional(moment),
  },
);

const own: Shape<HubOwnData> = object<HubOwnData>(
  { description: 'What one hub alone knows, by its name' },
  {
    eloverblik: optional(
      object<NonNullable<HubOwnData['eloverblik']>>(
        {},
        {
          unrelated: optional(pointIds),
          webAccessCodes: optional(record(text({ maxLength: 8 }), 10_000_000)),
          noData: optional(pointIds),
        },
      ),
    ),
    elhub: optional(
      object<NonNullable<HubOwnData['elhub']>>({}, { energyData: optional(openEnergyData) }),
    ),
    energidataservice: optional(
      object<NonNullable<HubOwnData['energidataservice']>>(
        {},
        {
          charges: optional(list(record(json()), MANY)),
          withoutRate: optional(integer(0, 1_000_000)),
        },
      ),
    ),
    fingrid: optional(
      object<NonNullable<HubOwnData['fingrid']>>({}, { customers: optional(list(customer, MANY)) }),
    ),
    prices: optional(pricePeriod),
  },
);

/** The data of a test hub, `metergram.testhub/1`, as a file holds it. `schemas/testhub.schema.json` is printed from it. */
export const testHubData: Shape<TestHubData> = object<TestHubData>(
  {
    name: 'testhub',
    description: 'What a hub to test against holds, in the model’s own types',
    rules: [somethingThere, eachPointOnce, namedPointsExist],
  },
  {
    schema: optional(choice(['metergram.testhub/1'])),
    now: optional(moment),
    meteringPoints: optional(list(meteringPoint, MANY)),
    series: optional(list(timeSeries, MANY)),
    charges: optional(list(charge, MANY)),
    grants: optional(list(consentGrant, MANY)),
    prices: optional(list(priceSeries, MANY)),
    generate: optional(list(generated, MANY)),
    hub: optional(own),
  },
);

function ordered(from: number, to: number, at: string, fault: Fault): void {
  if (!(from < to)) fault('model/empty-interval', [at], 'must be after from');
}

function somethingThere(data: TestHubData, fault: Fault): void {
  const { meteringPoints, series, charges, grants, prices, generate, hub } = data;
  const lists = [meteringPoints, series, charges, grants, prices, generate];
  if (lists.every((one) => (one ?? []).length === 0) && Object.keys(hub ?? {}).length === 0)
    fault('testhub/empty', [], 'holds nothing that a hub could serve');
}

function eachPointOnce({ meteringPoints = [], generate = [] }: TestHubData, fault: Fault): void {
  const seen = new Set<string>();
  for (const [at, { id }] of meteringPoints.entries()) {
    if (seen.has(id)) fault('testhub/duplicate', ['meteringPoints', at, 'id'], 'is there already');
    seen.add(id);
  }
  for (const [at, { parent }] of meteringPoints.entries())
    if (parent !== undefined && !seen.has(parent))
      fault('testhub/unknown-point', ['meteringPoints', at, 'parent'], 'is no metering point here');
  const made = new Set<string>();
  for (const [at, one] of generate.entries())
    for (const id of generatedIds(one)) {
      if (!made.has(id)) {
        made.add(id);
        continue;
      }
      fault('testhub/duplicate', ['generate', at, 'first'], 'counts over the same numbers');
      break;
    }
}

/** A slip of the finger in a number would otherwise be a charge or a consent that nobody finds. */
function namedPointsExist(data: TestHubData, fault: Fault): void {
  const { meteringPoints = [], series = [], charges = [], grants = [], generate = [], hub } = data;
  const there = new Set<string>(meteringPoints.map(({ id }) => id));
  for (const [at, { meteringPoint: id }] of series.entries()) {
    if (id === undefined) fault('testhub/no-point', ['series', at], 'names no metering point');
    else there.add(id);
  }
  for (const one of generate) for (const id of generatedIds(one)) there.add(id);
  const check = (id: string, path: readonly (string | number)[]): void => {
    if (!there.has(id)) fault('testhub/unknown-point', path, 'is no metering point of this file');
  };
  for (const [at, { meteringPoint: id }] of charges.entries())
    check(id, ['charges', at, 'meteringPoint']);
  const each = (ids: readonly string[] | undefined, path: readonly (string | number)[]): void => {
    for (const [n, id] of (ids ?? []).entries()) check(id, [...path, n]);
  };
  for (const [at, grant] of grants.entries())
    each(grant.meteringPoints, ['grants', at, 'meteringPoints']);
  const { eloverblik, fingrid } = hub ?? {};
  each(eloverblik?.unrelated, ['hub', 'eloverblik', 'unrelated']);
  each(eloverblik?.noData, ['hub', 'eloverblik', 'noData']);
  for (const id of Object.keys(eloverblik?.webAccessCodes ?? {}))
    check(id, ['hub', 'eloverblik', 'webAccessCodes', id]);
  for (const [at, one] of (fingrid?.customers ?? []).entries())
    each(one.meteringPoints, ['hub', 'fingrid', 'customers', at, 'meteringPoints']);
}
