/**
 * `@metergram/model/schema`: a shape for each type of the model, the validator, and the JSON Schema of each.
 *
 * @example
 * const result = validateText(timeSeries, text);
 * if (result.ok) show(result.value.points);
 */
export { type JsonSchema, jsonSchema } from './schema/json-schema.ts';
export {
  choice,
  either,
  type Fault,
  type Fields,
  flag,
  integer,
  json,
  list,
  type Node,
  nullable,
  number,
  object,
  optional,
  type Optional,
  record,
  type Rule,
  type Shape,
  text,
} from './schema/shape.ts';
export { shapes } from './schema/all.ts';
export {
  decimal,
  eic,
  epochMs,
  gln,
  granularity,
  gsrn,
  householdId,
  identifier,
  instant,
  interval,
  meterId,
  meteringPointId,
  obis,
  openInterval,
  partyId,
  quality,
  quantity,
  registerId,
  resolution,
  sourceCode,
  unit,
  zoneId,
} from './schema/shapes-identifier.ts';
export {
  consentGrant,
  contract,
  issue,
  party,
  partyRole,
  processingActivity,
} from './schema/shapes-party.ts';
export {
  MAX_POINTS,
  meter,
  meteringPoint,
  pricePoint,
  priceSeries,
  reading,
  register,
  seriesPoint,
  tenancy,
  timeSeries,
} from './schema/shapes-series.ts';
export {
  validate,
  validateText,
  type Validation,
  type ValidationLimits,
} from './schema/validate.ts';
