import { describe, expect, it } from 'vitest';
import type {
  ChildPoint,
  MarketDocument,
  ResultItem,
  SeriesItem,
  TimeInterval,
  WireAuthorization,
  WireCharge,
  WireCharges,
  WirePeriod,
  WirePoint,
  WirePointData,
  WireSeries,
  WireTariff,
} from '../../src/eloverblik/wire.ts';
import { specJson, specsFolder } from '../hub-specs.ts';

/** Every field of a type, checked by the compiler: one more or one less does not build. */
type Keys<T> = Readonly<Record<keyof T, true>>;

const point: Keys<WirePoint> = {
  position: true,
  'out_Quantity.quantity': true,
  'out_Quantity.quality': true,
};
const period: Keys<WirePeriod> = { resolution: true, timeInterval: true, Point: true };
const interval: Keys<TimeInterval> = { start: true, end: true };
const series: Keys<WireSeries> = {
  mRID: true,
  businessType: true,
  curveType: true,
  'measurement_Unit.name': true,
  MarketEvaluationPoint: true,
  Period: true,
};
const document: Keys<MarketDocument> = {
  mRID: true,
  createdDateTime: true,
  'period.timeInterval': true,
  TimeSeries: true,
};
const item = {
  success: true,
  errorCode: true,
  errorText: true,
  id: true,
  stackTrace: true,
} as const;
const seriesItem: Keys<SeriesItem> = { ...item, MyEnergyData_MarketDocument: true };
const resultItem: Keys<ResultItem<string>> = { ...item, result: true };
const child: Keys<ChildPoint> = {
  meteringPointId: true,
  parentMeteringPointId: true,
  typeOfMP: true,
  meterReadingOccurrence: true,
  meterNumber: true,
};
const data: Keys<WirePointData> = {
  ...child,
  settlementMethod: true,
  meteringGridAreaIdentification: true,
  hasRelation: true,
  childMeteringPoints: true,
};
const tariff: Keys<WireTariff> = {
  name: true,
  description: true,
  owner: true,
  validFromDate: true,
  validToDate: true,
  periodType: true,
  prices: true,
};
const { prices: _, ...head } = tariff;
const charge: Keys<WireCharge> = { ...head, price: true, quantity: true };
const charges: Keys<WireCharges> = {
  meteringPointId: true,
  subscriptions: true,
  tariffs: true,
  fees: true,
};
const authorization: Keys<WireAuthorization> = {
  id: true,
  thirdPartyName: true,
  validFrom: true,
  validTo: true,
  customerName: true,
  customerCVR: true,
  customerKey: true,
  includeFutureMeteringPoints: true,
  timeStamp: true,
};

type Schemas = Record<string, { readonly properties: Record<string, { readonly type?: string }> }>;
const schemasOf = (file: string): Schemas =>
  (specJson(`dk-eloverblik/${file}`) as { components: { schemas: Schemas } }).components.schemas;

describe.skipIf(specsFolder === undefined)('wire types', () => {
  const customer = specsFolder && schemasOf('swagger-eloverblik-customerapi.json');
  const third = specsFolder && schemasOf('swagger-eloverblik-thirdpartyapi.json');

  it.each([
    ['Point', point],
    ['Period', period],
    ['PeriodtimeInterval', interval],
    ['TimeSeries', series],
    ['MyEnergyDataMarketDocumentResponse', seriesItem],
    ['StringResponse', resultItem],
    ['ChildMeteringPointDto', child],
    ['MeteringPointTariffDto', tariff],
    ['MeteringPointChargeDto', charge],
    ['MeteringPointFeesDto', charges],
  ])('%s has the fields of the description, all of them and no other', (name, keys) => {
    expect(Object.keys(keys).toSorted()).toEqual(
      Object.keys(customer?.[name]?.properties ?? {}).toSorted(),
    );
  });

  it('the authorization has the fields of the description', () => {
    expect(Object.keys(authorization).toSorted()).toEqual(
      Object.keys(third?.['AuthorizationDto']?.properties ?? {}).toSorted(),
    );
  });

  it('names of those that are read in part stand in the description', () => {
    const known = (...names: readonly string[]) =>
      new Set(
        names.flatMap((name) =>
          Object.keys(customer?.[name]?.properties ?? third?.[name]?.properties ?? {}),
        ),
      );
    const documents = known('MyEnergyDataMarketDocument');
    for (const key of Object.keys(document)) expect(documents).toContain(key);
    const points = known(
      'MeteringPointApiDto',
      'MeteringPointDetailsCustomerDto',
      'MeteringPointThirdPartyDto',
    );
    for (const key of Object.keys(data)) expect(points).toContain(key);
  });

  it('quantities and positions are texts, prices numbers, as the types say', () => {
    expect(customer?.['Point']?.properties['out_Quantity.quantity']?.type).toBe('string');
    expect(customer?.['Point']?.properties['position']?.type).toBe('string');
    expect(customer?.['MeteringPointTariffPriceDto']?.properties['price']?.type).toBe('number');
  });
});
