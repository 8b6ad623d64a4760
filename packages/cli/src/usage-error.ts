/**
 * A command was called in a way that it cannot follow: the message goes to standard error and the exit code is 2.
 * `hint` says what to do instead. Neither may hold a key or other secret: name the option or the line, not the value.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
