/**
 * What the data interface of Fingrid Datahub takes and sends (version 2.6, POST). Attributes without a value are left out
 * rather than null, so almost everything is optional; codes stay as sent.
 */

export interface FingridHeader {
  readonly Identification?: string;
  readonly Creation?: string;
  readonly ProcessRole?: string;
  readonly DocumentType?: string;
  readonly OrganisationUser?: string;
}

export interface FingridEventReason {
  readonly EventReasonCode?: string;
  readonly EventReasonText?: string;
}

export interface FingridObservation {
  readonly PeriodStartTime?: string;
  /** kWh with six decimals, as text. */
  readonly Quantity?: string;
  readonly Quality?: string;
}

export interface FingridTimeSeries {
  readonly MeteringPointEAN?: string;
  readonly ResolutionDuration?: string;
  readonly PeriodStartTS?: string;
  readonly PeriodEndTS?: string;
  /** `8716867000030` active, `8716867000047` reactive energy. */
  readonly ProductType?: string;
  readonly UnitType?: string;
  /** `BN01` metered, `BN02` netted, `BN03` energy community. */
  readonly ReadingType?: string;
  readonly Observations?: readonly FingridObservation[];
}

export interface FingridAddress {
  readonly StreetName?: string;
  readonly BuildingNumber?: string;
  readonly StairwellIdentification?: string;
  readonly Apartment?: string;
  readonly PostalCode?: string;
  readonly PostOffice?: string;
  readonly CountryCode?: string;
  readonly Language?: string;
}

export interface FingridMeteringPoint {
  readonly MeteringPointEAN?: string;
  readonly MeteringPointStatus?: string;
  readonly MeteringPointAddress?: FingridAddress;
}

export interface FingridAgreement {
  readonly AgreementType?: string;
  readonly AgreementStatus?: string;
  readonly AgreementStartDate?: string;
  readonly AgreementEndDate?: string;
  readonly MeteringPoint?: FingridMeteringPoint;
}

export interface FingridCustomer {
  readonly CustomerIdentification?: string;
  readonly CustomerIdentificationType?: string;
  readonly CustomerType?: string;
  readonly CustomerSubtype?: string;
  readonly CompanyName?: string;
  readonly Agreements?: readonly FingridAgreement[];
}

/** Filters of `GetTimeSeriesDataPost`. */
export interface TimeSeriesFilters {
  readonly meteringPointEAN: string;
  readonly customerIdentification: string;
  readonly periodStartTS: string;
  readonly periodEndTS: string;
  readonly resolutionDuration?: string;
  readonly productType?: string;
  readonly readingType?: string;
}

/** The three functions of the interface, by the name that stands in their address. */
export type FingridFunction =
  | 'GetTimeSeriesDataPost'
  | 'GetCustomerDataPost'
  | 'GetAccountingPointDataPost';

/** Body of a request: `{ GetCustomerDataRequest: { organisationUser, Filters } }`. */
export function requestBody(
  name: FingridFunction,
  organisationUser: string,
  filters: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  return { [name.replace('Post', 'Request')]: { organisationUser, Filters: filters } };
}
