/** What `source` gives, until the signal aborts: then its reason is thrown at once, also while the source lets us wait. */
export async function* until<T>(
  signal: AbortSignal | undefined,
  source: Iterable<T> | AsyncIterable<T>,
): AsyncGenerator<T, void, void> {
  signal?.throwIfAborted();
  if (signal === undefined) {
    yield* source;
    return;
  }
  const iterator =
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  let abort!: () => void;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
  });
  // Nobody may be waiting when it comes.
  aborted.catch(() => {});
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await Promise.race([iterator.next(), aborted]);
      ended = done === true;
      if (ended) return;
      yield value as T;
      signal.throwIfAborted();
    }
  } finally {
    signal.removeEventListener('abort', abort);
    // A source that lets us wait would let us wait for its end too.
    if (!ended) void Promise.resolve(iterator.return?.()).catch(() => {});
  }
}
