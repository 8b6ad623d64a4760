/** Raw exports of the aggregator module; what they mean is told in assembly/aggregator.ts. */
export interface AggregatorExports {
  readonly memory: WebAssembly.Memory;
  configure(
    step: number,
    maxGap: number,
    lateness: number,
    notBefore: number,
    notAfter: number,
  ): void;
  calendar(first: number, count: number): number;
  describe(register: number, momentary: number, capacity: bigint): void;
  column(which: number, rows: number): number;
  ingest(from: number, to: number): number;
  exchange(register: number, time: number, last: bigint, first: bigint): number;
  drain(last: number): void;
  clear(): void;
  buffer(bytes: number): number;
  save(register: number): number;
  restore(register: number, bytes: number): number;
  figure(which: number): number;
}

/** Version of the module's ABI that this host speaks. */
export const ABI_VERSION = 1;

/** `(module (func (result v128) i32.const 0 i8x16.splat))`: only validated, never run. */
const SIMD_PROBE: Uint8Array<ArrayBuffer> = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15,
  11,
]);

/** True where the engine takes 128-bit SIMD, and with it bulk memory operations. */
export function hasSimd(): boolean {
  return WebAssembly.validate(SIMD_PROBE);
}

/** Bytes of a base64 text. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
