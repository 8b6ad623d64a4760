/**
 * Readings of many registers in columns, without an object for each: what a decoder's batch gives and the aggregator
 * takes. Row `i` of every column belongs to reading `i`; `length` rows are valid, the arrays may be longer.
 *
 * The arrays may be views into WebAssembly memory: the giver says how long they live, the taker copies or is done by then.
 */
export interface ReadingColumns {
  readonly length: number;
  /** Dense index of the register, 0 … n − 1, given out by whoever makes the columns. */
  readonly register: Uint32Array;
  /** Milliseconds since 1970-01-01T00:00:00Z; whole numbers. */
  readonly time: Float64Array;
  /** The value is `mantissa · 10^scale[register]`: one scale for all readings of a register. */
  readonly mantissa: BigInt64Array;
}

/** What the dense register indexes of {@link ReadingColumns} stand for. */
export interface RegisterColumns {
  readonly length: number;
  /** Power of ten of register `i`'s mantissas: −3 for Wh sent as thousandths. */
  readonly scale: Int8Array;
}
