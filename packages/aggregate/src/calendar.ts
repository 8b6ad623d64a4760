export { boundaries, intervalAt } from './calendar/boundaries.ts';
export { civilToInstant, type CivilRule, type ResolvedTime } from './calendar/civil.ts';
export { Zone, zoneOf } from './calendar/zone.ts';
