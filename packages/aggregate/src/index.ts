export { type Aggregator, type Drained, type Figures, type RegisterOptions } from './aggregator.ts';
export { createAggregator, createAggregatorSync, type LoadOptions } from './load.ts';
export { restoreAggregator, restoreAggregatorSync } from './restore.ts';
export { type AggregatorOptions, type Settings } from './options.ts';
export {
  type GapColumns,
  GAP_BY_FAULT,
  GAP_OPEN,
  GAP_UNKNOWN,
  type IntervalColumns,
  MISSING_BY_FAULT,
  MISSING_FROM,
  type MomentaryColumns,
  QUALITIES,
} from './tables.ts';
export { type AggregateIssueCode, type ReadingIssue } from './issue.ts';
export {
  type CollectedGap,
  type CollectedInterval,
  type CollectedMoment,
  Collector,
} from './collect.ts';
export { addUp } from './add-up.ts';
export { revise } from './revise.ts';
export { durationMs } from './duration.ts';
export { AggregateError } from './error.ts';
