// What Eloverblik sends and takes, as its descriptions of 2026-02-10 say. Everything may be missing or null; codes are
// open, because the hub adds to them. Tests hold these types against the published descriptions.

type Text = string | null;

export interface MeteringPointsBody {
  readonly meteringPoints: { readonly meteringPoint: readonly string[] };
}

/** The root of every answer but errors. */
export interface Result<T> {
  readonly result?: T | null;
}

/** One metering point's part of an answer to several. `errorCode` 10000 is success. */
export interface Item {
  readonly success?: boolean;
  readonly errorCode?: number | string;
  readonly errorText?: Text;
  readonly id?: Text;
  readonly stackTrace?: Text;
}

export interface ResultItem<T> extends Item {
  readonly result?: T | null;
}

export interface SeriesItem extends Item {
  readonly MyEnergyData_MarketDocument?: MarketDocument | null;
}

export interface MarketDocument {
  readonly mRID?: Text;
  readonly createdDateTime?: Text;
  readonly 'period.timeInterval'?: TimeInterval | null;
  readonly TimeSeries?: readonly WireSeries[] | null;
}

export interface TimeInterval {
  readonly start?: Text;
  readonly end?: Text;
}

export interface WireSeries {
  readonly mRID?: Text;
  /** A01 production, A04 consumption, A64 consumption profiled. */
  readonly businessType?: Text;
  /** Always A01: blocks of constant length. */
  readonly curveType?: Text;
  readonly 'measurement_Unit.name'?: Text;
  readonly MarketEvaluationPoint?: { readonly mRID?: { readonly name?: Text } | null } | null;
  readonly Period?: readonly WirePeriod[] | null;
}

export interface WirePeriod {
  readonly resolution?: Text;
  readonly timeInterval?: TimeInterval | null;
  readonly Point?: readonly WirePoint[] | null;
}

export interface WirePoint {
  /** From 1; up to 100 on the autumn day of 25 hours, although the description says 96. */
  readonly position?: Text | number;
  /** At most 3 decimals; not there with quality A02. */
  readonly 'out_Quantity.quantity'?: Text;
  readonly 'out_Quantity.quality'?: Text;
}

export interface ChildPoint {
  readonly meteringPointId?: Text;
  readonly parentMeteringPointId?: Text;
  readonly typeOfMP?: Text;
  readonly meterReadingOccurrence?: Text;
  readonly meterNumber?: Text;
}

/** What lists and details share; the details' many other fields are kept in the model's `source`. */
export interface WirePointData extends ChildPoint {
  readonly settlementMethod?: Text;
  readonly meteringGridAreaIdentification?: Text;
  readonly hasRelation?: boolean;
  readonly childMeteringPoints?: readonly ChildPoint[] | null;
}

export interface WireCharge {
  readonly name?: Text;
  readonly description?: Text;
  readonly owner?: Text;
  readonly validFromDate?: Text;
  readonly validToDate?: Text;
  readonly periodType?: Text;
  /** A JSON number; read as the text that was sent. */
  readonly price?: string | null;
  readonly quantity?: number | string | null;
}

export interface WireTariff extends Omit<WireCharge, 'price' | 'quantity'> {
  readonly prices?: readonly { readonly position?: Text; readonly price?: string | null }[] | null;
}

export interface WireCharges {
  readonly meteringPointId?: Text;
  readonly subscriptions?: readonly WireCharge[] | null;
  readonly tariffs?: readonly WireTariff[] | null;
  /** Customer API only. */
  readonly fees?: readonly WireCharge[] | null;
}

export interface WireAuthorization {
  readonly id?: Text;
  readonly thirdPartyName?: Text;
  readonly validFrom?: Text;
  readonly validTo?: Text;
  readonly customerName?: Text;
  readonly customerCVR?: Text;
  readonly customerKey?: Text;
  readonly includeFutureMeteringPoints?: boolean | null;
  readonly timeStamp?: Text;
}
