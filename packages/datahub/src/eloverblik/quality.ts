import type { Quality, Quantity, Resolution } from '@metergram/model';

/** The hub's quality codes (swagger, `out_Quantity.quality`) in the model's words. */
export const qualities: Readonly<Record<string, Quality>> = {
  A01: 'adjusted',
  A02: 'missing',
  A03: 'estimated',
  A04: 'measured',
  A05: 'incomplete',
};

/** The hub's units (swagger, `energyTimeSeriesMeasureUnit`): unit of the model, and what it measures. */
export const units: Readonly<Record<string, readonly [unit: string, quantity: Quantity]>> = {
  KWH: ['kWh', 'energy'],
  MWH: ['MWh', 'energy'],
  K3: ['kvarh', 'reactive_energy'],
  KWT: ['kW', 'power'],
  MAW: ['MW', 'power'],
  Z03: ['Mvar', 'reactive_power'],
  AMP: ['A', 'current'],
  TNE: ['t', 'mass'],
  H87: ['', 'count'],
};

/** The hub's aggregation for a resolution; without one, `Actual`. */
export const aggregations: Readonly<Record<Resolution, string>> = {
  PT15M: 'Quarter',
  PT1H: 'Hour',
  P1D: 'Day',
  P1M: 'Month',
  P1Y: 'Year',
};
