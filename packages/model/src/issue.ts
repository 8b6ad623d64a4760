/** `error`: something asked for is not there. `warning`: all is there, something is odd. `info`: worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** A fault in data, as data. `code` is stable and of the form `area/word-word`; `message` is for people and may change. */
export interface Issue {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Where, in a document: an RFC 6901 JSON pointer. */
  readonly pointer?: string;
  /** Where, in text: a line number, first line is 1. */
  readonly line?: number;
}
