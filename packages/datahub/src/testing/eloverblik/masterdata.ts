import type { MeteringPoint } from '@metergram/model';
import type { Charge } from '../../core/client.ts';

/** Wire fields that the data gives for a metering point as they are: `source` of the model's type. */
function own(point: MeteringPoint): Record<string, unknown> {
  return { ...point.source };
}

/** One row of the list of metering points. */
export function listRow(
  point: MeteringPoint,
  children: readonly MeteringPoint[],
  api: 'customer' | 'thirdparty',
  related: boolean,
): Record<string, unknown> {
  const wire = own(point);
  const text = (name: string): string => String(wire[name] ?? '');
  const shared = {
    meteringPointId: point.id,
    typeOfMP: wire['typeOfMP'] ?? typeOf(point),
    streetCode: text('streetCode'),
    streetName: text('streetName'),
    buildingNumber: text('buildingNumber'),
    floorId: text('floorId'),
    roomId: text('roomId'),
    postcode: text('postcode'),
    cityName: text('cityName'),
    citySubDivisionName: text('citySubDivisionName'),
    municipalityCode: text('municipalityCode'),
    locationDescription: text('locationDescription'),
    settlementMethod: wire['settlementMethod'] ?? 'D01',
    meterReadingOccurrence: wire['meterReadingOccurrence'] ?? point.resolution ?? 'PT1H',
    firstConsumerPartyName: text('firstConsumerPartyName'),
    secondConsumerPartyName: text('secondConsumerPartyName'),
    consumerCVR: text('consumerCVR'),
    dataAccessCVR: text('dataAccessCVR'),
    meterNumber: text('meterNumber'),
    consumerStartDate: text('consumerStartDate'),
    childMeteringPoints: children.map((child) => ({
      parentMeteringPointId: point.id,
      meteringPointId: child.id,
      typeOfMP: own(child)['typeOfMP'] ?? typeOf(child),
      meterReadingOccurrence: child.resolution ?? 'PT1H',
      meterNumber: '',
    })),
  };
  return api === 'customer'
    ? { ...shared, balanceSupplierName: text('balanceSupplierName'), hasRelation: related }
    : { ...shared, accessFrom: text('accessFrom'), accessTo: text('accessTo') };
}

/** The details of one metering point; the customer's have the balance supplier too. */
export function details(
  point: MeteringPoint,
  children: readonly MeteringPoint[],
  api: 'customer' | 'thirdparty',
): Record<string, unknown> {
  const row = listRow(point, children, 'thirdparty', true);
  delete row['accessFrom'];
  delete row['accessTo'];
  const wire = own(point);
  const supplier = Object.fromEntries(
    Object.entries(wire).filter(([name]) => name.startsWith('balanceSupplier')),
  );
  for (const name of Object.keys(wire))
    if (name.startsWith('balanceSupplier') || name === 'protectedName') delete wire[name];
  return {
    ...row,
    parentMeteringPointId: point.parent ?? '',
    energyTimeSeriesMeasureUnit: 'KWH',
    estimatedAnnualVolume: '',
    gridOperatorName: 'Test Net A/S',
    meteringGridAreaIdentification: point.gridArea ?? '791',
    netSettlementGroup: '0',
    physicalStatusOfMP: 'E22',
    consumerCategory: '',
    powerLimitKW: '',
    powerLimitKWDecimal: null,
    powerLimitA: '',
    subTypeOfMP: 'D01',
    productionObligation: '',
    mpCapacity: '',
    mpConnectionType: '',
    disconnectionType: 'D01',
    product: 'Item8716867000030',
    mpReadingCharacteristics: '',
    meterCounterDigits: '7.3',
    meterCounterMultiplyFactor: '1.0',
    meterCounterUnit: 'KWH',
    meterCounterType: 'D02',
    taxReduction: 'False',
    taxSettlementDate: '',
    mpRelationType: '',
    occurrence: '',
    meteringPointAlias: '',
    gridOperatorID: '5790000705689',
    gridOperatorID_SchemeAgencyIdentifier: 'GLN',
    assetType: '',
    mpAddressWashInstructions: 'D01',
    darReference: '',
    contactAddresses: [],
    ...wire,
    ...(api === 'customer' ? { balanceSupplierName: '', ...supplier } : {}),
  };
}

/** The hub's code for what kind of metering point it is. */
export function typeOf(point: MeteringPoint): string {
  const given = own(point)['typeOfMP'];
  if (typeof given === 'string') return given;
  if (point.kind === 'production') return 'E18';
  return point.kind === 'exchange' ? 'E20' : 'E17';
}

/** The charges of one metering point as JSON text: prices are numbers, written with the digits that the data has. */
export function chargesText(
  id: string,
  charges: readonly Charge[],
  api: 'customer' | 'thirdparty',
): string {
  const list = (kind: Charge['kind'], text: (charge: Charge) => string): string =>
    `[${charges
      .filter((charge) => charge.kind === kind)
      .map(text)
      .join(',')}]`;
  return (
    `{"meteringPointId":"${id}","subscriptions":${list('subscription', flatText)},` +
    `"tariffs":${list('tariff', tariffText)}` +
    (api === 'customer' ? `,"fees":${list('fee', flatText)}}` : '}')
  );
}

function headText(charge: Charge): string {
  return (
    `"name":${JSON.stringify(charge.name)},"description":${JSON.stringify(charge.description ?? '')},` +
    `"owner":${JSON.stringify(charge.owner ?? '')},"validFromDate":${JSON.stringify(charge.start ?? null)},` +
    `"validToDate":${JSON.stringify(charge.end ?? null)},` +
    `"periodType":"${charge.resolution === 'PT1H' ? 'HOUR' : 'DAY'}"`
  );
}

const flatText = (charge: Charge): string =>
  `{${headText(charge)},"price":${charge.rates[0]?.value ?? null},"quantity":${charge.quantity ?? 1}}`;
const tariffText = (charge: Charge): string =>
  `{${headText(charge)},"prices":[${charge.rates
    .map(({ position, value }) => `{"position":"${position}","price":${value ?? null}}`)
    .join(',')}]}`;
