export { check, compile } from './compile.ts';
export type { CompileOptions, Engine } from './engine.ts';
export {
  type Coarsen,
  filterColumns,
  type FilteredSeries,
  filterRows,
  filterSeries,
  type RowView,
} from './filter.ts';
export { PolicyError } from './fault.ts';
export type { Known } from './known.ts';
export type { Planner, PlanOptions } from './plan.ts';
export type * from './types/index.ts';
