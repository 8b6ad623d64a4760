import type { EpochMs } from '@metergram/model';
import type { Detail } from './detail.ts';
import type { Message } from './message.ts';
import type { Term } from './term.ts';

/** A stored item: one value, one partition of a series, one record. */
export interface Item {
  readonly id: string;
  readonly what: Term;
  readonly in?: Term;
  /** Whose, and of what; recorded facts are looked up under both. */
  readonly subject?: string;
  readonly object?: string;
  /** How fine it is stored now; `raw` for what has no intervals. */
  readonly detail: Detail;
  /** Start of the value's interval. */
  readonly start?: EpochMs;
  /** End of the interval (exclusive), which is the value's time; for a record, the time of what it records. */
  readonly end: EpochMs;
  /** Purposes that it is kept for; absent: not tracked. Live while a state `purpose:TERM` about its subject or object is. */
  readonly purposes?: readonly Term[];
  readonly deidentified?: boolean;
  readonly restricted?: boolean;
}

export type OperationKind = 'keep' | 'rollup' | 'restrict' | 'hold' | 'delete';

/** What to do with an item now, and when something is due next. */
export interface Operation {
  readonly item: string;
  readonly op: OperationKind;
  /** Rollup: the coarser detail. */
  readonly to?: Detail;
  /** Rollup: the civil interval that takes the value, and how many source intervals make it complete (23, 24, 25). */
  readonly bucket?: { readonly start: EpochMs; readonly end: EpochMs; readonly expect: number };
  /** Since when this has been due. */
  readonly due: EpochMs | null;
  /** When this item changes next; null: never, by the facts as known. */
  readonly next: EpochMs | null;
  /** Only these purposes, and the person's own access, may read it. */
  readonly restrictedTo?: readonly Term[];
  readonly deidentify?: boolean;
  readonly because: readonly PlanReason[];
}

/** Why an item is kept, coarsened or deleted. */
export interface PlanReason extends Message {
  readonly policy?: string;
  readonly rule?: string;
  readonly cite?: readonly string[];
}

/** What a run over many items came to. */
export interface PlanSummary {
  readonly items: number;
  readonly counts: Readonly<Record<OperationKind, number>>;
  /** Earliest instant at which any item changes. */
  readonly nextDue: EpochMs | null;
}
