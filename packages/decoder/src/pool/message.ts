import type { IssueColumns, RecordColumns, TelegramColumns } from '../columns.ts';
import type { DecodeOptions, KeyEntry } from '../options.ts';

/** The first message to a worker; `life`: the lock that it is to hold. */
export interface Start {
  readonly start: {
    readonly keys: readonly KeyEntry[];
    readonly simd?: boolean | undefined;
    readonly life?: string | undefined;
  };
}

/** To a worker that has told of an error: what it does not answer before it sends this number back is lost. */
export interface Probe {
  readonly probe: number;
}

/** Telegrams to decode, packed. */
export interface Work {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly offsets: Uint32Array;
  readonly options: DecodeOptions;
}

/** From a worker: it can begin, or not. */
export interface Ready {
  readonly ready: true | string;
}

/** From a worker: the telegrams from `from` on, as copies of columns; `last`: there are no more of this work. */
export interface Done {
  readonly id: number;
  readonly from: number;
  readonly last: boolean;
  readonly length: number;
  readonly telegrams: TelegramColumns;
  readonly records: RecordColumns;
  readonly issues: IssueColumns;
  readonly memory: Uint8Array;
}

/** From a worker: this work could not be done. */
export interface Failed {
  readonly id: number;
  readonly failed: string;
}

/** From a worker: the number of a {@link Probe}. */
export interface Alive {
  readonly alive: number;
}

/** From a worker: the message behind those that it has answered could not be read. */
export interface Unread {
  readonly unread: string;
}
