import type { MarketDocument } from '../cim/document.ts';

/** Versions of the validated-historical-data document that are read and written. */
export type HistoricalVersion = '0.82' | '1.04';

/** What EDDIE's envelope says beside the document itself. */
export interface HistoricalHeader {
  readonly connectionId?: string;
  readonly permissionId?: string;
  readonly dataNeedId?: string;
  readonly connector?: string;
  readonly country?: string;
}

export interface HistoricalDocument extends MarketDocument {
  readonly version: HistoricalVersion;
  readonly header: HistoricalHeader;
}
