/**
 * What a caller did wrong: an option, a state that does not fit. Faults in readings are never thrown, they are issues.
 * `code` is stable and of the form `area/word-word`.
 */
export class AggregateError extends Error {
  override readonly name = 'AggregateError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}
