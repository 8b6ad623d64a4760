import type { ZoneId } from '@metergram/model';

/** Whose hub a simulated fleet is for. */
export interface Market {
  readonly hub: 'eloverblik' | 'elhub' | 'fingrid';
  readonly zone: ZoneId;
  /** The first nine of a metering point's 18 digits; the country's GS1 prefix stands in front. */
  readonly prefix: string;
  readonly gridArea: string;
  /** Its bidding zones; metering points lie in the first. */
  readonly areas: readonly [string, ...string[]];
  /** Whether its hub tells charges. */
  readonly charges: boolean;
}

export const COUNTRIES = ['DK', 'NO', 'FI'] as const;

export const markets: Readonly<Record<(typeof COUNTRIES)[number], Market>> = {
  DK: {
    hub: 'eloverblik',
    zone: 'Europe/Copenhagen' as ZoneId,
    prefix: '571999900',
    gridArea: '999',
    areas: ['DK1', 'DK2'],
    charges: true,
  },
  NO: {
    hub: 'elhub',
    zone: 'Europe/Oslo' as ZoneId,
    prefix: '707999900',
    gridArea: 'TEST',
    areas: ['NO1', 'NO2', 'NO3', 'NO4', 'NO5'],
    charges: false,
  },
  FI: {
    hub: 'fingrid',
    zone: 'Europe/Helsinki' as ZoneId,
    prefix: '643999900',
    gridArea: 'TEST',
    areas: ['FI'],
    charges: false,
  },
};
